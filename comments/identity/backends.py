"""The ways a writer can prove who they are. COMMENTS_IDENTITY names one, or a dotted path.

A backend for eGov's own sign-in is a class of this shape: ``kind`` is stored with the identity,
``parse`` understands what the writer typed, ``deliver`` takes a one-time code to them. Where the
proof is not a code but a visit to another site, its return address ends in
``identities.confirm(backend.kind, contact, …)`` just as a right code does.
"""

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from comments.identity import contacts, sms_gateway

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DeliveryError(Exception):
    """The code could not be sent; the writer is told, the text is kept."""


class Backend(ABC):
    kind: str
    label: "StrOrPromise"
    help_text: "StrOrPromise"
    # Beside the form, before anything is sent.
    beforehand: "StrOrPromise" = gettext_lazy(
        "Before the comment is sent you prove who you are, once on this device."
    )
    input_type: str
    autocomplete: str

    @abstractmethod
    def parse(self, typed: str) -> str:
        """The contact in its one form; ValidationError in the writer's language otherwise."""

    @abstractmethod
    def deliver(self, contact: str, code: str, language: str) -> None:
        """Bring the code to the writer; ``DeliveryError`` where that failed."""

    def message(self, code: str, language: str) -> str:
        """Carries nothing that a stranger could have written into it."""
        with override(language):
            return _("%(code)s is your code for a comment on the portal. Tell it to nobody.") % {
                "code": code
            }


class Sms(Backend):
    kind = "sms"
    label = gettext_lazy("Mobile number")
    help_text = gettext_lazy("A code will come by SMS. The number is never shown to readers.")
    beforehand = gettext_lazy(
        "Before the comment is sent you confirm your mobile number by a code, once on this device. "
        "The number is kept encrypted and apart from comments, for a year after your last one and "
        "three months more."
    )
    input_type = "tel"
    autocomplete = "tel"

    def parse(self, typed: str) -> str:
        return contacts.parse_number(typed)

    def deliver(self, contact: str, code: str, language: str) -> None:
        try:
            sms_gateway.send(contact, self.message(code, language))
        except sms_gateway.GatewayError as error:
            raise DeliveryError from error


class Email(Backend):
    kind = "email"
    label = gettext_lazy("E-mail address")
    help_text = gettext_lazy("A code will come by mail. The address is never shown to readers.")
    beforehand = gettext_lazy(
        "Before the comment is sent you confirm your e-mail address by a code, once on this "
        "device. The address is kept encrypted and apart from comments, for a year after your "
        "last one and three months more."
    )
    input_type = "email"
    autocomplete = "email"

    def parse(self, typed: str) -> str:
        return contacts.parse_address(typed)

    def deliver(self, contact: str, code: str, language: str) -> None:
        with override(language):
            subject = _("Your code for a comment")
        try:
            send_mail(subject, self.message(code, language), settings.DEFAULT_FROM_EMAIL, [contact])
        except OSError as error:  # of which smtplib's errors are
            raise DeliveryError from error


NAMES = {"sms": Sms, "email": Email}


def current() -> Backend | None:
    """The backend in force; None where nobody is asked."""
    return _backend(settings.COMMENTS_IDENTITY)


@lru_cache
def _backend(name: str) -> Backend | None:
    if name == "none":
        return None
    return (NAMES.get(name) or import_string(name))()

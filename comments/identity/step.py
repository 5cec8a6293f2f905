"""Between a valid comment and the queue: the writer proves a contact, once per device.

The comment itself travels along in the pages' hidden fields: nothing is stored before its writer
is known, and whatever goes wrong, the text is on the page.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comments import sender
from comments.identity import backends, codes, contacts, identities, vault
from comments.identity.backends import Backend, DeliveryError
from comments.identity.forms import CodeForm, ContactForm
from comments.models import Agreement, Identity


@dataclass
class Step:
    """A question to the writer, for comments/identify.html."""

    form: ContactForm | CodeForm
    agreement: Agreement
    contact: str = ""  # as it was typed, for another code
    sent_to: str = ""  # masked
    status: int = 200

    @property
    def asks_for_code(self) -> bool:
        return isinstance(self.form, CodeForm)


def take(request: HttpRequest) -> Identity | Step | None:
    """Who writes, or the next thing to ask them; None where nobody is asked."""
    backend = backends.current()
    if backend is None:
        return None
    if identity := known(request):
        identities.touch(identity)
        return identity
    agreement = Agreement.current()
    if agreement is None:
        raise ValidationError(
            _("Comments cannot be taken now: the agreement with writers is missing."),
            code="no_agreement",
        )
    match request.POST.get("step"):
        case "code":
            return _judge(request, backend, CodeForm(request.POST), agreement)
        case "contact":
            return _send(request, backend, ContactForm(request.POST, backend=backend), agreement)
        case _:
            return Step(ContactForm(backend=backend), agreement)


def known(request: HttpRequest) -> Identity | None:
    """Whose device this is, where writers are asked at all."""
    if backends.current() is None:
        return None
    return identities.recognise(request.COOKIES.get(settings.WRITER_COOKIE_NAME, ""))


def known_as(request: HttpRequest) -> str:
    """In part: enough for its owner, too little for whoever sits at the device next."""
    identity = known(request)
    if identity is None:
        return ""
    try:
        return contacts.masked(vault.unseal(identity.contact_sealed))
    except vault.UnreadableError:
        return "…"


def forget(response: HttpResponse) -> None:
    """Somebody else sits at this device now."""
    response.delete_cookie(settings.WRITER_COOKIE_NAME, samesite="Lax")


def remember(response: HttpResponse, identity: Identity) -> None:
    """The next comment from this device needs no code."""
    response.set_cookie(
        settings.WRITER_COOKIE_NAME,
        identities.device_token(identity),
        max_age=identities.TERM,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _send(request: HttpRequest, backend: Backend, form: ContactForm, agreement: Agreement) -> Step:
    if not form.is_valid():
        return Step(form, agreement, status=400)
    contact = form.cleaned_data["contact"]
    try:
        code = codes.send(
            backend,
            contact,
            agreement=agreement,
            sender_hash=sender.keyed_hash(sender.client_address(request)),
            language=get_language() or settings.LANGUAGE_CODE,
        )
    except ValidationError as error:
        return _not_sent(request, backend, form, agreement, error, status=429)
    except DeliveryError:
        words = _("The code could not be sent just now. Please try again in a few minutes.")
        return _not_sent(request, backend, form, agreement, words, status=503)
    return _ask_code(request, backend, CodeForm(initial={"challenge": code.pk}), agreement)


def _not_sent(
    request: HttpRequest,
    backend: Backend,
    form: ContactForm,
    agreement: Agreement,
    error: Any,
    *,
    status: int,
) -> Step:
    """Whoever asked for another code can still give the one before."""
    earlier = CodeForm(request.POST)
    earlier.is_valid()
    if "challenge" not in earlier.cleaned_data:
        form.add_error(None, error)
        return Step(form, agreement, status=status)
    earlier.errors.clear()
    earlier.add_error(None, error)
    return _ask_code(request, backend, earlier, agreement, status)


def _ask_code(
    request: HttpRequest, backend: Backend, form: CodeForm, agreement: Agreement, status: int = 200
) -> Step:
    typed = request.POST.get("contact", "")
    try:
        sent_to = contacts.masked(backend.parse(typed))
    except ValidationError:
        typed = sent_to = ""
    return Step(form, agreement, typed, sent_to, status)


def _judge(
    request: HttpRequest, backend: Backend, form: CodeForm, agreement: Agreement
) -> Identity | Step:
    if not form.is_valid():
        return _ask_code(request, backend, form, agreement, status=400)
    try:
        code = codes.check(form.number, form.cleaned_data["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return _ask_code(request, backend, form, agreement, status=400)
    if code.agreement is None:
        # Asked for on «My data», where nothing is agreed to.
        form.add_error("code", _("This code is no longer valid. Ask for a new one."))
        return _ask_code(request, backend, form, agreement, status=400)
    return identities.confirm(code.kind, vault.unseal(code.contact_sealed), code.agreement)


def hidden(form: forms.Form) -> list[tuple[str, str]]:
    """Everything the writer has sent so far, for the next page's hidden fields."""
    return [(name, form.data.get(name, "")) for name in form.fields if name in form.data]

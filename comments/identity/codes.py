"""One-time codes: six digits, kept hashed, five tries, ten minutes; a flood of them costs money.

What is said and how long it takes do not depend on whether a contact is known here, nor on who
else asks for codes to it: over the limit of a contact everything is as ever, but nothing is sent.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from comments import throttle
from comments.identity import contacts, vault
from comments.identity.backends import Backend, DeliveryError
from comments.models import Agreement, OneTimeCode

LIFE = timedelta(minutes=10)
TRIES = 5
WINDOW = timedelta(hours=1)
_EVERYBODY = hashlib.sha256(b"one-time codes").hexdigest()


@dataclass
class _Delivery:
    """How the last one went in this process: what sends nothing goes the same way."""

    seconds: float = 0.0
    failed: bool = False


_last = _Delivery()


def send(
    backend: Backend, contact: str, *, agreement: Agreement | None, sender_hash: str, language: str
) -> OneTimeCode:
    """Make a code and have it delivered.

    ValidationError with code ``too_many`` over a limit; ``DeliveryError`` where the gateway failed
    (the try counts against the limits all the same).
    """
    digits = f"{secrets.randbelow(1_000_000):06}"
    code = OneTimeCode(
        kind=backend.kind,
        contact_hash=contacts.keyed_hash(contact),
        contact_sealed=vault.seal(contact),
        agreement=agreement,
        sender_hash=sender_hash,
    )
    with transaction.atomic():
        throttle.one_at_a_time(_EVERYBODY)  # many at once are counted one by one
        _check_limits(code)
        is_sent = not _has_enough(code.contact_hash)
        # Without a hash no digits fit.
        code.code_hash = _keyed_hash(code.pk, digits) if is_sent else ""
        code.save(force_insert=True)
    if is_sent:
        _deliver(backend, contact, digits, language)
    else:
        _pretend()
    return code


def check(pk: UUID, typed: str) -> OneTimeCode:
    """The code that ``typed`` answers, used up by this; ValidationError otherwise.

    The try is counted before it is judged, so that many at once cannot have more than five.
    """
    digits = "".join(typed.split())
    now = timezone.now()
    live = OneTimeCode.objects.filter(
        pk=pk, used_at=None, tries__lt=TRIES, created_at__gt=now - LIFE
    )
    if not live.update(tries=F("tries") + 1):
        raise ValidationError(
            _("This code is no longer valid. Ask for a new one."), code="code_expired"
        )
    code = OneTimeCode.objects.get(pk=pk)
    if not hmac.compare_digest(code.code_hash, _keyed_hash(pk, digits)):
        left = TRIES - code.tries
        if not left:
            raise ValidationError(
                _("The code was wrong five times. Ask for a new one."), code="code_expired"
            )
        raise ValidationError(
            _("The code is not right. Tries left: %(left)s."),
            code="code_wrong",
            params={"left": left},
        )
    if not OneTimeCode.objects.filter(pk=pk, used_at=None).update(used_at=now):
        raise ValidationError(_("This code has been used."), code="code_expired")
    return code


def _deliver(backend: Backend, contact: str, digits: str, language: str) -> None:
    started = time.monotonic()
    _last.failed = True
    try:
        backend.deliver(contact, digits, language)
        _last.failed = False
    finally:
        _last.seconds = time.monotonic() - started


def _pretend() -> None:
    time.sleep(_last.seconds)
    if _last.failed:
        raise DeliveryError


def _recent() -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(created_at__gt=timezone.now() - WINDOW)


def _has_enough(contact_hash: str) -> bool:
    """Whoever asked for them: said to nobody, for it would tell that its owner is here."""
    sent = _recent().filter(contact_hash=contact_hash).exclude(code_hash="")
    return sent.count() >= settings.COMMENTS_CODES_PER_CONTACT


def _check_limits(code: OneTimeCode) -> None:
    """What the one who asks has asked for, and what all have: said, and until when."""
    asked = _recent().filter(sender_hash=code.sender_hash)
    for found, limit in (
        (asked.filter(contact_hash=code.contact_hash), settings.COMMENTS_CODES_PER_CONTACT),
        (asked, settings.COMMENTS_CODES_PER_SENDER),
        (_recent(), settings.COMMENTS_CODES_PER_HOUR),
    ):
        moments = list(found.order_by("-created_at").values_list("created_at", flat=True)[:limit])
        if len(moments) >= limit:
            free_at = timezone.localtime(moments[-1] + WINDOW) + timedelta(minutes=1)
            raise ValidationError(
                _("Too many codes have been asked for. Please try again after %(time)s."),
                code="too_many",
                params={"time": time_format(free_at.time())},
            )


def _keyed_hash(pk: UUID, digits: str) -> str:
    key = settings.COMMENTS_SENDER_KEY.encode()
    return hmac.new(key, f"code:{pk}:{digits}".encode(), hashlib.sha256).hexdigest()

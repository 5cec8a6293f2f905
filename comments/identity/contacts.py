"""Telephone numbers and e-mail addresses: understood, compared, shown in part."""

import hashlib
import hmac
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

# What people write between the digits of a number.
_BETWEEN = re.compile(r"[\s()\-.\u2010-\u2015]+")
# Kazakh mobile numbers: +7, then 70x, 747, 75x (reserved), 76x, 77x.
_MOBILE = re.compile(r"\+77[04567]\d{8}")


def parse_number(text: str) -> str:
    """+7XXXXXXXXXX, however it was written (8 701…, 7701…, 701…); ValidationError otherwise."""
    digits = _BETWEEN.sub("", text.strip())
    if not digits.startswith("+"):
        digits = re.sub(r"^(?:8|7)?(?=7\d{9}$)", "+7", digits)
    if not digits.isascii() or not _MOBILE.fullmatch(digits):
        raise ValidationError(
            _("Write a mobile number of Kazakhstan, for example +7 701 123 45 67."),
            code="not_a_number",
        )
    return digits


def parse_address(text: str) -> str:
    """The address with its domain in lower case; ValidationError where it is none."""
    text = text.strip()
    name, _at, domain = text.rpartition("@")
    address = f"{name}@{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("Write an e-mail address, for example name@example.kz."), code="not_an_address"
        ) from None
    return address


def keyed_hash(contact: str) -> str:
    """Tells equal contacts apart from others without keeping them readable.

    Addresses are compared without regard to case: people do not remember which they used.
    """
    key = settings.COMMENTS_SENDER_KEY.encode()
    return hmac.new(key, f"contact:{contact.lower()}".encode(), hashlib.sha256).hexdigest()


def masked(contact: str) -> str:
    """Enough to recognise one's own, too little to learn another's."""
    if "@" in contact:
        name, _at, domain = contact.rpartition("@")
        return f"{name[:1]}…@{domain}"
    return f"{contact[:2]}\u00a0…\u00a0{contact[-2:]}"

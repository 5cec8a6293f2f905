"""What must be readable to an inspector and to nobody else: encrypted at rest.

The first of COMMENTS_IDENTITY_KEYS encrypts, all of them decrypt; `rotate_identity_keys`
re-encrypts, after which an old key can be taken away.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class UnreadableError(Exception):
    """None of the keys at hand opens this value."""


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise UnreadableError from None


def reseal(sealed: str) -> str:
    """The same secret under the first key."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise UnreadableError from None


def new_key() -> str:
    return Fernet.generate_key().decode()


def _keys() -> MultiFernet:
    if not settings.COMMENTS_IDENTITY_KEYS:
        raise ImproperlyConfigured("COMMENTS_IDENTITY_KEYS is not set.")
    return MultiFernet([Fernet(key) for key in settings.COMMENTS_IDENTITY_KEYS])

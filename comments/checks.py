"""System checks: what identification needs is there before anybody writes."""

import re

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.utils.module_loading import import_string

from comments.identity.backends import NAMES, Backend


@register(Tags.security)
def identification_is_complete(**_options):
    for key in settings.COMMENTS_IDENTITY_KEYS:
        try:
            Fernet(key)
        except ValueError:
            # The key itself is never repeated.
            yield Error(
                "COMMENTS_IDENTITY_KEYS holds something that is no key.",
                hint="Make one with `manage.py new_identity_key`.",
                id="comments.E001",
            )
    name = settings.COMMENTS_IDENTITY
    if name == "none":
        return
    if not settings.COMMENTS_IDENTITY_KEYS:
        yield Error(
            f"COMMENTS_IDENTITY is {name!r} and COMMENTS_IDENTITY_KEYS is not set.",
            hint="Make a key with `manage.py new_identity_key`.",
            id="comments.E002",
        )
    if name == "sms":
        yield from _gateway()
    elif name == "email":
        if not settings.EMAIL_URL:
            yield Error(
                "COMMENTS_IDENTITY is 'email' and EMAIL_URL is not set.", id="comments.E005"
            )
    elif name not in NAMES:
        try:
            known = issubclass(import_string(name), Backend)
        except (ImportError, TypeError):
            known = False
        if not known:
            yield Error(
                f"COMMENTS_IDENTITY names no backend: {name!r}.",
                hint="none, sms, email, or the dotted path of a Backend.",
                id="comments.E006",
            )


def _gateway():
    url, body = settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_BODY
    if not url.startswith(("https://", "http://127.0.0.1")):
        yield Error(
            "SMS_GATEWAY_URL must be the https:// address of the gateway.", id="comments.E003"
        )
    for place in ("{number}", "{text}"):
        if place not in url + body:
            yield Error(
                f"Neither SMS_GATEWAY_URL nor SMS_GATEWAY_BODY says where {place} goes.",
                id="comments.E003",
            )
    try:
        re.compile(settings.SMS_GATEWAY_SUCCESS)
    except re.error:
        yield Error("SMS_GATEWAY_SUCCESS is no regular expression.", id="comments.E004")

"""Sign-in with a code from a telephone (TOTP), and recovery codes for the day it is lost."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from django_otp import login as mark_verified
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import audit
from portal.accounts import sessions

Event = audit.Event
RECOVERY_CODES = 10
# Without what is easily mistaken on paper: 0 and o, 1, i and l.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def is_satisfied(request: Any) -> bool:
    """Whether this session has shown as much as its account must show."""
    user = request.user
    if not user.is_authenticated:
        return False
    if user.is_verified():
        return True
    return not (has_device(request) or is_required(user))


def has_device(request: Any) -> bool:
    if (session := getattr(request.user, "staff_session", None)) is not None:
        return session.has_device  # read with the session itself
    return device_of(request.user) is not None


def is_required(user: User) -> bool:
    """By STAFF_TWO_FACTOR_ROLES: names of groups, permissions, and "superusers"."""
    roles = set(settings.STAFF_TWO_FACTOR_ROLES)
    if user.is_superuser:
        return "superusers" in roles
    if any(user.has_perm(role) for role in roles if "." in role):
        return True
    groups = {role for role in roles if "." not in role} - {"superusers", "none"}
    return bool(groups) and user.groups.filter(name__in=groups).exists()


def device_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_device_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """A new secret, which counts for nothing until a code made from it is shown."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="telephone", confirmed=False)


def confirm(request: Any, code: str) -> list[str]:
    """Switch the new device on; the recovery codes, to be shown this once."""
    user = request.user
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None:
            raise ValidationError(_("Begin anew, please."), code="no_device")
        accepted = device.verify_token(_digits(code))
        if accepted:
            TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
            device.confirmed = True
            device.save()
            codes = _renew(user)
    if not accepted:
        raise _wrong(device)
    mark_verified(request, device)
    # Whoever is signed in elsewhere has shown no code.
    sessions.end(sessions.of(user).exclude(pk=request.session.get(sessions.KEY)))
    audit.record(Event.TWO_FACTOR_ON, by=user, on=user)
    return codes


def verify(request: Any, code: str) -> Device:
    """Accept a code of the telephone, or a recovery code, which is then used up."""
    user = request.user
    digits, is_recovery = _digits(code), not _digits(code).isdecimal()
    model = StaticDevice if is_recovery else TOTPDevice
    with transaction.atomic():  # a refusal is raised outside: its count must stay
        device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
        accepted = device is not None and device.verify_token(digits.lower())
    if not accepted:
        audit.record(Event.CODE_WRONG, by=user, on=user)
        raise _wrong(device)
    mark_verified(request, device)
    if is_recovery:
        audit.record(Event.RECOVERY_USED, by=user, on=user)
    return device


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """New codes instead of all the earlier ones."""
    audit.record(Event.RECOVERY_RENEWED, by=user, on=user)
    return _renew(user)


@transaction.atomic
def switch_off(user: User) -> None:
    if is_required(user):
        raise PermissionDenied
    _forget(user)
    audit.record(Event.TWO_FACTOR_OFF, by=user, on=user)


@transaction.atomic
def reset(user: User, *, by: User) -> None:
    """For somebody who has lost the telephone and the codes; they enrol anew."""
    if not by.is_superuser:
        raise PermissionDenied
    _forget(user)
    sessions.end(sessions.of(user))
    audit.record(Event.TWO_FACTOR_RESET, by=by, on=user)


def _forget(user: User) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _renew(user: User) -> list[str]:
    # The same device: whoever signed in by a code of it stays signed in.
    device, _created = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isalnum())[:16]


def _wrong(device: Device | None) -> ValidationError:
    allowed, why = device.verify_is_allowed() if device else (True, None)
    until = (why or {}).get("locked_until")
    moments = timedelta(seconds=2)  # of which nobody notices anything
    if not allowed and isinstance(until, datetime) and until > timezone.now() + moments:
        return ValidationError(
            _("The code is wrong. After several wrong codes please wait until %(time)s."),
            code="wait",
            params={"time": time_format(timezone.localtime(until).time(), "H:i:s")},
        )
    return ValidationError(
        _("The code is wrong or has run out. Enter the one that is shown now."), code="wrong"
    )

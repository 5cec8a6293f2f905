"""Signed-in browsers: what their owner sees of them, and how they are ended."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.models import StaffSession

KEY = "staff_session"
NOTED_EVERY = timedelta(minutes=1)
# In this order: most browsers also call themselves Chrome and Safari.
BROWSERS = {
    "YaBrowser": "Yandex", "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox", "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS X": "macOS", "Linux": "Linux",
}  # fmt: skip


def browser_of(request: HttpRequest) -> str:
    said = request.META.get("HTTP_USER_AGENT", "")
    names = [
        next((name for word, name in known.items() if word in said), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, names))


def of(user: User) -> QuerySet[StaffSession]:
    """The browsers in which an account is signed in."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return StaffSession.objects.filter(user=user, last_used_at__gte=since)


def end(sessions: QuerySet[StaffSession]) -> int:
    return sessions.delete()[0]


def purge() -> int:
    """Forget browsers whose session has run out, and Django's own rows of them."""
    SessionStore.clear_expired()
    limit = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return end(StaffSession.objects.filter(last_used_at__lt=limit))


def checked(request: HttpRequest, user: Any) -> Any:
    """The account of a request, unless its session was ended elsewhere."""
    if not user.is_authenticated:
        return user
    session = (
        StaffSession.objects.filter(pk=request.session.get(KEY, 0), user=user)
        .annotate(
            has_device=Exists(TOTPDevice.objects.filter(user=OuterRef("user"), confirmed=True))
        )
        .first()
    )
    if session is None:
        request.session.flush()
        return AnonymousUser()
    now = timezone.now()
    if now - session.last_used_at > NOTED_EVERY:
        StaffSession.objects.filter(pk=session.pk).update(last_used_at=now)
    user.staff_session = session
    return user


def _begin(request: HttpRequest, user: User, **_signal: Any) -> None:
    session = StaffSession.objects.create(user=user, browser=browser_of(request))
    request.session[KEY] = session.pk


def _finish(request: HttpRequest, user: User | None, **_signal: Any) -> None:
    if user is not None and (number := request.session.get(KEY)):
        end(StaffSession.objects.filter(pk=number, user=user))


def listen() -> None:
    user_logged_in.connect(_begin, dispatch_uid="sessions.begin")
    user_logged_out.connect(_finish, dispatch_uid="sessions.finish")

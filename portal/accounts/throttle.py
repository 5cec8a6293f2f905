"""Sign-in slowed down by account and address (django-axes), with a page that says for how long.

An account is locked for one address after a few failures. Much higher limits hold for an account
from all addresses together, and for an address over all accounts: an office shares one address,
and nobody should be able to lock an officer out from afar.
"""

from datetime import datetime, timedelta
from ipaddress import IPv6Address

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.sender import client_address, keyed_hash

PER_ACCOUNT = 100
PER_ADDRESS = 50


def address_of(request: HttpRequest) -> str:
    """Not the address itself: 128 bits of its keyed hash, in the shape that axes can store."""
    return str(IPv6Address(bytes.fromhex(keyed_hash(client_address(request))[:32])))


class Handler(AxesDatabaseHandler):
    def is_locked(self, request, credentials=None):
        if super().is_locked(request, credentials):
            return True
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        username = get_client_username(request, credentials)
        failures = [
            (recent.filter(username=username), PER_ACCOUNT),
            (recent.filter(ip_address=request.axes_ip_address), PER_ADDRESS),
        ]
        return any(
            (attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0) >= limit
            for attempts, limit in failures
        )


def locked_page(request: HttpRequest, _response: object, credentials: dict | None) -> HttpResponse:
    """429 in the reader's language, with the time left; the same whether the account exists."""
    until = _locked_until(request, credentials)
    minutes = max(1, -(-int((until - timezone.now()).total_seconds()) // 60))
    context = {
        **admin.site.each_context(request),
        "title": _("Sign-in is locked for a while"),
        "minutes": minutes,
        "until": until,
        # For the next try: the name is typed once.
        "form": AdminAuthenticationForm(
            request, initial={"username": get_client_username(request, credentials)}
        ),
        "app_path": reverse("admin:login"),
        "next": request.POST.get(REDIRECT_FIELD_NAME, ""),
    }
    response = render(request, "admin/accounts/locked.html", context, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    response.headers["Cache-Control"] = "no-store"
    return response


def _locked_until(request: HttpRequest, credentials: dict | None) -> datetime:
    attempts = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=address_of(request)
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return last + (get_cool_off(request) or timedelta())


def unlock(user: User) -> int:
    """Forget the failures of an account; how many addresses were counted."""
    return AccessAttempt.objects.filter(username=user.get_username()).delete()[0]


def purge() -> int:
    """Forget failures of earlier days; how many rows that were."""
    limit = timezone.now() - max(settings.AXES_COOLOFF_TIME, timedelta(days=1))
    return AccessAttempt.objects.filter(attempt_time__lt=limit).delete()[0]

"""Closing an alert without a script: a small form, remembered in one cookie."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from comments.same_origin import is_same_origin
from news.kept import keep
from news.models import Alert
from portal import error_pages

COOKIE_AGE = 60 * 60 * 24 * 90
NUMBERS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,19}", re.ASCII)


def closed(request: HttpRequest) -> set[int]:
    """Which alerts this reader has closed; anything but our own cookie's shape means none."""
    value = request.COOKIES.get(settings.ALERTS_COOKIE_NAME, "")
    return {int(number) for number in value.split(".")} if NUMBERS.fullmatch(value) else set()


def shown_to(request: HttpRequest) -> list[Alert]:
    """The alerts on this reader's pages, the gravest first.

    A cache of whole pages must keep them once per what this returns, and no longer than a minute.
    """
    done = closed(request)
    alerts = [
        alert
        for alert in keep("alerts", lambda: list(Alert.objects.in_force()))
        if not (alert.dismissible and alert.pk in done)
    ]
    return sorted(alerts, key=lambda alert: alert.gravity)


@never_cache
@csrf_exempt  # cached pages carry no token; the request's own origin is checked instead
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    if not is_same_origin(request):
        return error_pages.forbidden(request)
    # Only what is in force is kept, so that the cookie never grows.
    current = {alert.pk for alert in Alert.objects.in_force() if alert.dismissible}
    kept = sorted((closed(request) | {number}) & current)[-20:]
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = reverse("home")
    response = HttpResponseRedirect(target, status=303)
    response.set_cookie(
        settings.ALERTS_COOKIE_NAME,
        ".".join(map(str, kept)),
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response

"""Which copies of typed text a save has taken over: static/js/admin-kept.js forgets them."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "typed_saved"  # read by the script; nothing but random numbers in it
MOST = 8
_COPY = re.compile(r"[a-z0-9]{6,12}-[a-z0-9]{1,12}")


def taken_over(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    copy = request.POST.get("typed_copy", "")
    if _COPY.fullmatch(copy):
        before = [each for each in request.COOKIES.get(COOKIE, "").split(".") if _COPY.match(each)]
        response.set_cookie(
            COOKIE,
            ".".join([*before[-MOST:], copy]),
            max_age=7 * 24 * 60 * 60,
            path=f"/{settings.ADMIN_PATH}",
            secure=settings.HTTPS,
            samesite="Strict",
        )
    return response

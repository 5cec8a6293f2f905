"""When the database does not take what somebody wrote, they get it back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.same_origin import is_same_origin

View = TypeVar("View", bound=Callable[..., HttpResponse])
LABELS: dict[str, Promise] = {
    "name": _("Your name"),
    "text": _("Your comment"),
    "words": _("In your own words"),
    "address": _("E-mail address"),
}
LONG = ("text", "words")
# Pressed again it begins where nothing was stored: no preview, no step of identification.
NOT_SENT_AGAIN = ("preview", "step", "contact", "agreement", "challenge", "code")


@dataclass(frozen=True)
class Kept:
    name: str
    value: str

    @property
    def label(self) -> Promise | None:
        """Of what its writer typed; None for what a form carries along."""
        return LABELS.get(self.name)

    @property
    def is_long(self) -> bool:
        return self.name in LONG


def keeps_words(view: View) -> View:
    """What was not stored comes back with its words, ready to be sent again.

    It carries the same key: should it have been stored after all, it is not stored twice.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DatabaseTrouble:
            if request.method != "POST" or not _is_ours(request):
                raise
        names = [name for name in request.POST if name not in NOT_SENT_AGAIN]
        kept = [Kept(name, request.POST.get(name, "")) for name in names]
        response = render(
            request,
            "comments/not_stored.html",
            {"kept": kept},
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
        response.headers["Retry-After"] = "30"
        return response

    return wrapped  # type: ignore[return-value]


def _is_ours(request: HttpRequest) -> bool:
    if is_same_origin(request):
        return True
    # The private pages of a comment send no referrer, so old browsers say of their forms «null».
    is_old = "Sec-Fetch-Site" not in request.headers
    return is_old and request.headers.get("Origin") == "null"

"""What a reader meets instead of the page: in three languages, the address's own first."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_from_path, gettext, override
from django.utils.translation import gettext_lazy as _

from news import old_addresses
from news.languages import best_of
from portal import logs
from portal.context_processors import TITLE_KK

RETRY_AFTER = "60"  # seconds
TEXTS = {
    400: (
        _("The request was not understood"),
        _(
            "Something in the address or in what was sent is not right. "
            "Please go back and try again."
        ),
    ),
    403: (
        _("Access denied"),
        _("This page cannot be opened in this way. Please go back and try again."),
    ),
    404: (
        _("Page not found"),
        _("There is no such page. Perhaps the address was mistyped, or the page has moved."),
    ),
    413: (
        _("Too large"),
        _("What was sent is larger than this site accepts. Please go back and send less."),
    ),
    429: (
        _("Too many requests"),
        _("A great many requests came from your network in a short time. Please wait a minute."),
    ),
    500: (
        _("Something went wrong on the site"),
        _("The failure has been recorded. Please try again in a few minutes."),
    ),
    503: (
        _("The site cannot show this page just now"),
        _("It is being looked after. Please try again in a few minutes."),
    ),
}  # fmt: skip
logger = logging.getLogger("portal.errors")


def text_of(status: int, language: str | None = None) -> str:
    """The page, from nothing but templates and catalogues."""
    languages = [code for code, _name in settings.LANGUAGES]
    languages.sort(key=lambda code: code != language)  # stable: the others keep their order
    sections = []
    for code in languages:
        with override(code):
            title, explanation = TEXTS[status]
            sections.append(
                {
                    "language": code,
                    "title": str(title),
                    "text": str(explanation),
                    "home": gettext("Main page"),
                    "code": gettext("If you write to us about it, please name this number:"),
                }
            )
    code = logs.request_id() if status >= 500 else ""
    return render_to_string(
        "error.html", {"sections": sections, "title_kk": TITLE_KK, "code": code}
    )


def plain(request: HttpRequest, status: int) -> HttpResponse:
    response = HttpResponse(
        text_of(status, get_language_from_path(request.path_info)), status=status
    )
    response.headers["Cache-Control"] = "no-store"
    if status in (429, 503):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _within_the_site(request: HttpRequest, status: int) -> HttpResponse:
    """With the site's menu around it, as long as the menu can be had."""
    try:
        return render(request, f"{status}.html", {"robots": "noindex"}, status=status)
    except Exception:  # database, cache, session: whatever the page around it needs
        logger.exception("The plain page stands in for %s.html", status)
        return plain(request, status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _within_the_site(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _within_the_site(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own page for this is in English, whatever the reader's language."""
    from portal.accounts import kept_form  # needs the apps, which error pages do not

    if (
        request.path.startswith(f"/{settings.ADMIN_PATH}")
        and kept_form.is_from_here(request)
        and kept_form.holds_words(request)
    ):
        return kept_form.page(request)
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return moved(request) or _within_the_site(request, 404)


def moved(request: HttpRequest) -> HttpResponse | None:
    """On to the article that stood at this address on an earlier portal."""
    if request.method not in ("GET", "HEAD"):
        return None
    try:
        article = old_addresses.article_at(request.get_full_path())
    except Exception:  # an error page needs nothing that can fail
        logger.exception("Nobody could be asked where %s has moved", request.path)
        return None
    if article is None:
        return None
    language = best_of(article.languages, get_language() or settings.LANGUAGE_CODE)
    return HttpResponsePermanentRedirect(article.get_absolute_url(language))


def too_many_requests(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return plain(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is away is no fault of the program: 503, and worth another try."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    return plain(request, 503 if away else 500)

"""Attachments as readers get them: saved, never shown, so that a browser runs nothing of them."""

import json
import logging
import time
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import attachments, page_cache
from news.languages import LANGUAGES
from news.models import Article, Attachment
from news.shared_store import StoreError, store

REMEMBERED = ("pk", "file", "kind", *(f"title_{language}" for language in LANGUAGES))
REMEMBERED_FOR = 25 * 60 * 60.0  # as kept pages are

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    """While the public may read the article, and no longer."""
    public = Attachment.objects.filter(article__in=Article.objects.readable())
    try:
        attachment: Attachment = get_object_or_404(public, pk=number)
    except (OperationalError, InterfaceError):
        response = _without_the_database(number)
        if response is None:
            raise
        return response
    _remember(attachment)
    return as_download(attachment)


def as_download(attachment: Attachment) -> HttpResponseBase:
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        logger.exception("The file of attachment %s is missing", attachment.pk)
        raise Http404 from None
    except OSError:  # object storage that does not answer
        logger.exception("The file of attachment %s cannot be read", attachment.pk)
        text = _("The document cannot be fetched just now. Please try again in a few minutes.")
        return HttpResponse(
            text, status=503, content_type="text/plain", headers={"Retry-After": "60"}
        )
    response = FileResponse(content)
    title, _code = attachment.title_said
    headers = {
        "Content-Type": attachments.MEDIA_TYPES[attachments.Kind(attachment.kind)],
        "Content-Disposition": attachments.disposition(title, attachment.kind),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",  # what is removed must not come out of a cache
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response


# --- for the day on which the database is away: the pages that link here are still read ---


def _remember(attachment: Attachment) -> None:
    facts: dict[str, Any] = {name: str(getattr(attachment, name) or "") for name in REMEMBERED}
    facts |= {"article": attachment.article_id, "at": time.time()}
    with suppress(StoreError):
        store().set(_name(attachment.pk), json.dumps(facts).encode(), REMEMBERED_FOR)


def _without_the_database(number: int) -> HttpResponseBase | None:
    """A document that somebody fetched within a day, unless anything was taken back since."""
    try:
        (value,) = store().get(_name(number))
        if value is None:
            return None
        facts = json.loads(value)
        _token, forgotten = page_cache.article_names(facts["article"])
        taken_back = page_cache.tokens(page_cache.SITE_FORGOTTEN, forgotten)
    except StoreError:
        return None
    age = time.time() - facts["at"]
    if max(map(page_cache.moment_of, taken_back)) > facts["at"]:
        return None
    response = as_download(Attachment(**{name: facts[name] for name in REMEMBERED}))
    response.headers["X-Portal-Stale"] = str(int(age))
    return response


def _name(number: int) -> str:
    return f"download:{number}"

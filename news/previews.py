"""How an article will look: to the press office, at any moment, and to outsiders by a link."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from news import changes, revisions
from news.article_page import article_page_context
from news.languages import LANGUAGES
from news.models import Article, PreparedChange, PreviewLink
from news.moments import day_and_time

Status = Article.Status


def page(request: HttpRequest, article: Article, language: str, **more: Any) -> HttpResponse:
    """The real page, kept by nobody and found by no search engine."""
    context = {**article_page_context(article, language), "preview": True, **more}
    response = render(request, "news/article_detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def as_it_will_be(article: Article, moment: datetime) -> str:
    """Put on the article, in memory, what is planned until then; say what readers meet."""
    change = changes.open_change(article)
    if change and _is_due(change, moment):
        content, _conflicts = changes.merged(change)
        for name in (*revisions.columns(revisions.TEXTS), *revisions.CHOICES):
            setattr(article, name, content[name])
        article.section_id = content["section"]
        article.main_picture_id = content["main_picture"]
    shown = {"moment": day_and_time(moment)}
    if article.status in (Status.REMOVED, Status.TRASHED):
        return _("%(moment)s: the address says that the article was removed.") % shown
    withdrawn = article.status == Status.WITHDRAWN or (
        article.withdraws_at is not None and article.withdraws_at <= moment
    )
    if withdrawn:
        return _("%(moment)s: withdrawn; the address shows it under a notice.") % shown
    public_from = article.published_at
    if article.status == Status.PUBLISHED and public_from and public_from <= moment:
        return _("%(moment)s: readers see this page.") % shown
    return _("%(moment)s: readers do not see it yet.") % shown


def _is_due(change: PreparedChange, moment: datetime) -> bool:
    return (
        change.status == PreparedChange.Status.SCHEDULED
        and change.publish_at is not None
        and change.publish_at <= moment
    )


@never_cache
@require_safe
def show_to_outsider(request: HttpRequest, token: str) -> HttpResponse:
    """A draft and nothing else, as long as the link is valid; what is published has its address."""
    link = PreviewLink.of_token(token)
    if link is None:
        raise Http404
    article, language = link.article, get_language() or LANGUAGES[0]
    if article.is_published:
        return HttpResponseRedirect(article.get_absolute_url(language))
    gone = article.status in (Status.REMOVED, Status.TRASHED, Status.WITHDRAWN)
    if gone or not link.is_valid:
        response = render(request, "news/draft_gone.html", {"robots": "noindex"}, status=410)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
    addresses = {code: link.get_absolute_url(code) for code in LANGUAGES}
    return page(
        request,
        article,
        language,
        page_urls=addresses,
        outsider_until=timezone.localtime(link.expires_at),
        robots="noindex",
        canonical="",
    )

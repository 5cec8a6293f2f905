"""The page of an article, public or in the press office's preview."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import DetailView

from news import (
    addresses,
    body,
    corrections,
    gallery,
    lists,
    reading_time,
    short_link,
    surroundings,
)
from news.languages import LANGUAGES, best_of, name_of
from news.models import Article, ArticlePicture, Attachment, Correction
from news.prepared import Prepared


def _article(*, number: Any, now: Any) -> Any:
    """With what it rarely has, so that nothing more is asked of the others; without the bodies in
    other languages than the page's, one of which is read where there is none in its own."""
    others = [code for code in LANGUAGES if code != get_language()]
    return (
        Article.objects.once_published(now)
        .filter(pk=number)
        .defer(*(f"body_{code}" for code in others))
        .select_related("section", "main_picture")
        .annotate(
            has_gallery=Exists(ArticlePicture.objects.filter(article=OuterRef("pk"))),
            has_attachments=Exists(Attachment.objects.filter(article=OuterRef("pk"))),
            has_corrections=Exists(Correction.objects.filter(article=OuterRef("pk"))),
        )
    )


_ARTICLE = Prepared(_article)


class ArticleDetail(DetailView):
    """An article under its address; the id decides, everything else redirects to the right one."""

    template_name = "news/article_detail.html"

    def get(self, request, *args, **kwargs):
        number = int(kwargs["address"].partition("-")[0])
        found = _ARTICLE(number=number, now=timezone.now())
        if not found:
            raise Http404
        (article,) = found
        if article.is_gone:
            if instead := _instead(article):
                # Not for good: browsers would remember it beyond a restore.
                return HttpResponseRedirect(instead.get_absolute_url())
            context = {"article": article, "back_url": lists.back_address(request)}
            return render(request, "news/article_removed.html", context, status=410)
        if not article.languages:
            raise Http404
        address = article.get_absolute_url()
        if request.path != address:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        self.object = article
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        article = self.object
        came_from = lists.came_from(self.request)
        return super().get_context_data(
            **article_page_context(article, get_language()),
            **_ways_on(article, get_language()),
            back_url=came_from or addresses.root(),
            came_from=came_from,
            page_urls={
                language: article.get_absolute_url(language)
                + lists.query_in(came_from, get_language(), language)
                for language in LANGUAGES
            },
            **kwargs,
        )


def _instead(article: Article) -> Article | None:
    """Where the address of a removed article leads."""
    if article.status != Article.Status.REMOVED or article.redirect_to_id is None:
        return None
    return Article.objects.published().filter(pk=article.redirect_to_id).first()


def _ways_on(article: Article, language: str) -> dict[str, Any]:
    """What only a public article has: neighbours, and an address for paper."""
    if not article.is_published:
        return {}
    short = short_link.address(article)
    return {
        "surroundings": surroundings.of(article, language),
        "short_link": short,
        "qr_code": short_link.qr_code(short),
    }


def article_page_context(article: Article, language: str) -> dict[str, Any]:
    """What news/article_detail.html shows of an article, public or in the press office's preview.

    The page is in ``language``; the text is in the best of the article's own languages.
    """
    shown = best_of(article.languages, language) or language
    day = timezone.localdate(article.published_at) if article.published_at else None
    text = article.text_in(shown)
    pictures = gallery.pictures_of(article) if getattr(article, "has_gallery", True) else []
    return {
        "article": article,
        "text": text,
        "body": body.parts(text.body),
        "gallery": pictures,
        "gallery_address": gallery.address(article, 1).removesuffix("1/")
        if day and pictures
        else "",
        "attachments": article.attachments.all()
        if getattr(article, "has_attachments", True)
        else [],
        "history": corrections.history(article)
        if getattr(article, "has_corrections", True)
        else [],
        "reading_minutes": reading_time.minutes(text),
        "is_other_language": shown != language,
        "text_language_name": name_of(shown),
        "is_withdrawn": article.is_withdrawn,
        "withdrawal_reason": _withdrawal_reason(article, language),
        "canonical": settings.SITE_URL + article.get_absolute_url(shown) if day else "",
        "robots": "noindex" if shown != language or not article.is_published else "",
        "calendar_month": day,
        "current_day": day,
    }


def _withdrawal_reason(article: Article, language: str) -> tuple[str, str]:
    """The words and their language."""
    reasons = {
        code: reason
        for code in LANGUAGES
        if (reason := getattr(article, f"withdrawal_reason_{code}"))
    }
    shown = best_of(reasons, language)
    return (reasons[shown], shown) if shown else ("", language)

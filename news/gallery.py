"""The pictures of an article, each on a page of its own."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from news.languages import LANGUAGES, best_of
from news.models import Article, ArticlePicture


def pictures_of(article: Article) -> list[ArticlePicture]:
    return list(article.gallery.select_related("picture"))


def address(article: Article, number: int, language: str | None = None) -> str:
    prefix = language or get_language() or settings.LANGUAGE_CODE
    day = timezone.localtime(article.published_at)
    with override(prefix):
        return reverse(
            "news:picture",
            args=[
                day.year, f"{day:%m}", f"{day:%d}", article.address_name(prefix), number,
            ],
        )  # fmt: skip


@require_safe
def show_picture(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
    """The id decides, as for the article; only what the public may read has pictures."""
    article = get_object_or_404(
        Article.objects.readable().select_related("section"),
        pk=int(kwargs["address"].partition("-")[0]),
    )
    shown = best_of(article.languages, str(get_language()))
    pictures = pictures_of(article)
    if shown is None or not 0 < number <= len(pictures):
        raise Http404
    if request.path != (right := address(article, number)):
        return HttpResponsePermanentRedirect(right)
    context = {
        "article": article,
        "text": article.text_in(shown),
        "is_other_language": shown != get_language(),
        "picture": pictures[number - 1].picture,
        "number": number,
        "total": len(pictures),
        "previous_url": address(article, number - 1) if number > 1 else "",
        "next_url": address(article, number + 1) if number < len(pictures) else "",
        "page_urls": {language: address(article, number, language) for language in LANGUAGES},
        "canonical": settings.SITE_URL + article.get_absolute_url(shown),
        # A canonical address elsewhere says it all, except where the article is not listed.
        "robots": "" if article.is_published else "noindex",
    }
    return render(request, "news/article_picture.html", context)

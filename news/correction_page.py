"""What a correction changed, for readers: a page of its own below the article's address."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news import corrections
from news.languages import LANGUAGES, best_of, name_of
from news.models import Article

FOR_READERS = {"main_picture", "video_url", "gallery", "attachments"}


@require_safe
def show_changes(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
    """The id decides, as for the article; only what the public may read has a history."""
    language = str(get_language())
    article = get_object_or_404(
        Article.objects.readable().select_related("section"),
        pk=int(kwargs["address"].partition("-")[0]),
    )
    lines = {line.number: line for line in corrections.history(article)}
    shown = best_of(article.languages, language)
    if shown is None or number not in lines or not lines[number].is_comparable:
        raise Http404
    if request.path != (right := address(article, number, language)):
        return HttpResponsePermanentRedirect(right)
    from news import comparison  # its parser of HTML takes 90 ms and 16 MB, and no other page it

    correction = lines[number].correction
    before, after = correction.before.content, correction.after.content
    changes = comparison.compare(before, after)
    changed_in = {change.language for change in changes if change.language}
    context = {
        "article": article,
        "article_url": article.get_absolute_url(),
        "text": article.text_in(shown),
        "is_other_language": shown != language,
        "correction": correction,
        "changes": [
            change
            for change in changes
            if (change.language == shown and not change.name.startswith("comments_"))
            or change.name in FOR_READERS
        ],
        "tally": comparison.tally(before, after, shown),
        "elsewhere": [
            (code, name_of(code), address(article, number, code))
            for code in LANGUAGES
            if code in changed_in and code not in (shown, language)
        ],
        "page_urls": {code: address(article, number, code) for code in LANGUAGES},
        "canonical": settings.SITE_URL + article.get_absolute_url(shown),
        "robots": "noindex",  # search engines should lead to the article as it is
        "calendar_month": timezone.localdate(article.published_at),
    }
    return render(request, "news/article_changes.html", context)


def address(article: Article, number: int, language: str) -> str:
    return f"{article.get_absolute_url(language)}changes/{number}/"

"""The pages that stay."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.languages import name_of
from news.models import Page
from news.richtext import with_scrolling_tables
from news.views import canonical


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page, slug=slug)
    wanted = get_language()
    language = page.best_language(wanted)
    if language is None:
        raise Http404
    body = getattr(page, f"body_{language}")
    return render(
        request,
        "news/page.html",
        {
            "page": page,
            "title": getattr(page, f"title_{language}"),
            "body": with_scrolling_tables(body, _("Table")),
            "text_language": language,
            "text_language_name": name_of(language),
            "is_other_language": language != wanted,
            "canonical": canonical(request),
            "robots": "noindex" if language != wanted else "",
        },
    )

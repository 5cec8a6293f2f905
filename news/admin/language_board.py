"""Articles by languages: what is missing, what is out of date, and the way to each place."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from news.admin.article_list import MOST_COUNTED, CappedPaginator, in_state, states_of
from news.languages import LANGUAGES, name_of
from news.models import Article, Translation
from news.translations import State

PER_PAGE = 50
WORK = (State.MISSING, State.OUTDATED)


class LanguageBoard(admin.ModelAdmin):
    def get_urls(self):
        board = self.admin_site.admin_view(self.language_board)
        return [path("languages/", board, name="news_article_languages"), *super().get_urls()]

    def language_board(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = {code: request.GET.get(code, "") for code in LANGUAGES}
        articles = Article.objects.for_listing().order_by("-updated_at", "-pk")
        rows = Translation.objects.defer("made_from", "outdated")
        articles = articles.prefetch_related(Prefetch("translations", rows))
        for code, state in wanted.items():
            articles = in_state(articles, code, state)
        paginator: Paginator = CappedPaginator(articles, PER_PAGE)
        shown = paginator.get_page(request.GET.get("p"))
        return TemplateResponse(
            request,
            "admin/news/article/languages.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Languages of the articles"),
                "opts": self.opts,
                "languages": [
                    (code, name_of(code), self._counts(code, wanted)) for code in LANGUAGES
                ],
                "rows": [(article, self._cells(article)) for article in shown],
                "page": shown,
                "is_narrowed": any(wanted.values()),
                "media": self.media,
            },
        )

    def _counts(self, language, wanted):
        """Of each state that means work: how many, and where they are listed."""
        found = []
        for state in WORK:
            number = in_state(Article.objects.all(), language, state).order_by()
            count = number[:MOST_COUNTED].count()
            said = f"{count}+" if count == MOST_COUNTED else str(count)
            is_shown = wanted[language] == state
            found.append((state, said, f"?{language}={state}", is_shown))
        return found

    def _cells(self, article):
        change_page = reverse("admin:news_article_change", args=[article.pk])
        rows = {row.language: row for row in article.translations.all()}
        return [
            (
                code,
                state,
                f"{change_page}#panel-{code}",
                code == article.source_language and state != State.MISSING,
                rows[code].outdated_at if state == State.OUTDATED and code in rows else None,
            )
            for code, state in states_of(article).items()
        ]

"""The list of articles as the press office sees it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.admin.decisions import shown
from news.languages import LANGUAGES, name_of
from news.models import Article, PreparedChange
from news.search.query import search
from news.translations import State

MOST_COUNTED = 2000


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*Article.Status.choices, ("scheduled", _("scheduled"))]

    def queryset(self, request, queryset):
        wanted = self.value()
        if wanted == "scheduled":
            return queryset.scheduled()
        if wanted == Article.Status.PUBLISHED:
            return queryset.published()
        if wanted in Article.Status.values:
            return queryset.filter(status=wanted)
        return queryset.exclude(status=Article.Status.TRASHED)


FILTERED_STATES = (State.MISSING, State.OUTDATED, State.COMPLETE)


class LanguageFilter(admin.SimpleListFilter):
    """How one language stands; those of several languages narrow the list together."""

    parameter_name: str

    def __init__(self, *args):
        self.title = name_of(self.parameter_name)
        super().__init__(*args)

    def lookups(self, request, model_admin):
        return [(state.value, state.label) for state in FILTERED_STATES]

    def queryset(self, request, queryset):
        return in_state(queryset, self.parameter_name, self.value())


def in_state(queryset, language, state):
    """The articles whose language stands so; all of them where no such state is known."""
    if state == State.MISSING:
        return queryset.missing_in(language)
    if state == State.OUTDATED:
        return queryset.outdated_in(language)
    return queryset.current_in(language) if state == State.COMPLETE else queryset


LANGUAGE_FILTERS = [
    type(f"{language.title()}Filter", (LanguageFilter,), {"parameter_name": language})
    for language in LANGUAGES
]


class MineFilter(admin.SimpleListFilter):
    title = _("begun by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("me")), ("returned", _("me, and returned from review"))]

    def queryset(self, request, queryset):
        if self.value() == "returned":
            return queryset.returned_to(request.user)
        return queryset.filter(created_by=request.user) if self.value() == "1" else queryset


class ChangeFilter(admin.SimpleListFilter):
    title = _("prepared change")
    parameter_name = "change"

    def lookups(self, request, model_admin):
        return [(status.value, status.label) for status in PreparedChange.OPEN]

    def queryset(self, request, queryset):
        is_open = self.value() in PreparedChange.OPEN
        return queryset.with_change(self.value()) if is_open else queryset


class ChangeListWithoutBodies(ChangeList):
    def get_queryset(self, *args, **kwargs):
        bodies = (f"body_{language}" for language in LANGUAGES)
        return super().get_queryset(*args, **kwargs).defer("body", *bodies)


class CappedPaginator(Paginator):
    """Counts so far and no further; what is older is found by the filters and the search."""

    @cached_property
    def count(self) -> int:
        articles: Any = self.object_list
        return articles.order_by()[:MOST_COUNTED].count()


class ArticleListPage(admin.ModelAdmin):
    paginator = CappedPaginator
    most_counted = MOST_COUNTED  # a list this long says "2000+"
    show_full_result_count = False
    # Each order would need an index for each filter.
    sortable_by = ("updated_shown",)
    list_display = (
        "headline_shown",
        "section",
        "status_shown",
        "languages_shown",
        "published_shown",
        "updated_shown",
    )
    list_filter = (StatusFilter, ChangeFilter, MineFilter, "section", *LANGUAGE_FILTERS)
    list_select_related = ("section",)
    list_per_page = 50
    # Not by moment of publication: databases disagree on where drafts, which have none, come.
    ordering = ("-updated_at", "-pk")
    search_fields = ("pk",)  # shows the search box; get_search_results() does the search

    def get_changelist(self, request, **kwargs):
        return ChangeListWithoutBodies

    def lookup_allowed(self, lookup, value, request):
        # Django would let every column be asked for anything; our lists offer these filters only.
        return lookup in ("status", "change", "mine", *LANGUAGES) or lookup.startswith(
            "section__id__"
        )

    def get_search_results(self, request, queryset, search_term):
        """The public search's engine, over drafts, bodies and single languages as well."""
        if not search_term.strip():
            return queryset, False
        found = search(search_term, articles=Article.objects.all(), complete=False)
        return queryset.filter(pk__in=[hit.article_id for hit in found.hits]), False

    @admin.display(description=_("headline"))
    def headline_shown(self, article):
        return str(article)

    @admin.display(description=_("status"), ordering="status")
    def status_shown(self, article):
        if article.is_scheduled:
            text = gettext("scheduled for %(moment)s") % {
                "moment": shown(article.published_at, "SHORT_DATETIME_FORMAT")
            }
        elif article.is_withdrawn:
            text = str(Article.Status.WITHDRAWN.label)
        elif article.is_published and article.withdraws_at:
            text = gettext("published until %(moment)s") % {
                "moment": shown(article.withdraws_at, "SHORT_DATETIME_FORMAT")
            }
        else:
            text = article.get_status_display()
        name = "scheduled" if article.is_scheduled else article.status
        return format_html('<span class="status status-{}">{}</span>', name, text)

    @admin.display(description=_("published"), ordering="published_at")
    def published_shown(self, article):
        was_out = article.published_at and article.status not in ("draft", "in_review")
        return shown(article.published_at, "SHORT_DATETIME_FORMAT") if was_out else "—"

    @admin.display(description=_("updated"), ordering="updated_at")
    def updated_shown(self, article):
        return shown(article.updated_at, "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("languages"))
    def languages_shown(self, article):
        return format_html_join(
            " ",
            '<span class="language-badge is-{}" title="{}"><span aria-hidden="true">{}{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            (
                (state, said, SIGNS.get(state, ""), language, said)
                for language, state in states_of(article).items()
                for said in [f"{name_of(language)}: {state.label}"]
            ),
        )


SIGNS = {State.OUTDATED: "↻ "}


def states_of(article):
    """As the list's columns have it, without the texts."""
    return {
        language: State.MISSING
        if language not in article.languages
        else State.OUTDATED
        if getattr(article, f"outdated_{language}")
        else State.COMPLETE
        for language in LANGUAGES
    }

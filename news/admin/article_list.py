"""The list of articles as the press office sees it."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.admin.decisions import shown
from news.languages import LANGUAGES, name_of
from news.models import Article
from news.search.query import search


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
        return queryset.filter(status=wanted) if wanted in Article.Status.values else queryset


class MissingLanguageFilter(admin.SimpleListFilter):
    title = _("language that is missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [(language, name_of(language)) for language in LANGUAGES]

    def queryset(self, request, queryset):
        known = self.value() in LANGUAGES
        return queryset.filter(**{f"has_{self.value()}": False}) if known else queryset


class ChangeListWithoutBodies(ChangeList):
    def get_queryset(self, *args, **kwargs):
        bodies = (f"body_{language}" for language in LANGUAGES)
        return super().get_queryset(*args, **kwargs).defer("body", *bodies)


class ArticleListPage(admin.ModelAdmin):
    list_display = (
        "headline_shown",
        "section",
        "status_shown",
        "languages_shown",
        "published_shown",
        "updated_shown",
    )
    list_filter = (StatusFilter, "section", MissingLanguageFilter)
    list_select_related = ("section",)
    list_per_page = 50
    # Not by moment of publication: databases disagree on where drafts, which have none, come.
    ordering = ("-updated_at", "-pk")
    search_fields = ("pk",)  # shows the search box; get_search_results() does the search

    def get_changelist(self, request, **kwargs):
        return ChangeListWithoutBodies

    def lookup_allowed(self, lookup, value, request):
        # Django would let every column be asked for anything; our lists offer these filters only.
        return lookup in ("status", "missing") or lookup.startswith("section__id__")

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
        else:
            text = article.get_status_display()
        name = "scheduled" if article.is_scheduled else article.status
        return format_html('<span class="status status-{}">{}</span>', name, text)

    @admin.display(description=_("published"), ordering="published_at")
    def published_shown(self, article):
        return shown(article.published_at, "SHORT_DATETIME_FORMAT") if article.published_at else "—"

    @admin.display(description=_("updated"), ordering="updated_at")
    def updated_shown(self, article):
        return shown(article.updated_at, "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("languages"))
    def languages_shown(self, article):
        return format_html_join(
            " ",
            '<span class="language-badge {}" title="{}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            (
                (
                    "is-present" if language in article.languages else "is-missing",
                    said,
                    language,
                    said,
                )
                for language in LANGUAGES
                for said in [self._said(language, present=language in article.languages)]
            ),
        )

    def _said(self, language, *, present):
        text = _("%(language)s: present") if present else _("%(language)s: missing")
        return text % {"language": name_of(language)}

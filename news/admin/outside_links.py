from django.contrib import admin
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES
from news.models import OutsideLink, OutsideLinkUse

MOST_SHOWN = 5


class OutcomeFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return OutsideLink.Outcome.choices

    def queryset(self, request, queryset):
        known = self.value() in OutsideLink.Outcome.values
        return queryset.filter(outcome=self.value()) if known else queryset


@admin.register(OutsideLink)
class OutsideLinkAdmin(admin.ModelAdmin):
    """What `manage.py check_links` found, with the way to each place."""

    list_display = (
        "address_shown",
        "outcome",
        "problem_shown",
        "failing_since",
        "checked_at",
        "articles_shown",
    )
    list_display_links = None
    list_filter = (OutcomeFilter,)
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ()

    def get_queryset(self, request):
        used = OutsideLinkUse.objects.select_related("article")
        bodies = used.defer(*(f"article__body_{code}" for code in LANGUAGES))
        return super().get_queryset(request).prefetch_related(Prefetch("uses", bodies))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def lookup_allowed(self, lookup, value, request):
        return lookup == "outcome"

    @admin.display(description=_("address"))
    def address_shown(self, link):
        return format_html(
            '<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>',
            link.address,
            link.address if len(link.address) < 80 else f"{link.address[:77]}…",
        )

    @admin.display(description=_("what happened"))
    def problem_shown(self, link):
        return link.problem_said

    @admin.display(description=_("articles"))
    def articles_shown(self, link):
        uses = link.uses.all()
        places = format_html_join(
            "; ",
            '<a href="{}#id_body_{}">{} ({})</a>',
            (
                (
                    reverse("admin:news_article_change", args=[use.article_id]),
                    use.language,
                    use.article,
                    use.language,
                )
                for use in uses[:MOST_SHOWN]
            ),
        )
        more = f" +{len(uses) - MOST_SHOWN}" if len(uses) > MOST_SHOWN else ""
        return format_html("{}{}", places, more)

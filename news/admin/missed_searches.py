from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES, name_of
from news.models import MissedSearch


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return [(language, name_of(language)) for language in LANGUAGES]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() in LANGUAGES else queryset


@admin.register(MissedSearch)
class MissedSearchAdmin(admin.ModelAdmin):
    """What readers want and do not find; struck off once it is dealt with."""

    list_display = ("words", "language_shown", "times", "last_on")
    list_display_links = None
    list_filter = (LanguageFilter,)
    list_per_page = 100
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        return lookup == "language"

    @admin.display(description=_("language"), ordering="language")
    def language_shown(self, missed):
        return name_of(missed.language)

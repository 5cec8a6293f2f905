from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from news.models import Section


@admin.register(Section)
class SectionAdmin(TranslationAdmin):
    fields = ("slug", "title_kk", "title_ru", "title_en", "position")
    list_display = ("title", "slug", "position")

    def get_readonly_fields(self, request, obj=None):
        # An address once published keeps working.
        return ("slug",) if obj else ()

    def lookup_allowed(self, lookup, value, request):
        return False  # the list has no filters

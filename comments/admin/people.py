"""Departments that answer, and what each moderator works on."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from comments.models import Department, Moderator


@admin.register(Department)
class DepartmentAdmin(TranslationAdmin):
    fields = ("name_kk", "name_ru", "name_en", "position")
    list_display = ("name", "position")

    def lookup_allowed(self, lookup, value, request):
        return False  # the list has no filters


@admin.register(Moderator)
class ModeratorAdmin(admin.ModelAdmin):
    fields = ("user", "sections", "has_shortcuts")
    list_display = ("__str__", "sections_shown")
    list_select_related = ("user",)
    filter_horizontal = ("sections",)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("sections")

    def get_readonly_fields(self, request, obj=None):
        return ("user",) if obj else ()

    @admin.display(description=Moderator._meta.get_field("sections").verbose_name)
    def sections_shown(self, moderator):
        return ", ".join(str(section) for section in moderator.sections.all()) or "—"

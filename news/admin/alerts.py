from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news.models import Alert


@admin.register(Alert)
class AlertAdmin(TranslationAdmin):
    fields = (
        "level",
        "text_kk",
        "text_ru",
        "text_en",
        "link",
        ("starts_at", "ends_at"),
        "dismissible",
    )
    list_display = ("text", "level", "starts_at", "ends_at", "is_shown")
    list_filter = ("level",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "link":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # In words: the text of Django's pictures is English in every language.
    @admin.display(description=_("shown now"))
    def is_shown(self, alert):
        return _("Yes") if alert.is_in_force else _("No")

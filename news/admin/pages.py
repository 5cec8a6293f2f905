"""The change page of the texts that stay; which pages there are is decided by the code."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news.forms import EditorWidget
from news.languages import LANGUAGES, name_of
from news.models import Page
from news.richtext import clean_html, clean_text

LABELS = {"title": _("Title"), "body": _("Text")}


class PageForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            text, _underscore, language = name.partition("_")
            # The fieldset names the language already.
            field.label = LABELS[text]
            if text == "body":
                field.widget = EditorWidget(language)
            field.widget.attrs["lang"] = language

    def clean(self):
        """Judge what would be stored: an editor's empty paragraph is an empty text."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            text, _underscore, language = name.partition("_")
            cleaned[name] = (clean_html if text == "body" else clean_text)(value or "")
            if not cleaned[name] and language in settings.NEWS_REQUIRED_LANGUAGES:
                message = _("Required for publication (%(language)s).")
                params = {"language": name_of(language)}
                self.add_error(name, ValidationError(message, code="required", params=params))
        return cleaned


@admin.register(Page)
class PageAdmin(TranslationAdmin):
    form = PageForm
    change_form_template = "admin/news/article/change_form.html"
    list_display = ("__str__", "updated_at")
    fieldsets = [
        (
            name_of(language),
            {
                "fields": [f"title_{language}", f"body_{language}"],
                "classes": ["language", f"language-{language}"],
            },
        )
        for language in LANGUAGES
    ]

    class Media:
        js = ("js/admin-editor.js", "js/admin-language-tabs.js")

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    # CKEditor 4 writes inline scripts and styles; nothing else of the portal may.
    @method_decorator(
        csp_update({"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]})
    )
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

"""The change page of the texts that stay; which pages there are is decided by the code."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news.admin.editor_page import EditorPage
from news.article_form import EditorWidget
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
class PageAdmin(EditorPage, TranslationAdmin):
    form = PageForm
    change_form_template = "admin/news/article/change_form.html"
    list_display = ("__str__", "updated_at")
    fieldsets = [
        (
            None,  # the template names the language
            {
                "fields": [f"title_{language}", f"body_{language}"],
                "classes": [f"language-{language}"],
            },
        )
        for language in LANGUAGES
    ]

    class Media:
        js = ("js/admin-editor.js", "js/admin-language-tabs.js")
        css = {"all": ["css/admin-writing.css"]}

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

"""Templates of recurring notices, and writing one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from news import notices
from news.admin.editor_page import EditorPage
from news.article_form import EditorWidget
from news.forms import label_of
from news.languages import LANGUAGES, name_of
from news.models import NoticeBlank, NoticeTemplate
from news.richtext import clean_html


class TemplateForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for text in notices.TEXTS:
                if field := self.fields.get(f"{text}_{language}"):
                    field.label = f"{label_of(text, NoticeTemplate)}, {name_of(language)}"
                    field.widget.attrs["lang"] = language
            if body := self.fields.get(f"body_{language}"):
                body.widget = EditorWidget(language)


class BlankFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """Every place that the texts name is asked for; what is asked for stands somewhere."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data]
        asked = {row["code"] for row in rows if not row.get("DELETE") and row.get("code")}
        texts = (
            clean_html(getattr(self.instance, f"{text}_{language}") or "")
            for text in notices.TEXTS
            for language in LANGUAGES
        )
        if missing := sorted(notices.places_of(texts) - asked):
            raise ValidationError(
                _("The texts name places that are not asked for: %(places)s."),
                code="not_asked",
                params={"places": ", ".join(f"{{{code}}}" for code in missing)},
            )


class BlankInline(TranslationTabularInline):
    model = NoticeBlank
    formset = BlankFormSet
    extra = 1

    # Whoever may change a template may change its places.
    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("news.view_noticetemplate")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("news.change_noticetemplate")

    has_add_permission = has_delete_permission = has_change_permission


@admin.register(NoticeTemplate)
class NoticeTemplateAdmin(EditorPage, TranslationAdmin):
    form = TemplateForm
    inlines = [BlankInline]
    list_display = ("name", "section", "write_link")
    list_select_related = ("section",)

    class Media:
        js = ("js/admin-editor.js",)

    def lookup_allowed(self, lookup, value, request):
        return False  # the list has no filters

    def get_list_display_links(self, request, list_display):
        """Whoever only writes by a template has nothing to see in its own page."""
        if not self.has_change_permission(request):
            return None
        return super().get_list_display_links(request, list_display)

    def get_urls(self):
        write = self.admin_site.admin_view(self.write_view)
        return [
            path("<int:pk>/write/", write, name="news_noticetemplate_write"),
            *super().get_urls(),
        ]

    @admin.display(description=_("new notice"))
    def write_link(self, template):
        address = reverse("admin:news_noticetemplate_write", args=[template.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Write"))

    def write_view(self, request, pk):
        """What the template asks for, and a draft made of the answers."""
        template: NoticeTemplate = get_object_or_404(NoticeTemplate, pk=pk)
        if not (
            self.has_view_permission(request, template)
            and request.user.has_perm("news.add_article")
        ):
            raise PermissionDenied
        form = notices.NoticeForm(request.POST or None, template=template)
        if request.method == "POST" and form.is_valid():
            article = notices.write(form, by=request.user)
            self.log_addition(request, article, [{"added": {}}])
            messages.success(
                request, gettext("A draft is made of the template. Read it through once more.")
            )
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Write a notice"),
            "subtitle": str(template),
            "opts": self.opts,
            "template": template,
            "form": form,
        }
        return TemplateResponse(request, "admin/news/noticetemplate/write.html", context)

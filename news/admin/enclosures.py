"""What goes with an article, on its change page: gallery and attachments."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from news.forms import AttachmentForm
from news.languages import LANGUAGES
from news.models import ArticlePicture, Attachment


class GalleryInline(admin.TabularInline):
    model = ArticlePicture
    verbose_name_plural = _("Gallery")
    fields = ("shown", "picture", "position")
    readonly_fields = ("shown",)
    autocomplete_fields = ("picture",)
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("picture")

    @admin.display(description="")
    def shown(self, item):
        if not item.pk:
            return ""
        return format_html(
            '<img class="thumbnail" src="{}" alt="" loading="lazy">', item.picture.thumbnail
        )


class AttachmentInline(TranslationStackedInline):
    model = Attachment
    form = AttachmentForm
    verbose_name_plural = _("Attachments")
    extra = 0

    def get_fieldsets(self, request, obj=None):
        titles, signatories = (
            tuple(f"{text}_{language}" for language in LANGUAGES) for text in ("title", "signatory")
        )
        fields = ("file", titles, signatories, ("issued_on", "position"))
        return [(None, {"fields": fields})]

"""What goes with an article, on its change page: gallery and attachments."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline

from news.admin.prepared_pages import in_hand
from news.admin.uploads import Uploads
from news.forms import AttachmentForm, StoredFile
from news.languages import LANGUAGES
from news.models import Article, ArticlePicture, Attachment


class GalleryInline(admin.TabularInline):
    model = ArticlePicture
    verbose_name_plural = _("Gallery")
    fields = ("shown", "picture", "position")
    readonly_fields = ("shown",)
    autocomplete_fields = ("picture",)
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("picture")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "position":
            # In a table only the column has a name.
            field.widget.attrs["aria-label"] = field.label
        return field

    @admin.display(description=_("chosen picture"))
    def shown(self, item):
        if not item.pk:
            return ""
        return format_html(
            '<img class="thumbnail" src="{}" alt="" loading="lazy">', item.picture.thumbnail
        )


class AttachmentInline(Uploads, TranslationStackedInline):
    model = Attachment
    form = AttachmentForm
    verbose_name_plural = _("Attachments")
    extra = 0

    def get_fieldsets(self, request, obj=None):
        titles, signatories = (
            tuple(f"{text}_{language}" for language in LANGUAGES) for text in ("title", "signatory")
        )
        # Django would look for the public address of the file, which has none.
        file = "file" if self._may_change(request, obj) else "document"
        fields = (file, titles, signatories, ("issued_on", "position"))
        return [(None, {"fields": fields})]

    def get_formset(self, request, *args, **kwargs):
        formset = super().get_formset(request, *args, **kwargs)
        setattr(formset.form, "in_change", in_hand(request) is not None)  # noqa: B010
        return formset

    def get_readonly_fields(self, request, obj=None):
        return () if self._may_change(request, obj) else ("document",)

    def _may_change(self, request, article):
        pages = self.admin_site.get_model_admin(Article)
        return article is None or pages.has_change_permission(request, article)

    @admin.display(description=_("file"))
    def document(self, attachment):
        return StoredFile(attachment).render("", None)

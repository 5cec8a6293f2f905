"""Where a picture is shown: on its page, before its file is replaced, before it is deleted."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import pictures
from news.admin.uploads import logger
from news.forms import PictureForm, refuse_haste, refuse_unstored
from news.models import Article, Picture
from news.picture_uses import Use, uses
from news.storage import StorageError


class ReplacementForm(forms.Form):
    file = PictureForm.declared_fields["file"]

    def __init__(self, *args, uploader=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.uploader = uploader
        self.accepted = None

    def clean_file(self):
        refuse_haste(self.uploader)
        self.accepted = pictures.accept(self.cleaned_data["file"])
        return self.cleaned_data["file"]

    def say_not_stored(self):
        try:
            refuse_unstored()
        except ValidationError as refusal:
            self.add_error("file", refusal)


def said(use: Use) -> str:
    """A link to what shows the picture, and the places."""
    model = "article" if isinstance(use.shown_by, Article) else "page"
    address = reverse(f"admin:news_{model}_change", args=[use.shown_by.pk])
    places = ", ".join(use.places)
    return format_html('<a href="{}">{}</a>: {}', address, use.shown_by, places)


class PictureUses(admin.ModelAdmin):
    def get_urls(self):
        replace = self.admin_site.admin_view(self.replace_view)
        return [
            path("<int:pk>/replace/", replace, name="news_picture_replace"),
            *super().get_urls(),
        ]

    @admin.display(description=_("where it is shown"))
    def shown_in(self, picture):
        found = uses(picture)
        if not found:
            return gettext("Nowhere.")
        items = format_html_join("", "<li>{}</li>", ((said(use),) for use in found))
        return format_html('<ul class="uses">{}</ul>', items)

    def get_deleted_objects(self, objs, request):
        """What still shows one of these pictures stands in the way of deleting it."""
        deleted, counts, lacking, _protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [said(use) for picture in objs for use in uses(picture)]

    def delete_model(self, request, obj):
        pictures.delete_files(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for picture in queryset:
            pictures.delete_files(picture)
        super().delete_queryset(request, queryset)

    def replace_view(self, request, pk):
        picture: Picture = get_object_or_404(Picture, pk=pk)
        if not self.has_change_permission(request, picture):
            raise PermissionDenied
        if request.method == "POST":
            form = ReplacementForm(request.POST, request.FILES, uploader=request.user.pk)
            if form.is_valid() and self._replace(request, picture, form):
                return HttpResponseRedirect(reverse("admin:news_picture_change", args=[pk]))
        else:
            form = ReplacementForm()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Replace the file"),
            "subtitle": str(picture),
            "opts": self.opts,
            "picture": picture,
            "form": form,
            "uses": [said(use) for use in uses(picture)],
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/news/picture/replace.html", context)

    def _replace(self, request, picture, form):
        try:
            pictures.replace(picture, form.accepted)
        except StorageError:
            logger.exception("A file could not be stored")
            form.say_not_stored()
            return False
        self.log_change(request, picture, [{"changed": {"fields": ["file"]}}])
        messages.success(request, gettext("The file is replaced wherever the picture is shown."))
        return True

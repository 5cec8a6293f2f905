from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news import pictures
from news.admin.picture_uses import PictureUses
from news.admin.search import containing
from news.admin.uploads import UploadPage
from news.forms import PICTURE_TEXTS, PictureForm
from news.languages import LANGUAGES
from news.models import Picture

DESCRIPTION = [f"{text}_{language}" for text in PICTURE_TEXTS for language in LANGUAGES]


@admin.register(Picture)
class PictureAdmin(PictureUses, UploadPage, TranslationAdmin):
    class Media:
        js = ("js/admin-focus.js",)

    form = PictureForm
    list_display = ("shown", "description", "credit", "dimensions", "uploaded_at", "uploaded_by")
    list_display_links = ("shown", "description")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    search_fields = DESCRIPTION  # shows the search box; get_search_results() does the search

    def get_fieldsets(self, request, obj=None):
        first = ("focus_shown", ("focus_x", "focus_y"), "dimensions") if obj else ("file",)
        shown_in = ("shown_in",) if obj else ()
        return [(None, {"fields": (*first, "is_decorative", *DESCRIPTION, *shown_in)})]

    def get_readonly_fields(self, request, obj=None):
        return ("focus_shown", "dimensions", "shown_in") if obj else ()

    def lookup_allowed(self, lookup, value, request):
        return False  # the list has no filters

    def get_search_results(self, request, queryset, search_term):
        return containing(queryset, search_term, DESCRIPTION), False

    def get_urls(self):
        thumbnail = self.admin_site.admin_view(self.thumbnail_view)
        return [
            path("<int:pk>/thumbnail/", thumbnail, name="news_picture_thumbnail"),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request, pk):
        """Where the small version of a just chosen picture lies."""
        picture = get_object_or_404(Picture, pk=pk)
        if not self.has_view_permission(request, picture):
            raise PermissionDenied
        return HttpResponseRedirect(picture.thumbnail)

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
        else:
            obj.uploaded_by = request.user
            pictures.store(obj, form.accepted)

    @admin.display(description=_("picture"))
    def shown(self, obj):
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy">', obj.thumbnail, obj.alt
        )

    @admin.display(description=_("picture"))
    def focus_shown(self, obj):
        return format_html(
            '<span class="focus-picker" data-x="id_focus_x" data-y="id_focus_y">'
            '<img class="thumbnail" src="{}" alt="{}"></span>',
            obj.src,
            obj.alt,
        )

    @admin.display(description=_("alternative text"))
    def description(self, obj):
        return str(obj)

    @admin.display(description=_("size in pixels"))
    def dimensions(self, obj):
        return f"{obj.width} × {obj.height}"

"""Previews of an article: the real page, at any width and moment, and links for outsiders."""

from datetime import datetime, timedelta

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from django.views.decorators.clickjacking import xframe_options_sameorigin

from news import previews
from news.decision_forms import zone_name
from news.languages import LANGUAGES, name_of
from news.models import Article, PreviewLink

WIDTHS = (360, 768, 1280)
DAYS = (1, 3, 7, 14, 30)
MOMENT = "%Y-%m-%dT%H:%M"


class LookForm(forms.Form):
    width = forms.TypedChoiceField(
        label=_("Width"),
        choices=[(width, f"{width} px") for width in WIDTHS],
        coerce=int,
        initial=WIDTHS[0],
        required=False,
    )
    at = forms.DateTimeField(
        label=_("At the moment"),
        required=False,
        input_formats=[MOMENT, "%d.%m.%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("For what is scheduled; empty: now."),
    )


class LinkForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=_("valid for"),
        coerce=int,
        initial=7,
        choices=lambda: [(days, ngettext("%d day", "%d days", days) % days) for days in DAYS],
    )

    class Meta:
        model = PreviewLink
        fields = ("purpose",)


class PreviewPages(admin.ModelAdmin):
    def get_urls(self):
        pages = (
            ("<int:pk>/preview/<str:language>/", self.preview_view, "preview"),
            ("<int:pk>/look/<str:language>/", self.look_view, "look"),
            ("<int:pk>/links/", self.links_view, "links"),
        )
        return [
            *(
                path(address, self.admin_site.admin_view(view), name=f"news_article_{name}")
                for address, view, name in pages
            ),
            *super().get_urls(),
        ]

    def preview_view(self, request, pk, language):
        """The public page as it would be; admin_view() forbids every cache to keep it."""
        article = self._seen_article(request, pk, language)
        in_frame = "frame" in request.GET
        said = ""
        if moment := _moment(request):
            with override(language):
                said = previews.as_it_will_be(article, moment)
        response = self.show_preview(
            request,
            article,
            language,
            "admin:news_article_preview",
            back="" if in_frame else self._place_of("change", article),
            look_url="" if in_frame else self._place_of("look", article, language),
            as_of=said,
        )
        if not in_frame:
            return response
        framed = csp_replace({"frame-ancestors": [SELF]})(lambda _request: response)
        return xframe_options_sameorigin(framed)(request)

    def show_preview(self, request, article, language, page, *, back, **more):
        addresses = {code: reverse(page, args=[article.pk, code]) for code in LANGUAGES}
        with override(language):
            return previews.page(
                request, article, language, edit_url=back, page_urls=addresses, **more
            )

    def look_view(self, request, pk, language):
        """The preview in a frame of a telephone's, a tablet's or a desk's width."""
        article = self._seen_article(request, pk, language)
        form = LookForm(request.GET) if request.GET else LookForm(initial={"width": WIDTHS[0]})
        width = (form.cleaned_data["width"] if form.is_valid() else 0) or WIDTHS[0]
        moment = form.cleaned_data.get("at") if form.is_valid() else None
        query = f"?frame=1&at={timezone.localtime(moment):{MOMENT}}" if moment else "?frame=1"
        zone = zone_name(moment or timezone.now())
        context = {
            "form": form,
            "zone": zone,
            "width": width,
            "frame": self._place_of("preview", article, language) + query,
            "language": language,
            "languages": [
                (code, name_of(code), self._place_of("look", article, code)) for code in LANGUAGES
            ],
            "links_page": self._place_of("links", article),
        }
        return csp_update({"frame-src": [SELF]})(
            lambda _request: self._page_around(request, article, "look", _("Preview"), context)
        )(request)

    def links_view(self, request, pk):
        """Links for outsiders: given, listed, revoked."""
        article: Article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        form = LinkForm(request.POST if "days" in request.POST else None)
        if request.method == "POST":
            if "revoke" in request.POST:
                self._revoke(request, article)
                return HttpResponseRedirect(request.path)
            if form.is_valid():
                link = form.save(commit=False)
                link.article, link.created_by = article, request.user
                link.expires_at = timezone.now() + timedelta(days=form.cleaned_data["days"])
                link.save()
                self.log_change(request, article, str(_("Preview link given")))
                messages.success(request, _("The link is ready: copy it from the list."))
                return HttpResponseRedirect(request.path)
        links = article.preview_links.select_related("created_by")
        context = {
            "form": form,
            "is_public": article.is_published,
            "links": [
                (link, [(code, settings.SITE_URL + link.get_absolute_url(code))
                        for code in LANGUAGES])
                for link in links
            ],
        }  # fmt: skip
        return self._page_around(request, article, "links", _("Links for outsiders"), context)

    def _revoke(self, request, article):
        number = request.POST["revoke"]
        links = article.preview_links.filter(revoked_at__isnull=True)
        if number.isdecimal() and links.filter(pk=number).update(revoked_at=timezone.now()):
            self.log_change(request, article, str(_("Preview link revoked")))
            messages.success(request, _("The link opens nothing any more."))

    def _seen_article(self, request, pk, language):
        article: Article = get_object_or_404(
            Article.objects.select_related("section", "main_picture"), pk=pk
        )
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if language not in LANGUAGES:
            raise Http404
        return article

    def _page_around(self, request, article, name, title, context):
        return TemplateResponse(
            request,
            f"admin/news/article/{name}.html",
            {
                **self.admin_site.each_context(request),
                "title": title,
                "subtitle": str(article),
                "opts": self.opts,
                "article": article,
                "change_page": self._place_of("change", article),
                **context,
            },
        )

    def _place_of(self, name, article, *more):
        return reverse(f"admin:news_article_{name}", args=[article.pk, *more])


def _moment(request):
    """The moment asked for, in the district's time; None where none or nonsense is given."""
    try:
        return timezone.make_aware(
            datetime.strptime(request.GET.get("at", ""), MOMENT),
            timezone.get_default_timezone(),
        )
    except (ValueError, OverflowError):
        return None

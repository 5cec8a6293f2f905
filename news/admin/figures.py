"""Pages of figures: the whole news, and one article."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import figures
from news.models import Article, MissedSearch

MOST_MISSED = 20


@require_safe
def of_all(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    _require(request)
    missed = request.user.has_perm("news.view_missedsearch")
    context = {
        **site.each_context(request),
        "title": _("The news in figures"),
        "charts": [figures.publications(), figures.translation_times(), figures.reads()],
        "most_read": figures.most_read(),
        "may_see_missed": missed,
        "missed": MissedSearch.objects.all()[:MOST_MISSED] if missed else [],
        "days": figures.DAYS,
    }
    return TemplateResponse(request, "admin/news/figures.html", context)


@require_safe
def of_article(request: HttpRequest, number: int, *, site: AdminSite) -> HttpResponse:
    _require(request)
    article = get_object_or_404(Article.objects.for_listing(), pk=number)
    context = {
        **site.each_context(request),
        "title": _("Reads"),
        "subtitle": str(article),
        "article": article,
        "charts": [figures.reads(article)],
    }
    return TemplateResponse(request, "admin/news/figures.html", context)


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm("news.view_articlereads"):
        raise PermissionDenied

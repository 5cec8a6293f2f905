"""``/n/{id}``: an address to be printed, dictated, or read by a telephone's camera."""

from functools import lru_cache

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from news.models import Article

SOME_DAY = (2015, 1, 1)


@require_safe
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """To the article in the visitor's language; where there is none, as its own address says."""
    try:
        article = get_object_or_404(Article.objects.once_published(), pk=int(number))
    except (OperationalError, InterfaceError):
        return _without_the_database(request, int(number))
    with override(get_language_from_request(request)):
        response: HttpResponse
        if article.is_gone and article.redirect_to_id is None:
            context = {"article": article, "back_url": reverse("news:list")}
            response = render(request, "news/article_removed.html", context, status=410)
        elif article.languages:
            response = HttpResponsePermanentRedirect(article.get_absolute_url())
        else:
            raise Http404
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _without_the_database(request: HttpRequest, number: int) -> HttpResponse:
    """The id decides which article an address means: a kept copy of it may answer under any day."""
    with override(get_language_from_request(request)):
        response = redirect("news:article", *SOME_DAY, str(number))
    response.headers["Cache-Control"] = "no-store"
    return response


def address(article: Article) -> str:
    return f"{settings.SITE_URL}{reverse('short_link', args=[article.pk])}"


@lru_cache(maxsize=1000)
def qr_code(address: str) -> SafeString:
    """An SVG without styles, which our Content-Security-Policy would ignore."""
    import segno  # not before it is needed: it takes 40 ms and 8 MB

    code = segno.make(address, micro=False)
    return mark_safe(  # noqa: S308  (drawn by us)
        code.svg_inline(omitsize=True, border=2, svgclass="qr-code", lineclass=None)
    )

"""Pages no app owns: home, health, uploaded files."""

import logging

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django.views.static import serve

from news import front_page, list_counts
from news.views import canonical, elsewhere
from portal import health
from portal.error_pages import moved

logger = logging.getLogger(__name__)


class Home(TemplateView):
    """What leads, what is new, and the newest of each section."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        front = front_page.of(str(get_language()))
        return super().get_context_data(
            **kwargs,
            lead_article=front.featured[0] if front.featured else None,
            featured=front.featured[1:],
            latest=front.latest,
            by_section=front.by_section,
            elsewhere=[] if front.featured else elsewhere(list_counts.per_language(), self.request),
            canonical=canonical(self.request),
            robots="noindex" if "calendar" in self.request.GET else "",
        )


@require_safe
def to_language(request: HttpRequest) -> HttpResponse:
    """The front page in the visitor's language: cookie, then Accept-Language, then Kazakh.

    With a query it may be an address of an earlier portal: ``/?p=17``.
    """
    if request.GET and (elsewhere_now := moved(request)):
        return elsewhere_now
    with override(get_language_from_request(request)):
        response = redirect("home")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def from_kz(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Kazakh's code is kk, but people type the country's: /kz/… moves to /kk/…"""
    query = request.META.get("QUERY_STRING", "")
    path = request.get_full_path().split("?", 1)[0].replace("/kz/", "/kk/", 1)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Uploaded pictures, for installations without a web server or object storage before us."""
    if "\x00" in path:
        raise Http404
    try:
        if isinstance(default_storage, FileSystemStorage):
            response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
        else:
            response = FileResponse(default_storage.open(path), filename=path.rpartition("/")[2])
    except (SuspiciousOperation, FileNotFoundError):
        raise Http404 from None
    except OSError:  # object storage that does not answer
        logger.exception("The file %s cannot be read", path)
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    # Names are random and never reused.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Pictures of feeds and shared links are shown elsewhere too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, cache and storage can be reached; 503 names what cannot."""
    failures = health.not_ready()
    text = f"not ready: {', '.join(failures)}\n" if failures else "ready\n"
    return HttpResponse(text, content_type="text/plain", status=503 if failures else 200)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "User-agent: *\nDisallow: /*?calendar=\nDisallow: /*&calendar=\nDisallow: /*?from=\n"
        f"\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n",
        content_type="text/plain",
    )


@require_safe
def favicon(request: HttpRequest) -> FileResponse:
    """Browsers ask here whatever the page says."""
    return FileResponse(
        (settings.BASE_DIR / "static" / "img" / "favicon.ico").open("rb"),
        content_type="image/x-icon",
        headers={"Cache-Control": "public, max-age=86400"},
    )

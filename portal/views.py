"""Pages no app owns: home, health, errors, uploaded files."""

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django.views.static import serve

from news import front_page, list_counts
from news.views import canonical, elsewhere


class Home(TemplateView):
    """What leads, what is new, and the newest of each section."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        front = front_page.compose(get_language())
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
    """The front page in the visitor's language: cookie, then Accept-Language, then Kazakh."""
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
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except SuspiciousFileOperation:
        raise Http404 from None
    # Names are random and never reused.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database and cache can be reached; 503 names what cannot."""
    failures = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failures.append("database")
    try:
        cache.set("readyz", "ok", 10)
        if cache.get("readyz") != "ok":
            failures.append("cache")
    except Exception:  # each cache back end has errors of its own
        failures.append("cache")
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


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", {"robots": "noindex"}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"robots": "noindex"}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's own page for this is in English, whatever the reader's language."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"robots": "noindex"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors: the database may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)

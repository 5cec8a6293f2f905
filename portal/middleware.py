from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers


class ComfortMiddleware:
    """Tells caches that pages differ by the reader's comfort settings."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class CompressPagesMiddleware(GZipMiddleware):
    """Compresses what is text: pictures are compressed already, static files by WhiteNoise."""

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/") or "xml" in kind or "json" in kind:
            return super().process_response(request, response)
        return response

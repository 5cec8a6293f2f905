from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# None of these is used by any page. The ones a stranger could gain by; each feature more is sent
# with every answer and looked at by the server for each.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
)


class EveryAnswerMiddleware:
    """Headers for whatever goes out: pages, files, redirects, refusals, errors, 304."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Permissions-Policy": PERMISSIONS_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            response.headers.setdefault(name, value)
        return response


class PolicyMiddleware(CSPMiddleware):
    """The policy of the settings is worded once; only views with one of their own have it made."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.usual = build_policy()

    def process_request(self, request):
        """No page of ours uses a nonce."""

    def process_response(self, request, response):
        if settings.DEBUG or not _OWN_POLICY.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response


_OWN_POLICY = {
    f"_csp_{part}{kind}"
    for part in ("config", "update", "replace", "exempt")
    for kind in ("", "_ro")
}


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

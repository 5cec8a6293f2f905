from django.utils.cache import patch_vary_headers

from portal import comfort


class ComfortMiddleware:
    """The reader's comfort settings on every request; caches are told that pages differ by them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.comfort = comfort.of(request)
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

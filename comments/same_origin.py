"""Whether a POST comes from a page of ours, known without a cookie.

Pages from the cache carry no CSRF token; browsers themselves say where a form stood.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    # Browsers from before 2020-2023 send one of these with a POST.
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        host = urlsplit(source).netloc
    except ValueError:
        return False
    return host.lower() == request.get_host().lower()

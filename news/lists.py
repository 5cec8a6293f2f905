"""«Back to the list»: which list of news a reader came from.

A cache of whole pages must keep an article's page once per ``came_from(request)``, not per
address: the Referer decides what the page links back to. All other pages do not depend on it.
"""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from news import addresses

LISTS = {"home", "search", "news:list", "news:section", "news:year", "news:month", "news:day"}
PARAMETER = "from"


def came_from(request: HttpRequest) -> str:
    """The list's path and query; empty where the reader did not come from a list of ours.

    Known from the browser's Referer at first, and from our own parameter when the reader turns
    the calendar, zooms, comments or switches the language without leaving the article.
    """
    candidate = request.GET.get(PARAMETER, "")
    if not candidate:
        referrer = urlsplit(request.headers.get("Referer", ""))
        if referrer.netloc != request.get_host():
            return ""
        candidate = f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return candidate if _is_list(candidate) else ""


def back_address(request: HttpRequest) -> str:
    """Where «back to the list of news» leads: the reader's own list, or all news."""
    return came_from(request) or addresses.root()


def keeping(came_from: str, address: str) -> str:
    """``address`` with the reader's list, unless it names one already."""
    if not came_from:
        return address
    path, mark, fragment = address.partition("#")
    query = QueryDict(urlsplit(path).query)
    if PARAMETER in query:
        return address
    joint = "&" if query else "?"
    return f"{path}{joint}{urlencode({PARAMETER: came_from})}{mark}{fragment}"


def _is_list(address: str) -> bool:
    if not address.startswith("/") or address.startswith("//"):
        return False
    try:
        return resolve(urlsplit(address).path).view_name in LISTS
    except (Resolver404, ValueError):
        return False


def query_in(came_from: str, language: str, other: str) -> str:
    """``?from=…`` for this article's page in another language, with that language's list."""
    if not came_from:
        return ""
    address = came_from.replace(f"/{language}/", f"/{other}/", 1)
    return f"?{urlencode({PARAMETER: address})}"

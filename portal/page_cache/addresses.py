"""Which requests a kept page may answer, and everything that such a page depends on."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.utils.translation import override

from news import lists
from portal import alerts, comfort

# An address is listed here by decision: what is not is never kept.
PUBLIC = re.compile(
    r"/(kk|ru|en)/(?:"
    r"|search/|languages/|pages/[a-z-]+/"
    r"|(?P<account>moderation/(?:[0-9]{4}/[0-9]{1,2}/|moderation\.csv)?)"
    r"|news/(?!files/|share/)(?:[a-z0-9-]+/)?(?:feed/)?"
    r"|news/[0-9]{4}/[0-9]{2}/(?:[0-9]{2}/)?"
    r"|news/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?P<article>[0-9]{1,18})(?:-[-a-zA-Z0-9_]*)?/"
    r"(?P<of_article>(?:(?:pictures|changes)/[0-9]{1,3}/)?)"
    r")|/sitemap[-a-z0-9]*\.xml",
    re.ASCII,
)
MOST_QUERY = 2000  # characters
LONGEST = 300.0  # for what changes in ways that nobody tells
# Any decision about a comment changes the account of moderation and nothing else: no token for it.
ACCOUNT_LONGEST = 0.7

# What the views read, each with the values that mean something. Others are as good as absent, and
# pages are made without them, so that no reader's campaign link gets into another's page.
PARAMETERS = {
    "page": re.compile(r"[0-9]{1,7}"),
    "calendar": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "comments": re.compile(r"[0-9]{1,5}"),
    "comments_in": re.compile(r"kk|ru|en"),
    "from": re.compile(r"/.*", re.DOTALL),
    "q": re.compile(r".+", re.DOTALL),
    "order": re.compile(r"newest"),
    "section": re.compile(r"[-a-z0-9]{1,40}"),
    "language": re.compile(r"[a-z]{2}"),
    "year": re.compile(r"[0-9]{4}"),
}
OF_LISTS = ("page", "calendar")
OF_ARTICLES = ("calendar", "comments", "comments_in", "from")
OF_SEARCH = ("page", "calendar", "q", "order", "section", "language", "year")
# Whoever makes up values of these gets ever new pages.
UNBOUNDED = {"calendar", "comments", "q", "section", "language", "year", "order"}


@dataclass(frozen=True)
class Address:
    """One page as one kind of reader gets it."""

    key: str
    plain_key: str  # the same page for a reader who chose nothing and comes from nowhere
    language: str
    article_id: int | None
    by_id: str  # the same for whatever date and slug an article's page is asked for under; or ""
    comfort: comfort.Comfort
    longest: float  # seconds for which it may be shown, if nobody tells of a change
    is_odd: bool  # one of very many: kept for a short time, in little room
    made_from: dict[str, str]  # all that the page may know of the request


def of(environ: dict[str, Any], closable_alerts: frozenset[int]) -> Address | None:
    """None where no kept page answers."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    match = PUBLIC.fullmatch(path)
    if not match or environ.get("SCRIPT_NAME") or len(query) > MOST_QUERY or not query.isascii():
        return None
    request = WSGIRequest(environ)
    try:
        host = request.get_host()
        values = dict(parse_qsl(query, max_num_fields=50))
        language = match[1] or settings.LANGUAGE_CODE
        with override(language):
            came_from = lists.came_from(request) if match["article"] else ""
    except (BadRequest, SuspiciousOperation, ValueError):
        return None  # Django has words for it
    if match["article"]:
        wanted: tuple[str, ...] = OF_ARTICLES
    else:
        wanted = OF_SEARCH if path.endswith("/search/") else OF_LISTS
    known = {
        name: values[name]
        for name in wanted
        if name in values and PARAMETERS[name].fullmatch(values[name])
    }
    if not came_from:
        known.pop("from", None)
    view = comfort.of(request)
    closed = sorted(alerts.closed(request) & closable_alerts)
    place = f"{request.scheme}://{host}{path}?"
    plain = {name: value for name, value in known.items() if name not in ("from", "calendar")}
    front_pages = (f"/{language}/", f"/{language}/news/")
    by_id = f"{request.scheme}://{host}/{language}/{match['article']}/{match['of_article']}"
    return Address(
        key="\n".join((place + urlencode(known), view.key, came_from, ".".join(map(str, closed)))),
        plain_key="\n".join((place + urlencode(plain), comfort.Comfort().key, "", "")),
        language=language,
        article_id=int(match["article"]) if match["article"] else None,
        by_id=by_id if match["article"] else "",
        comfort=view,
        longest=ACCOUNT_LONGEST if match["account"] else LONGEST,
        is_odd=bool(view.changes or UNBOUNDED & known.keys())
        or came_from not in ("", *front_pages),
        made_from=_environment(request, urlencode(known), host, came_from, view, closed),
    )


def _environment(
    request: WSGIRequest,
    query: str,
    host: str,
    came_from: str,
    view: comfort.Comfort,
    closed: list[int],
) -> dict[str, str]:
    cookies = []
    if view.changes:
        cookies.append(f"{settings.COMFORT_COOKIE_NAME}={view.key}")
    if closed:
        cookies.append(f"{settings.ALERTS_COOKIE_NAME}={'.'.join(map(str, closed))}")
    known = {"QUERY_STRING": query, "HTTP_COOKIE": "; ".join(cookies)}
    if came_from:
        known["HTTP_REFERER"] = f"{request.scheme}://{host}{came_from}"
    return {name: value for name, value in known.items() if value or name == "QUERY_STRING"}


def has_session(cookies: str) -> bool:
    return f"{settings.SESSION_COOKIE_NAME}=" in cookies


def encoding_of(accepted: str) -> str:
    """The best of "br", "gzip" and "" (as it is) that a browser takes."""
    offered = set()
    for part in accepted.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        if quality.replace(" ", "").rstrip("0.") != "q=":
            offered.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in offered), "")

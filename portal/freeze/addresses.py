"""Which file holds which address, and how a link to it is written.

A web server without the portal knows paths only: `?page=2` becomes `page-2.html`, and what is no
page gets the ending of its kind.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import override

from news.languages import LANGUAGES
from news.models import Attachment
from news.slugs import slug

# Parameters that make another page; what else there is only arranges one, or draws its version.
PAGES = {"page": "page-{}.html", "comments": "comments-{}.html"}
FEED, DOCUMENT = re.compile(r"/feed/$"), re.compile(r"/news/files/([0-9]{1,18})/$")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def within(link: str, base: str) -> SplitResult | None:
    """A link of the page ``base`` as an address of the portal; None where it leads outside."""
    parts = urlsplit(urljoin(f"{settings.SITE_URL}{base}", link))
    if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        media = urlsplit(settings.MEDIA_URL)
        if not media.netloc or not urlunsplit(parts).startswith(settings.MEDIA_URL):
            return None
        parts = parts._replace(path="/media/" + parts.path.removeprefix(media.path))
    return _of_the_calendar(parts)


def _of_the_calendar(parts: SplitResult) -> SplitResult:
    """The calendar of another month is that month's archive."""
    language = parts.path.split("/")[1]
    month = dict(parse_qsl(parts.query)).get("calendar", "")
    if language in LANGUAGES and MONTH.fullmatch(month):
        return parts._replace(path=f"/{language}/news/{month.replace('-', '/')}/", query="")
    return parts


def address_of(parts: SplitResult) -> str:
    """Path and what matters of the query: what has to be asked of the portal."""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in PAGES]
    kept = [(name, value) for name, value in kept if value.isdecimal() and value not in ("0", "1")]
    query = "&".join(f"{name}={value}" for name, value in kept[:1])
    return f"{parts.path}?{query}" if query else parts.path


def file_of(address: str) -> str:
    """The file, from the folder of the frozen portal, that answers for an address."""
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    if parts.query:
        name, value = parse_qsl(parts.query)[0]
        return f"{path}{PAGES[name].format(value)}"
    if FEED.search(parts.path):
        return f"{path}index.xml"
    if document := DOCUMENT.search(parts.path):
        return path + _document_name(int(document[1]), path.split("/")[0])
    if not path or path.endswith("/"):
        return f"{path}index.html"
    if re.match(r"n/[0-9]+$", path):
        return f"{path}/index.html"
    return path


def _document_name(number: int, language: str) -> str:
    """A name whose ending tells a web server the type, and a reader what was saved."""
    document = Attachment.objects.filter(pk=number).first()
    if document is None:
        return "index.html"
    with override(language):
        title, _language = document.title_said
    return f"{slug(title, language) or 'document'}.{document.kind}"


def link_to(file: str, fragment: str = "") -> str:
    """From the root; folders by their name, as the portal's own addresses are."""
    path = file.removesuffix("index.html") if file.endswith("index.html") else file
    return f"/{quote(path)}{'#' + fragment if fragment else ''}"

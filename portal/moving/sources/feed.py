"""RSS 2.0 and Atom."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

from portal.moving import letters
from portal.moving.records import ArticleRecord, RecordError, moment
from portal.moving.sources import html_text
from portal.moving.sources.options import Found, Options
from portal.moving.sources.xml_items import elements

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"


def read(path: Path, options: Options) -> Iterator[Found]:
    for element in elements(path, {"item", f"{ATOM}entry"}):
        if isinstance(element, Found):
            yield element
            continue
        try:
            record = _atom(element) if element.tag.startswith(ATOM) else _rss(element)
            yield Found(record.key, _finished(record, options))
        except (RecordError, ValueError, TypeError) as error:
            yield Found(element.findtext("link") or "item", problem=str(error))


def text_of(element: ET.Element, *names: str) -> str:
    return next((found for name in names if (found := (element.findtext(name) or "").strip())), "")


def _rss(item: ET.Element) -> ArticleRecord:
    link = text_of(item, "link")
    published = text_of(item, "pubDate")
    body = text_of(item, CONTENT, "description")
    return ArticleRecord(
        key=text_of(item, "guid") or link,
        headline={"": text_of(item, "title")},
        lead={"": html_text.words(text_of(item, "description")) if item.find(CONTENT) is not None
              else ""},
        body={"": body},
        byline={"": text_of(item, AUTHOR, "author")},
        published_at=parsedate_to_datetime(published) if published else None,
        old_addresses=[link] if link else [],
    )  # fmt: skip


def _atom(entry: ET.Element) -> ArticleRecord:
    links = {
        link.get("rel", "alternate"): link.get("href", "") for link in entry.iter(f"{ATOM}link")
    }
    content = entry.find(f"{ATOM}content")
    body = ""
    if content is not None:
        body = content.text or "".join(
            re.sub(r' xmlns(:\w+)?="[^"]*"|(?<=</?)\w+:', "", ET.tostring(part, "unicode"))
            for part in content
        )
    return ArticleRecord(
        key=text_of(entry, f"{ATOM}id") or links.get("alternate", ""),
        headline={"": text_of(entry, f"{ATOM}title")},
        lead={"": html_text.words(text_of(entry, f"{ATOM}summary"))},
        body={"": body or text_of(entry, f"{ATOM}summary")},
        byline={"": text_of(entry, f"{ATOM}author/{ATOM}name")},
        published_at=moment(text_of(entry, f"{ATOM}published", f"{ATOM}updated")),
        old_addresses=[links["alternate"]] if links.get("alternate") else [],
    )


def _finished(record: ArticleRecord, options: Options) -> ArticleRecord:
    """Texts under their language, pictures taken out of the body."""
    if not record.key:
        raise RecordError("It has neither an address nor a number.")
    headline, body = record.headline[""], record.body[""]
    language = options.language or letters.language_of(letters.mended(headline + body))
    base = record.old_addresses[0] if record.old_addresses else ""
    body, record.pictures = html_text.pictures_of(html_text.with_paragraphs(body), base, language)
    record.body = {language: body}
    for name in ("headline", "lead", "byline"):
        text = getattr(record, name)[""]
        setattr(record, name, {language: text} if text else {})
    record.section = record.section or options.section
    return record

"""Saved HTML pages, read by a small file of CSS selectors (JSON):

    {"headline": "h1.title", "body": "div.text", "date": ".date", "byline": ".author",
     "picture": "img.main", "section": ".crumbs a:last-child", "address": "link[rel=canonical]"}

Only ``headline`` and ``body`` are needed. A date is found inside whatever the selector names.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from portal.moving import letters
from portal.moving.records import ArticleRecord, PictureRecord, RecordError, moment
from portal.moving.sources import decoding, html_text
from portal.moving.sources.options import Found, Options

KNOWN = {"headline", "lead", "body", "date", "byline", "picture", "section", "address"}
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}(?:[ ,]+\d{1,2}:\d\d(?::\d\d)?)?"
)


def read(path: Path, options: Options) -> Iterator[Found]:
    selectors = _selectors(options)
    for file in sorted(path.rglob("*.htm*")) if path.is_dir() else [path]:
        place = str(file.relative_to(path)) if path.is_dir() else file.name
        try:
            yield Found(place, _record(file, place, selectors, options))
        except (RecordError, SelectorSyntaxError, OSError) as error:
            yield Found(place, problem=str(error).partition("\n")[0])


def _selectors(options: Options) -> dict[str, str]:
    if options.selectors is None:
        raise RecordError("Saved pages need a file of selectors: --selectors.")
    try:
        found = json.loads(options.selectors.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"The file of selectors cannot be read: {error}.") from None
    if not isinstance(found, dict) or not {"headline", "body"} <= found.keys() <= KNOWN:
        names = ", ".join(sorted(KNOWN))
        raise RecordError(f"Selectors are known for: {names}; headline and body are needed.")
    return found


def _record(file: Path, place: str, selectors: dict[str, str], options: Options) -> ArticleRecord:
    page = BeautifulSoup(decoding.text_of(file), "html.parser")

    def part(name: str) -> Tag | None:
        return page.select_one(selectors[name]) if name in selectors else None

    def said(name: str) -> str:
        element = part(name)
        return " ".join(element.get_text(" ").split()) if element else ""

    body = part("body")
    headline = said("headline")
    if body is None or not headline:
        raise RecordError("Nothing on the page answers the selectors of headline and body.")
    for foreign in body.select("script, style, form, iframe"):
        foreign.decompose()
    address = part("address")
    old = str(address.get("href") or address.get("content") or "") if address else ""
    html = body.decode_contents()
    language = options.language or letters.language_of(letters.mended(headline + html))
    html, pictures = html_text.pictures_of(html, old, language)
    record = ArticleRecord(
        key=old or place,
        headline={language: headline},
        lead={language: lead} if (lead := said("lead")) else {},
        body={language: html},
        byline={language: byline} if (byline := said("byline")) else {},
        published_at=_moment(part("date")),
        section=said("section") or options.section,
        pictures=pictures,
        old_addresses=[old] if old else [],
    )
    picture = part("picture")
    if picture and (source := picture.get("src")):
        record.main_picture = str(source)
        alt = str(picture.get("alt") or "")
        pictures.append(PictureRecord(str(source), str(source), {language: alt} if alt else {}))
    for found in pictures:
        if "://" not in found.file:
            found.file = str((file.parent / found.file).resolve())
    return record


def _moment(element: Tag | None) -> datetime | None:
    if element is None:
        return None
    text = str(element.get("datetime") or element.get("content") or element.get_text(" "))
    if found := _DATE.search(text):
        return moment(re.sub(r"[ ,]+", " ", found[0]))
    raise RecordError(f"There is no date in {text[:40].strip()!r}.")

"""A WordPress export (WXR 1.x): posts, their sections, featured pictures and old addresses."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from portal.moving import letters
from portal.moving.records import ArticleRecord, PictureRecord, RecordError, moment
from portal.moving.sources import html_text
from portal.moving.sources.feed import AUTHOR, CONTENT, text_of
from portal.moving.sources.options import Found, Options
from portal.moving.sources.xml_items import elements

EXCERPT = "{http://wordpress.org/export/1.2/excerpt/}encoded"
STATUSES = {"publish": "published", "future": "published", "draft": "draft", "pending": "draft",
            "private": "draft"}  # fmt: skip
EMPTY = "0000-00-00 00:00:00"


def read(path: Path, options: Options) -> Iterator[Found]:
    # Featured pictures are named by number and may stand after the posts that name them.
    files: dict[str, tuple[str, str]] = {}
    for item in elements(path, {"item"}):
        if isinstance(item, ET.Element) and _wp(item, "post_type") == "attachment":
            alt = _meta(item, "_wp_attachment_image_alt")
            files[_wp(item, "post_id")] = _wp(item, "attachment_url"), alt
    for item in elements(path, {"item"}):
        if isinstance(item, Found):
            yield item
        elif _wp(item, "post_type") == "post":
            place = f"post {_wp(item, 'post_id')}"
            try:
                yield Found(place, _record(item, files, options))
            except (RecordError, ValueError) as error:
                yield Found(place, problem=str(error))


def _record(item: ET.Element, files: dict[str, tuple[str, str]], options: Options) -> ArticleRecord:
    status = _wp(item, "status")
    if status not in STATUSES:
        raise RecordError(f"A post that is {status!r} is not news.")
    headline, html = text_of(item, "title"), text_of(item, CONTENT)
    language = options.language or letters.language_of(letters.mended(headline + html))
    link, guid = text_of(item, "link"), text_of(item, "guid")
    body, pictures = html_text.pictures_of(html_text.with_paragraphs(html), link, language)
    record = ArticleRecord(
        key=guid or link,
        headline={language: headline} if headline else {},
        body={language: body} if body.strip() else {},
        lead={language: words} if (words := html_text.words(text_of(item, EXCERPT))) else {},
        byline={language: author} if (author := text_of(item, AUTHOR)) else {},
        published_at=_published(item),
        section=_section(item) or options.section,
        status=STATUSES[status],
        pictures=pictures,
        old_addresses=[address for address in dict.fromkeys([link, guid]) if "://" in address],
    )
    if featured := files.get(_meta(item, "_thumbnail_id")):
        address, alt = featured
        record.main_picture = address
        pictures.append(PictureRecord(address, address, {language: alt} if alt else {}))
    if not record.key:
        raise RecordError("It has neither an address nor a number.")
    return record


def _published(item: ET.Element) -> datetime | None:
    if (universal := _wp(item, "post_date_gmt")) and universal != EMPTY:
        return moment(universal.replace(" ", "T") + "+00:00").astimezone(UTC)
    local = _wp(item, "post_date")
    return moment(local) if local and local != EMPTY else None


def _section(item: ET.Element) -> str:
    for category in item.iter("category"):
        if category.get("domain") == "category":
            return category.get("nicename", "")
    return ""


def _wp(item: ET.Element, name: str) -> str:
    """By its local name: the version is part of the namespace."""
    for element in item:
        if element.tag.startswith("{http://wordpress.org/export/") and element.tag.endswith(
            f"}}{name}"
        ):
            return (element.text or "").strip()
    return ""


def _meta(item: ET.Element, key: str) -> str:
    for element in item:
        if element.tag.endswith("}postmeta"):
            values = [(part.text or "").strip() for part in element]
            if values[:1] == [key] and len(values) > 1:
                return values[1]
    return ""

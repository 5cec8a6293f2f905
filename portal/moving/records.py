"""The shape in which news moves: one JSON object a line, its kind in ``kind``.

    {"kind": "section", "slug": "district", "title": {"kk": "…", "ru": "…"}, "position": 1}
    {"kind": "picture", "key": "pictures/ab12.jpg", "file": "media/ab12.jpg", "alt": {"ru": "…"}}
    {"kind": "article", "key": "https://old.example/?p=17", "section": "district",
     "published_at": "2018-10-30T09:30:00+06:00", "headline": {"kk": "…"}, "body": {"kk": "<p>…"}}

``key`` is what tells a record from all others of its source for ever: an old address, a number.
Files are named relative to the folder of the records, or by an address of the web.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

LANGUAGES = ("kk", "ru", "en")
Texts = dict[str, str]  # by language


class RecordError(ValueError):
    """A record that cannot be taken; says why in one sentence, for whoever runs the import."""


@dataclass
class PictureRecord:
    """A picture file and its words; ``key`` names it within its source."""

    key: str
    file: str
    alt: Texts = field(default_factory=dict)
    caption: Texts = field(default_factory=dict)
    credit: Texts = field(default_factory=dict)
    is_decorative: bool = False
    focus: tuple[int, int] = (50, 50)


@dataclass
class AttachmentRecord:
    file: str
    title: Texts = field(default_factory=dict)
    issued_on: str = ""
    signatory: Texts = field(default_factory=dict)


@dataclass
class CorrectionRecord:
    """What readers were told of a change; the text before it stays where it was."""

    note: Texts
    made_at: datetime


@dataclass
class ArticleRecord:
    key: str
    headline: Texts
    body: Texts
    published_at: datetime | None
    section: str = ""
    number: int | None = None  # of the exporting portal, kept where it is free
    updated_at: datetime | None = None
    lead: Texts = field(default_factory=dict)
    byline: Texts = field(default_factory=dict)
    main_picture: str = ""  # key of a picture
    gallery: list[str] = field(default_factory=list)
    attachments: list[AttachmentRecord] = field(default_factory=list)
    pictures: list[PictureRecord] = field(default_factory=list)  # that come with the article
    old_addresses: list[str] = field(default_factory=list)
    video_url: str = ""
    status: str = "published"  # or draft, withdrawn
    withdrawn_at: datetime | None = None
    withdrawal_reason: Texts = field(default_factory=dict)
    withdraws_at: datetime | None = None  # when it is to leave the lists by itself
    source_language: str = ""  # in which it was written; empty: the first that it has
    comments_state: str = ""  # open, read_only, closed
    comments_message: Texts = field(default_factory=dict)
    pinned_until: datetime | None = None
    corrections: list[CorrectionRecord] = field(default_factory=list)


@dataclass
class RelatedRecord:
    """Which articles one leads on to; comes after all of them."""

    article: str
    related: list[str]


@dataclass
class SectionRecord:
    slug: str
    title: Texts
    position: int = 0


@dataclass
class PageRecord:
    """A text that stays; taken where the portal still has the one it came with."""

    slug: str
    title: Texts
    body: Texts
    updated_at: datetime | None = None


@dataclass
class CommentRecord:
    key: str
    article: str
    author_name: str
    text: str
    language: str
    created_at: datetime
    parent: str = ""
    department: Texts = field(default_factory=dict)
    written_by: str = "citizen"  # or staff, official


Record = ArticleRecord | SectionRecord | PictureRecord | CommentRecord | RelatedRecord | PageRecord
PARTS = {
    "attachments": AttachmentRecord,
    "corrections": CorrectionRecord,
    "pictures": PictureRecord,
}
KINDS: dict[str, Any] = {
    "article": ArticleRecord,
    "section": SectionRecord,
    "picture": PictureRecord,
    "comment": CommentRecord,
    "related": RelatedRecord,
    "page": PageRecord,
}
MOMENTS = ("published_at", "updated_at", "created_at", "withdrawn_at", "withdraws_at", "made_at",
           "pinned_until")  # fmt: skip
TEXTS = ("headline", "lead", "body", "byline", "title", "alt", "caption", "credit", "signatory",
         "withdrawal_reason", "department", "comments_message", "note")  # fmt: skip

HIGHEST = 2**31


def parse(data: Any) -> Record:
    """A record from JSON's own types; RecordError names what is wrong with it."""
    if not isinstance(data, dict):
        raise RecordError("This is no record: an object is expected.")
    kind = data.get("kind", "article")
    if not isinstance(kind, str) or kind not in KINDS:
        raise RecordError(f"Unknown kind of record: {kind!r}.")
    known = {known.name for known in fields(KINDS[kind])}
    values = {
        name: value
        for name, value in data.items()
        if name != "kind" and (value is not None or name in MOMENTS)
    }
    if unknown := sorted(values.keys() - known):
        raise RecordError(f"Unknown fields: {', '.join(unknown)}.")
    for name in TEXTS:
        if name in values:
            values[name] = _texts(name, values[name])
    for name in MOMENTS:
        if values.get(name) is not None:
            values[name] = moment(values[name])
    _check_types(values)
    for name, shape in PARTS.items():
        if name in values:
            values[name] = [_part(shape, part) for part in values[name]]
    if missing := [
        needed.name
        for needed in fields(KINDS[kind])
        if needed.default is MISSING
        and needed.default_factory is MISSING
        and needed.name not in values
    ]:
        raise RecordError(f"Missing fields: {', '.join(missing)}.")
    return KINDS[kind](**values)


def _check_types(values: dict[str, Any]) -> None:
    """What is left to check: words, numbers and lists; ``focus`` becomes a pair."""
    for name in values.keys() - {*TEXTS, *MOMENTS}:
        check = CHECKS.get(name, _words)
        values[name] = check(name, values[name])


def _words(name: str, value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise RecordError(f"{name} must be words.")
    return value


def _list_of_words(name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise RecordError(f"{name} must be a list of words.")
    return [_words(name, part) for part in value]


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RecordError(f"{name} must be a list.")
    return value


def _number(name: str, value: Any) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if type(number) is not int or not 0 <= number < HIGHEST:
        raise RecordError(f"{name} must be a number.")
    return number


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RecordError(f"{name} must be true or false.")
    return value


def _pair(name: str, value: Any) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise RecordError(f"{name} must be two numbers.")
    return _number(name, value[0]), _number(name, value[1])


CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "attachments": _list,
    "corrections": _list,
    "focus": _pair,
    "gallery": _list_of_words,
    "is_decorative": _yes_or_no,
    "number": _number,
    "old_addresses": _list_of_words,
    "pictures": _list,
    "position": _number,
    "related": _list_of_words,
}


def columns(name: str, texts: Texts) -> dict[str, Any]:
    """``headline_kk``, ``headline_ru``, ``headline_en``."""
    return {f"{name}_{language}": texts.get(language, "") for language in LANGUAGES}


def moment(value: Any) -> datetime:
    """ISO 8601, or «30.10.2018 09:30»; without a zone it is the district's own time."""
    text = str(value).strip()
    try:
        found = parse_datetime(text) or _from_date(text)
    except ValueError:
        found = None
    if found is None:
        for pattern in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"):
            try:
                found = datetime.strptime(text, pattern)
                break
            except ValueError:
                continue
    if found is None:
        raise RecordError(f"This is no moment: {text[:40]!r}.")
    if not 1990 <= found.year <= 2100:
        raise RecordError(f"Nobody published news in the year {found.year}.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _from_date(text: str) -> datetime | None:
    day = parse_date(text)
    return datetime(day.year, day.month, day.day) if day else None


def _texts(name: str, value: Any) -> Texts:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise RecordError(f"{name} must map languages to texts.")
    if unknown := sorted(value.keys() - set(LANGUAGES)):
        raise RecordError(f"{name} is given in unknown languages: {', '.join(unknown)}.")
    return {language: text for language, text in value.items() if text.strip()}


def _part(shape: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise RecordError("A picture or attachment must be an object.")
    values = {name: _texts(name, part) if name in TEXTS else part for name, part in value.items()}
    for name in MOMENTS:
        if name in values:
            values[name] = moment(values[name])
    _check_types(values)
    try:
        return shape(**values)
    except TypeError as error:
        raise RecordError(f"A picture or attachment is not complete: {error}.") from None

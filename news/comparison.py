"""Two snapshots of an article side by side: what differs, by field and by language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, cast

from django.db.models import Field, Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news import differences
from news.languages import LANGUAGES, name_of
from news.models import Article, Picture, Section
from news.revisions import ATTACHMENT_TEXTS, TEXTS, Content, columns


@dataclass(frozen=True)
class Change:
    """A field that differs."""

    name: str
    label: str
    html: SafeString
    language: str = ""

    @property
    def language_name(self) -> str:
        return name_of(self.language) if self.language else ""


@dataclass
class _Names:
    """What numbers within snapshots are called; one query for each kind."""

    of_pictures: dict[int, str] = field(default_factory=dict)
    of_sections: dict[int, str] = field(default_factory=dict)
    of_articles: dict[int, str] = field(default_factory=dict)


def compare(older: Content, newer: Content) -> list[Change]:
    """What ``newer`` has otherwise than ``older``, in the order of the change page."""
    names = _names(older, newer)
    changes = []
    for name in ("section", "main_picture", "video_url", "related"):
        changes += _choice(name, older, newer, names)
    for language in LANGUAGES:
        for text in TEXTS[:-1]:
            changes += _text(text, language, older, newer)
    for name in ("gallery", "attachments", "comments_state"):
        changes += _choice(name, older, newer, names)
    for language in LANGUAGES:
        changes += _text(TEXTS[-1], language, older, newer)
    return changes


def compare_texts(older: Content, newer: Content, language: str) -> list[Change]:
    """What readers of one language see changed in the words."""
    return [
        change
        for text in ("headline", "lead", "body", "byline")
        for change in _text(text, language, older, newer)
    ]


def tally(older: Content, newer: Content, language: str) -> differences.Tally:
    total = differences.Tally()
    for text in ("headline", "lead", "body", "byline"):
        name = f"{text}_{language}"
        total += differences.tally(older.get(name, ""), newer.get(name, ""))
    return total


def _text(text: str, language: str, older: Content, newer: Content) -> list[Change]:
    name = f"{text}_{language}"
    before, after = older.get(name, ""), newer.get(name, "")
    if before == after:
        return []
    if text == "body":
        html = differences.of_bodies(before, after)
    else:
        html = format_html("<p>{}</p>", differences.of_texts(before, after))
    return [Change(name, _label(text), html, language)]


def _choice(name: str, older: Content, newer: Content, names: _Names) -> list[Change]:
    before, after = (_said(name, content.get(name), names) for content in (older, newer))
    if before == after:
        return []
    return [Change(name, _label(name), _lists(before, after))]


def _said(name: str, value: Any, names: _Names) -> list[str]:
    """The value in words, a line for each thing."""
    if not value:
        return []
    called = {
        "section": names.of_sections,
        "main_picture": names.of_pictures,
        "related": names.of_articles,
        "gallery": names.of_pictures,
    }.get(name)
    if name == "attachments":
        return [_attachment_said(row) for row in value]
    if name == "gallery":
        value = [row["picture"] for row in value]
    if called is not None:
        numbers = value if isinstance(value, list) else [value]
        return [called.get(number, str(number)) for number in numbers]
    return [str(Article.Comments(value).label) if name == "comments_state" else str(value)]


def _attachment_said(row: dict[str, Any]) -> str:
    texts = [row[name] for name in columns(ATTACHMENT_TEXTS) if row.get(name)]
    return " · ".join([str(row["kind"]).upper(), *texts, row["issued_on"] or ""]).strip(" ·")


def _lists(before: list[str], after: list[str]) -> SafeString:
    lines: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            lines += [("", line) for line in after[k:m]]
        else:
            lines += [("del", line) for line in before[i:j]]
            lines += [("ins", line) for line in after[k:m]]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", _wrapped(lines)))


def _wrapped(lines: list[tuple[str, str]]) -> Iterable[tuple[SafeString | str]]:
    for tag, line in lines:
        yield (format_html(f"<{tag}>{{}}</{tag}>", line) if tag else line,)


def _label(name: str) -> str:
    if name in ("gallery", "attachments"):
        return {"gallery": _("Gallery"), "attachments": _("Attachments")}[name]
    return capfirst(str(cast(Field, Article._meta.get_field(name)).verbose_name))


def _names(*contents: Content) -> _Names:
    pictures, sections, articles = set(), set(), set()
    for content in contents:
        pictures |= {content["main_picture"], *(row["picture"] for row in content["gallery"])}
        sections.add(content["section"])
        articles |= set(content["related"])
    return _Names(
        _called(Picture, pictures - {None}),
        _called(Section, sections),
        _called(Article, articles),
    )


def _called(model: type[Model], numbers: set[int]) -> dict[int, str]:
    found = model._default_manager.in_bulk(numbers) if numbers else {}
    return {number: str(row) for number, row in found.items()}

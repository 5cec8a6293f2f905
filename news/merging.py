"""Two people saved the same article: what each of them changed since the state both began with.

Each form carries the number of the revision it was made from. Where a later one is there by now,
nothing is saved: what only one of the two changed is brought together by itself, what both changed
is shown side by side for a person to choose, and everything typed is still there.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news import differences, revisions
from news.languages import name_of
from news.models import Article, ArticleRevision, Picture, Section
from news.richtext import clean_html, clean_text
from news.translations import essence

TEXTS = revisions.columns(revisions.TEXTS)
FIELDS = [*TEXTS, "section", "main_picture", "video_url", "comments_state", "related"]
ROWS = {
    "gallery": ("picture", "position"),
    "attachments": (*revisions.columns(revisions.ATTACHMENT_TEXTS), "issued_on", "position"),
}
CHOICE = "choice-"


@dataclass(frozen=True)
class Difference:
    """One field that both changed."""

    name: str
    label: str
    language: str
    base: str
    mine: str
    theirs: str
    changed_by_me: SafeString
    changed_by_them: SafeString


@dataclass
class Merge:
    data: QueryDict
    others: list[ArticleRevision]  # saved since the form was opened, oldest first
    differences: list[Difference] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)  # labels of what only the others changed


def seen_by(data: Mapping[str, Any]) -> int:
    """The number of the revision a form was made from; a form made before there was one: the
    first."""
    number = str(data.get("revision", ""))
    return max(int(number), 1) if number.isdecimal() and len(number) < 10 else 1


def is_behind(article: Article, data: Mapping[str, Any]) -> bool:
    last = revisions.latest(article)
    return last is not None and last.number > seen_by(data)


def of(article: Article, posted: QueryDict) -> Merge | None:
    """What a form that came late is merged into; None where it did not."""
    since = article.revisions.select_related("created_by").order_by("number")
    since = since.filter(number__gte=seen_by(posted))
    found = list(since)
    if len(found) < 2 or found[0].number != seen_by(posted):
        return None
    base, *others = found
    merge = Merge(posted.copy(), others)
    theirs = others[-1].content
    merge.data["revision"] = str(others[-1].number)
    for name in FIELDS:
        _merge_field(merge, name, base.content, theirs)
    for prefix, names in ROWS.items():
        _merge_rows(merge, prefix, names, base.content[prefix], theirs[prefix])
    return merge


def with_choices(article: Article, posted: QueryDict) -> QueryDict:
    """What the officer chose, field by field, on the page that showed the differences."""
    choices = [key for key in posted if key.startswith(CHOICE) and posted[key] == "theirs"]
    last = revisions.latest(article) if choices else None
    if last is None:
        return posted
    data = posted.copy()
    for name in (key.removeprefix(CHOICE) for key in choices):
        if name in FIELDS:
            _put(data, name, last.content.get(name))
        else:
            _put_cell(data, name, last.content)
    return data


def _merge_field(merge: Merge, name: str, before: Any, now: Any) -> None:
    if name not in merge.data and name != "related":
        return  # nobody was shown it
    base, theirs = _comparable(name, before.get(name)), _comparable(name, now.get(name))
    mine = _comparable(name, _typed(merge.data, name))
    if theirs in (base, mine):
        return
    if mine == base:
        _put(merge.data, name, now.get(name))
        merge.taken.append(_label(name))
        return
    values = (before.get(name), _typed(merge.data, name), now.get(name))
    language = name.rpartition("_")[2] if name in TEXTS else ""
    merge.differences.append(
        _difference(name, _label(name), language, *(_shown(name, value) for value in values))
    )


def _difference(
    name: str, label: str, language: str, base: str, mine: str, theirs: str
) -> Difference:
    return Difference(
        name=name,
        label=label,
        language=language,
        base=base,
        mine=mine,
        theirs=theirs,
        changed_by_me=differences.alone(base, mine),
        changed_by_them=differences.alone(base, theirs),
    )


def _merge_rows(
    merge: Merge, prefix: str, names: tuple[str, ...], before: list[Any], now: list[Any]
) -> None:
    """Rows that others took away go; what only they changed in a row is taken over."""
    was, rows = {row["id"]: row for row in before}, {row["id"]: row for row in now}
    label = _("Gallery") if prefix == "gallery" else _("Attachments")
    if before != now:
        merge.taken.append(label)
    data, kept, initial = merge.data, [], 0
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    for place in range(min(int(total), 1000) if total.isdecimal() else 0):
        row = {
            key.removeprefix(f"{prefix}-{place}-"): data.getlist(key)
            for key in data
            if key.startswith(f"{prefix}-{place}-")
        }
        number = (row.get("id") or [""])[0]
        known = int(number) if number.isdecimal() else None
        if known is not None and known not in rows:
            continue
        if known is not None:
            initial += 1
            for name in names:
                base, theirs = (_cell(found.get(known, {}).get(name)) for found in (was, rows))
                mine = _typed_cell(name, (row.get(name) or [""])[0])
                if mine == base:
                    row[name] = [theirs]
                elif theirs not in (base, mine) and name != "position":
                    merge.differences.append(
                        _cell_difference(
                            f"{prefix}-{known}-{name}", f"{label}, {place + 1}", base, mine, theirs
                        )
                    )
        kept.append(row)
    for key in [key for key in data if key.startswith(f"{prefix}-") and "_FORMS" not in key]:
        if key.split("-")[1].isdecimal():
            del data[key]
    for place, row in enumerate(kept):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(kept)), str(initial)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _typed_cell(column: str, value: str) -> str:
    """As a revision has it, in whatever form a date was typed."""
    if column == "issued_on":
        with suppress(ValidationError):
            return _cell(forms.DateField(required=False).clean(value))
    return value


def _cell_difference(name: str, label: str, base: str, mine: str, theirs: str) -> Difference:
    """``name``: gallery or attachments, the row's number, the column."""
    column = name.rpartition("-")[2]
    if column == "picture":
        values = [_shown("main_picture", value) for value in (base, mine, theirs)]
        return _difference(name, label, "", *values)
    text, _underscore, code = column.rpartition("_")
    if text in revisions.ATTACHMENT_TEXTS:
        return _difference(name, f"{label}, {name_of(code)}", code, base, mine, theirs)
    return _difference(name, label, "", base, mine, theirs)


def _put_cell(data: QueryDict, name: str, content: dict[str, Any]) -> None:
    """Into the row of the form, wherever it stands by now."""
    prefix, _dash, rest = name.partition("-")
    number, _dash, column = rest.partition("-")
    rows = {str(row["id"]): row for row in content[prefix]} if prefix in ROWS else {}
    if number not in rows or column not in ROWS[prefix]:
        return
    for key in [key for key in data if key.startswith(f"{prefix}-") and key.endswith("-id")]:
        if data[key] == number:
            data[f"{key.removesuffix('id')}{column}"] = _cell(rows[number][column])


def _typed(data: QueryDict, name: str) -> Any:
    return data.getlist(name) if name == "related" else data.get(name, "")


def _put(data: QueryDict, name: str, value: Any) -> None:
    if name == "related":
        data.setlist(name, [str(number) for number in value or []])
    else:
        data[name] = "" if value is None else str(value)


def _comparable(name: str, value: Any) -> Any:
    if name == "related":
        return sorted(str(number) for number in value or [])
    text = "" if value is None else str(value)
    if name.startswith("body_"):
        return essence(clean_html(text))
    return essence(clean_text(text)) if name in TEXTS else text.strip()


def _shown(name: str, value: Any) -> str:
    """For people: names instead of numbers."""
    if name.startswith("body_"):
        return clean_html(str(value or ""))
    if name == "related":
        numbers = [int(number) for number in value or [] if str(number).isdecimal()]
        return "; ".join(str(article) for article in Article.objects.filter(pk__in=numbers))
    if name in ("section", "main_picture"):
        number = int(value) if str(value or "").isdecimal() else 0
        things = Section.objects.all() if name == "section" else Picture.objects.all()
        return str(things.filter(pk=number).first() or "")
    if name == "comments_state":
        return str(dict(Article.Comments.choices).get(value, value))
    return str(value or "")


def _label(name: str) -> str:
    if name in TEXTS:
        text, _underscore, language = name.rpartition("_")
        return f"{_name_of_field(text)}, {name_of(language)}"
    return _name_of_field(name)


def _name_of_field(name: str) -> str:
    return capfirst(str(getattr(Article._meta.get_field(name), "verbose_name", name)))

"""What differs between two texts, word by word, as ``<ins>`` and ``<del>`` that a page can show.

A body is compared paragraph by paragraph first: then a moved sentence does not make everything
behind it look new, and long articles stay cheap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from news.models import Picture

LONGEST = 4_000_000  # pairs of words that are compared; beyond, a paragraph counts as rewritten
ALIKE = 0.35  # below, two paragraphs are two, not one that was changed
INLINE = {"strong", "em", "a", "b", "i"}  # the last two where nothing was cleaned yet
LISTS = {"ul", "ol", "blockquote"}


@dataclass(frozen=True)
class Word:
    text: str
    marks: tuple[str, ...] = ()  # "strong", "em", "a https://…"
    tail: str = field(default=" ", compare=False)  # nothing before "</strong>,"


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an item of a list, a row of a table, or a picture."""

    tag: str
    within: str  # the list or quotation it stands in
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Tally:
    """How much was added and taken away; for whoever hears a page instead of seeing it."""

    words_added: int = 0
    words_removed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.words_added + other.words_added, self.words_removed + other.words_removed)


def of_texts(before: str, after: str) -> SafeString:
    return _marked(_words(before), _words(after))


def of_bodies(before: str, after: str) -> SafeString:
    return mark_safe("".join(_bodies(before, after)))  # noqa: S308  (every piece is escaped)


def alone(before: str, after: str) -> SafeString:
    """The blocks that differ, of texts or of bodies, without those that stayed."""
    old, new = list(_blocks(before, {})), list(_blocks(after, {}))
    found = ((html,) for _block, html, is_same in _paired(old, new) if not is_same)
    return format_html_join("", "<p>{}</p>", found)


def paragraphs(text: str) -> list[str]:
    """The words of a text or of a body, block by block."""
    blocks = _blocks(text, {})
    return ["".join(word.text + word.tail for word in block.words).strip() for block in blocks]


def tally(before: str, after: str) -> Tally:
    """Of plain texts or of bodies."""
    old, new = ([word.text for word in _words(_plain(text))] for text in (before, after))
    added = removed = 0
    for operation, i, j, k, m in _operations(old, new):
        if operation != "equal":
            removed += j - i
            added += m - k
    return Tally(added, removed)


def _plain(text: str) -> str:
    return strip_tags(re.sub(r"</(?:p|h2|h3|li|td|th|tr|caption)>|<br>", " ", text))


def _words(text: str) -> list[Word]:
    return [Word(word) for word in text.split()]


def _operations(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, int, int, int, int]]:
    if len(old) * len(new) > LONGEST:
        yield "replace", 0, len(old), 0, len(new)
    else:
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


# --- words ---


def _marked(old: Sequence[Word], new: Sequence[Word]) -> SafeString:
    pieces: list[str] = []
    for operation, i, j, k, m in _operations(old, new):
        if operation == "equal":
            pieces.append(_shown(new[k:m]))
            continue
        links = {mark for word in [*old[i:j], *new[k:m]] for mark in word.marks}
        for tag, said, words in (("del", _("removed:"), old[i:j]), ("ins", _("added:"), new[k:m])):
            if words:
                shown = _shown([*words[:-1], replace(words[-1], tail="")], links)
                pieces.append(
                    format_html(
                        f'<{tag}><span class="visually-hidden">{{}} </span>{{}}</{tag}> ',
                        said,
                        shown,
                    )
                )
    return mark_safe("".join(pieces).rstrip())  # noqa: S308  (every piece is escaped)


def _shown(words: Sequence[Word], links: Iterable[str] = ()) -> SafeString:
    """Links of what changed are written out: their addresses may be all that changed."""
    pieces = []
    for marks, found in groupby(words, key=lambda word: word.marks):
        run = list(found)
        text = "".join(word.text + word.tail for word in run).removesuffix(" ")
        piece = conditional_escape(text)
        for mark in reversed(marks):
            tag, _space, address = mark.partition(" ")
            if tag == "a":
                told = format_html(" ({})", address) if mark in links else ""
                piece = format_html('<a href="{}" rel="noopener">{}</a>{}', address, piece, told)
            else:
                piece = format_html(f"<{tag}>{{}}</{tag}>", piece)
        pieces += [piece, run[-1].tail]
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped)


# --- bodies ---


def _bodies(before: str, after: str) -> Iterator[str]:
    pictures = _pictures(before + after)
    old, new = list(_blocks(before, pictures)), list(_blocks(after, pictures))
    within = ""
    for block, html, _is_same in _paired(old, new):
        if block.within != within:
            yield f"</{within}>" if within else ""
            yield f"<{block.within}>" if block.within else ""
            within = block.within
        tag = "p" if block.tag == "li" and within not in ("ul", "ol") else block.tag
        yield f"<{tag}>{html}</{tag}>"
    if within:
        yield f"</{within}>"


def _paired(old: list[Block], new: list[Block]) -> Iterator[tuple[Block, SafeString, bool]]:
    """Each block, marked; and whether it stayed as it was."""
    for operation, i, j, k, m in _operations(old, new):
        if operation == "equal":
            for block in new[k:m]:
                yield block, _shown(block.words), True
            continue
        left, in_step = old[i:j], [b.tag for b in old[i:j]] == [b.tag for b in new[k:m]]
        for block in new[k:m]:
            while not in_step and any(_fits(later, block) for later in left[1:]):
                if _fits(left[0], block):
                    break
                yield left[0], _marked(left.pop(0).words, ()), False
            if left and (in_step or _fits(left[0], block)):
                yield block, _marked(left.pop(0).words, block.words), False
            else:
                yield block, _marked((), block.words), False
        for block in left:
            yield block, _marked(block.words, ()), False


def _fits(one: Block, other: Block) -> bool:
    """Whether one was made from the other."""
    mine, others = ({word.text for word in block.words} for block in (one, other))
    return one.tag == other.tag and len(mine & others) >= ALIKE * max(len(mine), len(others))


def _blocks(html: str, pictures: dict[int, str], within: str = "") -> Iterator[Block]:
    # The line break: of a bare address the parser would warn that it is no text.
    yield from _blocks_of(BeautifulSoup(f"\n{html}", "html.parser"), pictures, within)


def _blocks_of(parent: Tag, pictures: dict[int, str], within: str) -> Iterator[Block]:
    loose: list[Word] = []
    tag = parent.name if parent.name in ("p", "h2", "h3", "li", "caption") else "p"
    for child in parent.children:
        if isinstance(child, NavigableString) or (
            isinstance(child, Tag) and child.name in (*INLINE, "br")
        ):
            _read(child, loose)
            continue
        if not isinstance(child, Tag):
            continue
        if loose:
            yield Block(tag, within, tuple(loose))
            loose = []
        yield from _block(child, pictures, within)
    if loose:
        yield Block("p" if tag == "caption" else tag, within, tuple(loose))


def _block(child: Tag, pictures: dict[int, str], within: str) -> Iterator[Block]:
    if child.name == "img":
        number = int(str(child.get("data-picture") or 0))
        told = _("[picture: %(alt)s]") % {"alt": pictures.get(number, number)}
        yield Block("p", within, (Word(told),))
    elif child.name == "tr":
        row: list[Word] = []
        for place, cell in enumerate(child.find_all(("th", "td"))):
            row += [Word("|")] if place else []
            _read(cell, row)
            row[-1:] = [replace(word, tail=" ") for word in row[-1:]]
        yield Block("p", within, tuple(row))
    else:
        inner = child.name if child.name in LISTS and not within else within
        yield from _blocks_of(child, pictures, inner)


def _read(node: Any, words: list[Word], marks: tuple[str, ...] = ()) -> None:
    """Add the words of a node, each knowing whether a space follows it."""
    if isinstance(node, NavigableString):
        for piece in re.findall(r"\s+|\S+", str(node)):
            if not piece.isspace():
                words.append(Word(piece, marks, ""))
            elif words:
                words[-1] = replace(words[-1], tail=" ")
        return
    if node.name == "br" and words:
        words[-1] = replace(words[-1], tail=" ")
    mark = f"a {node.get('href', '')}" if node.name == "a" else node.name
    for child in node.children:
        _read(child, words, (*marks, mark) if node.name in INLINE else marks)


def _pictures(html: str) -> dict[int, str]:
    numbers = {int(number) for number in re.findall(r'data-picture="(\d{1,9})"', html)}
    found = Picture.objects.in_bulk(numbers) if numbers else {}
    return {number: str(picture) for number, picture in found.items()}

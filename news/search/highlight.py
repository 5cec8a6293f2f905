"""Why an article was found: the words of the query marked in its text.

Nothing is stored for this: the shown text is analysed again, as it was for the index. The result
is text with marks, never HTML; templates escape it like any other text.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from news.search import kazakh
from news.search.analysis import Token, document_terms, first_letters, tokens
from news.search.parsing import Query

_SPACE = re.compile(r"\s+")
READ_AT_MOST = 40_000  # characters; a fragment is looked for at the beginning of a longer text


class Piece(NamedTuple):
    text: str
    is_match: bool


Fragment = list[Piece]


def marked(text: str, language: str, query: Query) -> Fragment:
    """The whole text, for headlines."""
    return _pieces(text, 0, len(text), _matches(text, language, query))


def fragments(
    text: str, language: str, query: Query, *, number: int = 2, width: int = 160
) -> list[Fragment]:
    """The places of a plain text where most of the words meet; its beginning if there are none.

    In the order of the text, never overlapping, cut between words, with «…» where text goes on.
    """
    text = text[:READ_AT_MOST]
    matches = _matches(text, language, query)
    if not matches:
        return [_cut(text, 0, min(width, len(text)), [])] if text else []
    chosen: list[tuple[int, int]] = []
    for first in sorted(matches, key=lambda token: (-_density(token, matches, width), token.start)):
        start = max(0, first.start - width // 4)
        end = min(len(text), start + width)
        if all(end <= one or start >= other for one, other in chosen):
            chosen.append((start, end))
        if len(chosen) == number:
            break
    return [_cut(text, start, end, matches) for start, end in sorted(chosen)]


def html(fragment: Fragment) -> SafeString:
    """Escaped here: a template would take longer for it than for the rest of the page."""
    pieces = [f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in fragment]
    return SafeString("".join(pieces))  # escaped piece by piece


def _matches(text: str, language: str, query: Query) -> list[Token]:
    begins, finds = _finder(query, language)
    return [token for token in tokens(text, begins) if finds(token.word)]


@lru_cache(maxsize=64)  # by identity: of the page at hand
def _finder(query: Query, language: str) -> tuple[frozenset[str], Callable[[str], bool]]:
    """The letters that a match may begin with, and whether a word is one."""
    strong = {term for word in query.words for term in word.strong}
    weak = {term for word in query.words for term in word.weak}
    beginnings = tuple(term for word in query.words for term in word.beginning)
    # No reading changes the first letter, except from one alphabet's to the other's.
    initials = {kazakh.fold(term[1]) for term in strong | weak}

    @cache
    def finds(word: str) -> bool:
        if kazakh.fold(word[0]) not in initials:
            return False
        terms = document_terms(word, language)
        if not (strong.isdisjoint(terms) and weak.isdisjoint(terms)):
            return True
        for term in terms:  # noqa: SIM110  (any() calls for each word of each text)
            if term.startswith(beginnings):
                return True
        return False

    return _first_letters(frozenset(initials)), finds


_first_letters = lru_cache(maxsize=256)(first_letters)


def _density(first: Token, matches: list[Token], width: int) -> int:
    """How many different words follow within a fragment."""
    return len({m.word for m in matches if 0 <= m.start - first.start < width * 3 // 4})


def _cut(text: str, start: int, end: int, matches: list[Token]) -> Fragment:
    if start > 0:
        gap = _SPACE.search(text, start, start + 30)
        start = gap.end() if gap else start
    if end < len(text):
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space > end - 30 else end
    pieces = _pieces(text, start, end, matches)
    before = [Piece("… ", False)] if start > 0 else []
    after = [Piece(" …", False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _pieces(text: str, start: int, end: int, matches: list[Token]) -> Fragment:
    pieces, place = [], start
    for token in matches:
        if token.start < place or token.end > end:
            continue
        if token.start > place:
            pieces.append(Piece(text[place : token.start], False))
        pieces.append(Piece(text[token.start : token.end], True))
        place = token.end
    if place < end:
        pieces.append(Piece(text[place:end], False))
    return pieces

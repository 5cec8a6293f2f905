"""How well a document answers a query: BM25 in spirit, our own arithmetic on both databases.

Each word counts by its rarity, by how it was found (as written, by its stem, folded), and by
where it stands best; frequency saturates at once ("often" or not). Short documents and those
with all the words come first, and news that is fresh weighs a little more.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from news.search.documents import MOMENT_SHIFT
from news.search.frequencies import Frequencies
from news.search.index import HEADLINE, LEAD, OFTEN

PLACES = ((HEADLINE, 3.0), (LEAD, 1.9), (OFTEN, 1.6), ("", 1.0))
IN_ORDER = 1.3
USUAL_LENGTH = 300
FRESHNESS, FRESH_FOR = 0.25, 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Wanted:
    """A word of the query: where it may be found, and what finding it is worth."""

    word: str
    terms: Mapping[str, float]
    weight: float


def rarity(number: float, documents: int) -> float:
    """The weight of a word that so many of all documents have."""
    found = min(number, documents)
    return math.log(1 + (documents - found + 0.5) / (found + 0.5)) + 0.1


def estimated(keys: list[int], limit: int, frequencies: Frequencies) -> float:
    """How many documents have a word, from the newest ``limit`` at most of them: where there are
    more, they are as many as their closeness in time suggests.
    """
    found = float(len(keys))
    if len(keys) >= limit:
        everything = (frequencies.newest - frequencies.oldest) >> MOMENT_SHIFT
        covered = (frequencies.newest - keys[-1]) >> MOMENT_SHIFT
        found *= max(1.0, everything / max(covered, 1))
    return found


def score(
    words: list[Wanted], *, terms: str, text: str, length: int, in_order: str, age: float
) -> float:
    """``age`` in seconds; ``in_order`` is the query as a phrase, sought in ``text``."""
    spaced, total, matched, value = f" {terms} ", 0.0, 0.0, 0.0
    for wanted in words:
        total += wanted.weight
        if best := _best(spaced, wanted.terms):
            matched += wanted.weight
            value += wanted.weight * best
    if in_order and f" {in_order} " in text:
        value *= IN_ORDER
    value *= (matched / total) ** 2 if total else 0
    value /= 0.8 + 0.2 * min(length / USUAL_LENGTH, 4)
    return value * (1 + FRESHNESS * 0.5 ** (max(age, 0) / FRESH_FOR))


def _best(spaced: str, terms: Mapping[str, float]) -> float:
    best = 0.0
    for term, worth in terms.items():
        ending = "" if term.endswith("*") else " "
        sought = term.removesuffix("*") + ending
        if f" {sought}" not in spaced:
            continue
        for mark, place in PLACES:
            if worth * place <= best:
                break
            if f" {mark}{sought}" in spaced:
                best = worth * place
                break
    return best

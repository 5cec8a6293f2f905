"""Finds the words of a list in a text: whole words, in any form, behind any disguise."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from comments import articles, spelling

MAX_ENTRIES = 1000
LONGEST_LINE = 80


class Hit(NamedTuple):
    start: int
    end: int
    entry: str  # the line of the list: what the text says behind its form and its disguise


@dataclass(frozen=True)
class Phrase:
    line: str
    words: tuple[frozenset[str], ...]  # of each word the terms that any of its forms has


@dataclass(frozen=True)
class WordList:
    phrases: tuple[Phrase, ...]
    first_words: dict[str, tuple[int, ...]]  # term -> the phrases whose first word has it

    def hits(self, text: str) -> list[Hit]:
        """In the order of the text, without what another place covers."""
        words = spelling.words(text)
        terms = [articles.terms_of(word.word) for word in words]
        found = {
            Hit(words[i].start, words[i + len(phrase.words) - 1].end, phrase.line)
            for i in range(len(words))
            for phrase in self._beginning_with(terms[i])
            if i + len(phrase.words) <= len(words)
            and all(
                not terms[i + k].isdisjoint(phrase.words[k]) for k in range(1, len(phrase.words))
            )
        }
        for start, end, word in spelling.disguised(text):
            for phrase in self._beginning_with(articles.terms_of(word)):
                if len(phrase.words) == 1:
                    found.add(Hit(start, end, phrase.line))
        return _without_covered(found)

    def _beginning_with(self, terms: frozenset[str]) -> list[Phrase]:
        numbers = {number for term in terms for number in self.first_words.get(term, ())}
        return [self.phrases[number] for number in sorted(numbers)]


@lru_cache(maxsize=64)
def compiled(lines: str) -> WordList:
    phrases: list[Phrase] = []
    first_words: dict[str, list[int]] = {}
    for line in entries(lines):
        words = tuple(frozenset(articles.wanted_terms(word.word)) for word in spelling.words(line))
        if not words:
            continue
        for term in words[0]:
            first_words.setdefault(term, []).append(len(phrases))
        phrases.append(Phrase(line[:LONGEST_LINE], words))
    return WordList(tuple(phrases), {term: tuple(numbers) for term, numbers in first_words.items()})


def entries(lines: str) -> list[str]:
    return [line.strip() for line in lines.splitlines() if line.strip()]


def _without_covered(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entry)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept

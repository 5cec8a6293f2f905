"""Believable texts in bulk: sentences of the demo with words changed, each analysed once.

Words follow the demo's own frequencies, so a few are everywhere and most are rare; people who are
quoted have invented surnames, the rarest of which occur once in a million articles.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import accumulate
from pathlib import Path
from random import Random

from news.search.analysis import document_terms, tokens
from news.search.text import plain_text

DEMO = Path(__file__).resolve().parent.parent / "portal" / "demo"
LANGUAGES = ("kk", "ru", "en")
POOL = {"kk": 12_000, "ru": 12_000, "en": 2_000}
SURNAMES = 150_000

_SENTENCE = re.compile(r"[^.!?\n]{25,220}[.!?]")
_WORD = re.compile(r"[^\W\d_]{5,}")
_SAID = {
    "kk": "Бұл туралы {name} {day} күні айтты.",
    "ru": "Об этом {day} числа сообщил {name}.",
    "en": "{name} said so on the {day}th.",
}
_SYLLABLES = [
    first + vowel + last
    for first in "бджкқмнсту"
    for vowel in "аеоұі"
    for last in ("й", "л", "н", "р", "м")
]


@dataclass(frozen=True)
class Piece:
    """A sentence, and what the search index knows of it."""

    html: str
    words: list[str]
    terms: frozenset[str]
    bare: str = field(repr=False)


@lru_cache(maxsize=200_000)
def piece(text: str, language: str) -> Piece:
    words = [token.word for token in tokens(text)]
    terms = frozenset().union(*(document_terms(word, language) for word in words))
    return Piece(escape(text, quote=False), words, terms, text)


def surname(number: int) -> str:
    """The same for the same number; three syllables and an ending."""
    letters = ""
    rest = number
    for _ in range(3):
        rest, place = divmod(rest, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters.capitalize() + ("ов", "ев", "ұлы", "баев")[number % 4]


class Pool:
    """Sentences to make articles of; those in front are used more often."""

    def __init__(self) -> None:
        random = Random(4)
        records = [
            record
            for path in sorted(DEMO.glob("articles_*.json"))
            for record in json.loads(path.read_text(encoding="utf-8"))
        ]
        self.headlines = {
            language: [r["headline"][language] for r in records if r["headline"].get(language)]
            for language in LANGUAGES
        }
        self.bodies = {
            language: [r["body"][language] for r in records if r["body"].get(language)]
            for language in LANGUAGES
        }
        self.comments = [
            (c["name"], c["text"], c["language"]) for r in records for c in r["comments"]
        ]
        self.sentences: dict[str, list[str]] = {}
        self.weights: dict[str, list[float]] = {}
        for language in LANGUAGES:
            texts = [plain_text(body) for body in self.bodies[language]]
            found = [s.strip() for text in texts for s in _SENTENCE.findall(text)]
            counted = Counter(word for text in texts for word in _WORD.findall(text))
            words, often = list(counted), list(accumulate(counted.values()))
            self.sentences[language] = [
                _changed(random.choice(found), words, often, random) for _ in range(POOL[language])
            ]
            self.weights[language] = list(
                accumulate(1 / (place + 200) for place in range(POOL[language]))
            )

    def sentence(self, language: str, random: Random) -> Piece:
        (text,) = random.choices(self.sentences[language], cum_weights=self.weights[language])
        return piece(text, language)

    def headline(self, language: str, random: Random) -> Piece:
        text = self.sentence(language, random).bare
        first = " ".join(text.split()[: random.randint(4, 8)]).strip(" ,;:.—–")
        return piece(first, language)

    def said(self, language: str, name: str, day: int) -> Piece:
        """A sentence with a person in it; not kept, there are too many of them."""
        return piece.__wrapped__(_SAID[language].format(name=name, day=day), language)


def _changed(sentence: str, words: list[str], often: list[int], random: Random) -> str:
    """With a third of its longer words changed for others."""

    def other(match: re.Match[str]) -> str:
        if random.random() > 0.3:
            return match.group()
        (word,) = random.choices(words, cum_weights=often)
        return word.capitalize() if match.group()[0].isupper() else word.lower()

    return _WORD.sub(other, sentence)

"""What a text is made of, as the index knows it: tokens, and for each token its terms.

A term is a letter that names its kind, and a word. The kinds never mix, so that a Russian stem
cannot meet a Kazakh one by chance:

==  ============================================================================
s   the word as written, normalised
k   a canonical Kazakh base (see ``kazakh``)
v   a canonical Kazakh verb stem
r   a Russian stem, e an English one
d   the noun behind an adjective: школьный → школ, аудандық → аудан
f   a Kazakh base folded for a Russian keyboard: өңірде → онр
g   a Kazakh word as written, folded: өңірде → онирде
==  ============================================================================

The letters b, c and n are taken by ``documents``, t, l and m by ``index``.

Documents are analysed in their own language, and a word of another one also in that; queries in
all three. ``VERSION`` is stored with every document: raise it whenever the terms of a text
change, and ``manage.py rebuild_search`` redoes what an older analyser left.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from news.search import kazakh

VERSION = 2
MAX_WORD = 40

# Marks that join a word without showing: soft hyphens, zero-width characters, combining accents.
_JOINERS = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
_ABBREVIATION = r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)"  # қ.а., т.б., А.С.
_TOKEN = re.compile(rf"{_ABBREVIATION}|[^\W\d_](?:[^\W\d_]|[{_JOINERS}])*|\d+")
_INVISIBLE = re.compile(f"[{_JOINERS}]|\\.")

_LOOK_ALIKES = str.maketrans("aceopxyihəkmtbç", "асеорхуіһәкмтвс")
_LOOK_ALIKES_BACK = str.maketrans("асеорхуіһәкмтв", "aceopxyihəkmtb")
_LATIN, _CYRILLIC = re.compile("[a-zəç]"), re.compile("[\u0400-\u04ff]")
_ELSEWHERE = re.compile("[^0-9a-z\u0430-\u04ff]")  # letters that the two indexes might see apart
_FOREIGN_TO_KAZAKH = re.compile("[вёфцчщъьэ]")

_russian, _english = stemmer("russian"), stemmer("english")
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[ое](?=[кцн]$)")  # посел(о)к, деревен-
_SOFT_ENDING = re.compile("[аео][йеи]$")
_ADJECTIVE = re.compile("(?:инск|ьск|ск|ьн|н)$")


_NAMES = [("бұқар", "бухар"), ("қазақстан", "казахстан"), ("қазақ", "казах")]


class Token(NamedTuple):
    start: int
    end: int
    word: str


def tokens(text: str, begins: Container[str] | None = None) -> Iterator[Token]:
    """The words of a text as they stand there; «4-сынып» is two, «қ.а.» is one.

    With ``begins`` only those that begin with one of these characters, see ``first_letters``.
    """
    for match in _TOKEN.finditer(text):
        if begins is not None and text[match.start()] not in begins:
            continue
        if word := normalise(match.group()):
            yield Token(match.start(), match.end(), word)


def first_letters(initials: Container[str]) -> frozenset[str]:
    """The characters of a text that a word may begin with whose folded first letter is among
    ``initials``."""
    return frozenset(
        letter
        for letter, folded in _folded_initials().items()
        if any(f in initials for f in folded)
    )


@cache
def _folded_initials() -> dict[str, set[str]]:
    """Each letter and digit that texts are made of, with what a word beginning so may come to."""
    found: dict[str, set[str]] = {}
    for number in (*range(0x30, 0x250), *range(0x400, 0x530)):
        if (letter := chr(number)).isalnum() and (plain := normalise(letter)):
            alike = {plain[0], plain[0].translate(_LOOK_ALIKES)}
            alike |= {one.translate(_LOOK_ALIKES_BACK) for one in alike}
            found[letter] = {kazakh.fold(one) for one in alike}
    return found


@lru_cache(maxsize=65536)
def normalise(word: str) -> str:
    """One spelling for a word however it was typed: case, ё, invisible marks, look-alikes."""
    # NFC first: it joins й and ё, whose marks would fall among the invisible ones.
    word = _INVISIBLE.sub("", unicodedata.normalize("NFC", word))
    word = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    if _LATIN.search(word) and _CYRILLIC.search(word):
        latin = word.translate(_LOOK_ALIKES_BACK)
        word = word.translate(_LOOK_ALIKES) if _CYRILLIC.search(latin) else latin
    if _CYRILLIC.search(word) is None:
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
        )
    word = "".join(str(unicodedata.digit(c, c)) for c in word) if word.isdigit() else word
    return _ELSEWHERE.sub(lambda letter: f"u{ord(letter.group()):x}", word)[:MAX_WORD]


@lru_cache(maxsize=65536)
def document_terms(word: str, language: str) -> frozenset[str]:
    """Everything a word of a document in ``language`` is found under."""
    terms = {f"s{word}"}
    if word.isdigit():
        return frozenset(terms)
    if not _CYRILLIC.search(word):
        return frozenset(terms | {f"e{_english.stemWord(word)}"})
    own = not kazakh.OWN_LETTERS.isdisjoint(word)
    if language == "kk" or own:
        terms |= _kazakh_terms(word)
        terms |= {f"d{noun}" for noun in kazakh.derived_terms(word)}
    if own:
        terms |= {f"g{kazakh.fold(word)}"}
        terms |= {f"f{kazakh.folded_term(base)}" for base in kazakh.noun_terms(word)}
    if language != "kk" or (_FOREIGN_TO_KAZAKH.search(word) and not own):
        for stem in russian_stems(word):
            terms |= {f"r{stem}"} | {f"d{noun}" for noun in _behind_adjective(stem)}
    return frozenset(terms)


@lru_cache(maxsize=8192)
def strong_terms(word: str) -> dict[str, float]:
    """What a word of a query looks for in all three languages, and what each find is worth."""
    terms = {f"s{word}": 1.0}
    if word.isdigit():
        return terms
    if not _CYRILLIC.search(word):
        return terms | {f"e{_english.stemWord(word)}": 0.95}
    if kazakh.OWN_LETTERS.isdisjoint(word):
        terms |= {f"r{stem}": 0.95 for stem in russian_stems(word)}
    terms |= {f"v{stem}": 0.6 for stem in kazakh.verb_terms(word)}
    terms |= {f"k{base}": 0.7 for base in kazakh.noun_terms(word)}
    return terms


@lru_cache(maxsize=8192)
def weak_terms(word: str) -> dict[str, float]:
    """What a word may have meant where it is hardly found as it is."""
    if not _CYRILLIC.search(word):
        return {}
    terms = {f"d{noun}": 0.35 for noun in kazakh.derived_terms(word)}
    terms |= {f"d{base}": 0.35 for base in kazakh.noun_terms(word)}
    terms |= {f"k{noun}": 0.35 for noun in kazakh.derived_terms(word)}
    for spelling in _other_spellings(word):
        terms |= {f"r{russian_stem(spelling)}": 0.5} | {
            f"k{base}": 0.5 for base in kazakh.noun_terms(spelling)
        }
    if kazakh.OWN_LETTERS.isdisjoint(word):
        for stem in russian_stems(word):
            terms |= {f"d{word}": 0.4, f"d{stem}": 0.4}
            terms |= {f"r{noun}": 0.4 for noun in _behind_adjective(stem)}
        terms[f"g{word}"] = 0.5
        for base in kazakh.folded_terms(word):  # өңір is stored folded, мектеп as it is
            terms |= {f"f{base}": 0.45, f"k{base}": 0.45}
    else:
        plain = kazakh.fold(word)
        terms |= {f"s{plain}": 0.5} | {f"r{stem}": 0.45 for stem in russian_stems(plain)}
        for base in map(kazakh.fold, kazakh.noun_terms(word)):
            terms |= {f"r{russian_stem(base)}": 0.45, f"k{kazakh.canonical(base)}": 0.4}
    return terms


def prefix_terms(word: str) -> dict[str, float]:
    """The beginnings that the unfinished last word of a query stands for."""
    if len(word) < 3 or word.isdigit():
        return {}
    return {f"s{word}": 0.6, f"g{word}": 0.4}


def stump_terms(word: str) -> dict[str, float]:
    """The first letters of a word that is found nowhere: овцеводство begins like овцеводческий."""
    if len(word) < 7 or word.isdigit():
        return {}
    stump = word[: max(5, len(word) * 5 // 8)]
    return {f"s{stump}": 0.25, f"g{stump}": 0.2}


@lru_cache(maxsize=65536)
def russian_stem(word: str) -> str:
    stem = _russian.stemWord(word)
    return _FLEETING.sub("", stem) if len(stem) > 3 else stem


def russian_stems(word: str) -> set[str]:
    """The stem, and for a bare noun that looks like an inflected one also that of its genitive.

    Snowball takes аким, режим and Ибраев for forms of ак-, реж- and ибра-, but not акима.
    """
    stems = {russian_stem(word)}
    if word.endswith(("им", "ым", "ом", "ем", "ам", "ов", "ев", "ин", "ых", "их")):
        stems.add(russian_stem(word + "а"))
    elif _SOFT_ENDING.search(word):  # музей, герое
        stems.add(russian_stem(word[:-1] + "я"))
    return stems


def _kazakh_terms(word: str) -> set[str]:
    return {f"k{base}" for base in kazakh.noun_terms(word)} | {
        f"v{stem}" for stem in kazakh.verb_terms(word)
    }


def _other_spellings(word: str) -> Iterator[str]:
    """Names of this place that Russian spells by its own rules, whatever their ending."""
    for kazakh_name, russian_name in _NAMES:
        for ours, theirs in ((kazakh_name, russian_name), (russian_name, kazakh_name)):
            if word.startswith(ours):
                yield theirs


def _behind_adjective(stem: str) -> set[str]:
    noun = _ADJECTIVE.sub("", stem)
    return {noun} if noun != stem and len(noun) > 2 else set()

"""What a text says behind its disguises: look-alike letters, digits, spaces between letters."""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from comments import articles

LONGEST_RUN, LONGEST_WORD = 60, 12
_RUN = re.compile(r"[\w@$](?:[\w@$!|]*[\w@$])?")
_SPACED = re.compile(r"(?<![\w@$])[\w@$](?:[ .,\-_*·~]{1,3}[\w@$]){2,}(?![\w@$])")
_SEPARATORS = re.compile(r"[ .,\-_*·~]")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
# Latin letters, digits and signs as the Cyrillic letters that they are drawn like.
_DRAWN_LIKE = str.maketrans("aeocpxykmthnubrw036849@$!|1i", "аеосрхукмтнпивгшозбвчдас" + "и" * 4)
_KAZAKH_I = str.maketrans("!|1i", "іііі")
_CYRILLIC_ONLY = re.compile("[\u0400-\u04ff]+")


class Spelled(NamedTuple):
    start: int
    end: int
    word: str


def words(text: str) -> list[Spelled]:
    """The words as they stand, in their order."""
    return [Spelled(*token) for token in articles.tokens(text)]


def disguised(text: str) -> Iterator[Spelled]:
    """What else could be read at a place of the text; places may overlap."""
    for match in _RUN.finditer(text):
        for word in _readings(match.group()):
            yield Spelled(match.start(), match.end(), word)
    for match in _SPACED.finditer(text):
        yield from _joined(match.start(), match.group())


def fold(text: str) -> str:
    """For the search and for telling equal texts: words alone, without case and disguises."""
    return " ".join(word.word for word in words(text))


def text_hash(text: str) -> str:
    """Equal for texts that differ in case, signs and spaces only; empty for a text of no words."""
    folded = fold(text)
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest() if folded else ""


def _joined(start: int, spaced: str) -> Iterator[Spelled]:
    """Letters with gaps between them: where a word begins and ends there, nobody can tell."""
    letters = [
        (place, letter) for place, letter in enumerate(spaced) if not _SEPARATORS.match(letter)
    ][:LONGEST_RUN]
    for first in range(len(letters)):
        for last in range(first + 2, min(first + LONGEST_WORD, len(letters))):
            run = "".join(letter for _place, letter in letters[first : last + 1])
            for word in {articles.normalise(run), *_readings(run)}:
                yield Spelled(start + letters[first][0], start + letters[last][0] + 1, word)


def _readings(run: str) -> set[str]:
    lower = run.casefold()
    drawn = {lower.translate(_DRAWN_LIKE), lower.translate(_KAZAKH_I).translate(_DRAWN_LIKE)}
    drawn |= {_DRAWN_OUT.sub(r"\1", reading) for reading in drawn}
    return {
        articles.normalise(reading)
        for reading in drawn
        if reading != lower and _CYRILLIC_ONLY.fullmatch(reading)
    }

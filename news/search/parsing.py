"""A reader's words made into a query. Whatever is typed is text: there are no operators."""

import re
from dataclasses import dataclass

from news.search.analysis import prefix_terms, strong_terms, stump_terms, tokens, weak_terms
from news.search.common_words import COMMON_WORDS

MAX_LENGTH = 500
MAX_WORDS = 12
_QUOTED = re.compile(r'"([^"]+)"|«([^»]+)»|[“„]([^“”]+)[“”]')
# What the keys of a Latin keyboard write on the Russian one and, its digits, on the Kazakh one.
_OTHER_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + "2345890-=",
    "йцукенгшщзхъфывапролджэячсмитьбюё" + "әіңғүұқөһ",
)


@dataclass(frozen=True)
class Word:
    text: str
    strong: dict[str, float]
    weak: dict[str, float]
    beginning: dict[str, float]  # for the last word, which may be unfinished
    stump: dict[str, float]  # for a word that is found nowhere


@dataclass(frozen=True, eq=False)
class Query:
    text: str
    words: tuple[Word, ...]
    phrases: tuple[str, ...]
    in_order: str  # all its words as they follow each other, if there are two

    @property
    def is_empty(self) -> bool:
        return not self.words


def parse(text: str) -> Query:
    text = shortened(" ".join(text.replace("\x00", " ").split()))
    spoken = [token.word for token in tokens(text)]
    phrases = tuple(
        phrase
        for quoted in _QUOTED.findall(text)
        if " " in (phrase := " ".join(token.word for token in tokens("".join(quoted))))
    )
    telling = [word for word in spoken if word not in COMMON_WORDS and _tells(word)] or spoken
    chosen = list(dict.fromkeys(telling))
    if len(chosen) > MAX_WORDS:  # long words are the rare ones
        kept = sorted(chosen, key=len, reverse=True)[:MAX_WORDS]
        chosen = [word for word in chosen if word in kept]
    unfinished = spoken[-1] if spoken and text[-1].isalnum() else ""
    return Query(
        text,
        tuple(
            Word(
                word,
                strong_terms(word),
                weak_terms(word),
                prefix_terms(word) if word == unfinished else {},
                stump_terms(word),
            )
            for word in chosen
        ),
        phrases,
        " ".join(spoken) if len(spoken) > 1 else "",
    )


def shortened(text: str) -> str:
    """At most MAX_LENGTH characters, cut between words where there is such a place."""
    if len(text) <= MAX_LENGTH:
        return text
    return text[: MAX_LENGTH + 1].rsplit(None, 1)[0][:MAX_LENGTH]


def on_other_keyboard(text: str) -> str:
    """The text as if the keyboard had not been switched: vtrntg is мектеп."""
    return " ".join(
        chunk.lower().translate(_OTHER_LAYOUT) if re.search("[A-Za-z]", chunk) else chunk
        for chunk in text.split()
    )


def _tells(word: str) -> bool:
    return len(word) > 1 or word.isdigit()

"""What is stored for searching: one document per article and language, public or not.

The key is made of what the index must decide without looking anything up — the moment, the
article, the language — so that documents lie in the full-text index newest last, and a search
takes the newest from its end whatever lies before. Whether a document may be shown is never
read from here: ``query`` asks the articles themselves.

The full-text index is made by migration 0002, outside the model's state: on SQLite the FTS5
table ``news_search``, whose content is this table and which triggers keep in step, on PostgreSQL
the generated column ``vector`` with a GIN index. Both see ``terms`` split at spaces, nothing else.
A later migration that alters this model on SQLite must make the triggers again.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import models

# Part of every stored key: a new language gets a new number, an old one keeps its own.
LANGUAGE_NUMBERS = {"kk": 1, "ru": 2, "en": 3}
LANGUAGES_BY_NUMBER = {number: language for language, number in LANGUAGE_NUMBERS.items()}
LANGUAGE_BITS, ARTICLE_BITS, MOMENT_BITS = 3, 27, 33
ARTICLE_SHIFT, MOMENT_SHIFT = LANGUAGE_BITS, LANGUAGE_BITS + ARTICLE_BITS
LANGUAGE_MASK, ARTICLE_MASK = (1 << LANGUAGE_BITS) - 1, (1 << ARTICLE_BITS) - 1


# Terms that are no words: in which stretches of time a document lies, from nine hours to four
# years, its section and its language. With them an index finds the newest of a common word alone.
BLOCK_SHIFTS = (15, 17, 19, 21, 23, 25, 27)  # of the moment's seconds


class Key(NamedTuple):
    moment: int
    article: int
    language: str


def key_of(article: int, language: str, moment: datetime) -> int:
    return first_key_at(moment) | article << ARTICLE_SHIFT | LANGUAGE_NUMBERS[language]


def first_key_at(moment: datetime) -> int:
    """Where the documents of a moment begin; moments beyond 1970 and 2242 count as these."""
    seconds = min(max(0, int(moment.timestamp())), (1 << MOMENT_BITS) - 1)
    return seconds << MOMENT_SHIFT


def parts(key: int) -> Key:
    return Key(
        key >> MOMENT_SHIFT,
        key >> ARTICLE_SHIFT & ARTICLE_MASK,
        LANGUAGES_BY_NUMBER[key & LANGUAGE_MASK],
    )


def block_term(level: int, number: int) -> str:
    return f"b{level}x{number}"


def section_term(section: int) -> str:
    return f"c{section}"


def language_term(language: str) -> str:
    return f"n{LANGUAGE_NUMBERS[language]}"


def place_terms(key: int, section: int) -> set[str]:
    moment, _article, language = parts(key)
    return {
        *(block_term(level, moment >> shift) for level, shift in enumerate(BLOCK_SHIFTS)),
        section_term(section),
        language_term(language),
    }


class SearchDocument(models.Model):
    key = models.BigIntegerField(primary_key=True)
    article = models.ForeignKey(
        "news.Article", on_delete=models.CASCADE, related_name="search_documents"
    )
    language = models.CharField(max_length=2)  # in the key too; here PostgreSQL counts on it
    version = models.PositiveSmallIntegerField()  # of the analyser that made the terms
    length = models.PositiveIntegerField()  # in words
    words = models.TextField()  # normalised, in order, between spaces: what phrases are sought in
    terms = models.TextField()  # each once, between single spaces; see analysis and index

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{parts(self.key).article} ({self.language})"

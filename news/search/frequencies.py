"""How common each term is, about: what tells a search beforehand how much it would have to read.

Counted are the documents of every SAMPLE-th article, outside the transaction that changes them: no
save waits for another one's counting. A count lost on the way changes how something is found, not
what; ``rebuild_search --all`` counts anew. Terms of the newest documents' blocks are among what is
read, because they say how far back in time a number of documents reaches.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connections, models

from news.cursors import cursor_for
from news.search.documents import (
    BLOCK_SHIFTS,
    LANGUAGE_NUMBERS,
    MOMENT_SHIFT,
    SearchDocument,
    block_term,
    language_term,
)

SAMPLE = 16
COUNTED = 2500  # an archive up to this size is counted, a larger one estimated
BLOCKS_BACK = 8
COMPLETIONS, LOOKED_THROUGH = 24, 2000
WRITTEN_AT_ONCE, READ_AT_ONCE = 2000, 200


class SearchTerm(models.Model):
    """A term, and how many documents of the sample have it."""

    term = models.CharField(max_length=60, primary_key=True)  # in its migration: bytewise order
    documents = models.IntegerField()

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.term}: {self.documents}"


@dataclass
class Frequencies:
    documents: int = 0  # all there are, about
    oldest: int = 0  # their first and last keys
    newest: int = 0
    counted: dict[str, int] = field(default_factory=dict)
    completions: dict[str, list[str]] = field(default_factory=dict)
    newest_before: dict[int, int] = field(default_factory=dict)

    def of(self, terms: Iterable[str]) -> int:
        """About how many documents have one of the terms: readings of a word share theirs."""
        return min(max((self.counted.get(term, 0) for term in terms), default=0), self.documents)


def read(using: str, terms: Collection[str], befores: Collection[int]) -> Frequencies:
    """What is known of terms, and of the blocks back from the newest key before some keys."""
    wanted = {*terms, *map(language_term, LANGUAGE_NUMBERS)}
    newest = " UNION ".join([_NEWEST] * len(befores))
    connection = connections[using]
    blocks = _AMONG_BLOCKS[connection.vendor]
    with cursor_for(connection) as cursor:
        cursor.execute(
            _READ.format(terms=_marks(wanted), newest=newest, blocks=blocks),
            [*(value for before in befores for value in (before, before)), *sorted(wanted)],
        )
        counts = dict(cursor.fetchall())
    frequencies = Frequencies(
        counts.pop("#documents"),
        counts.pop("#oldest") or 0,
        counts.pop("#newest") or 0,
        newest_before={before: counts.pop(f"#{before}") or 0 for before in befores},
        counted={term: number * SAMPLE for term, number in counts.items()},
    )
    if frequencies.documents >= COUNTED:
        each_language = sum(
            frequencies.counted.get(language_term(language), 0) for language in LANGUAGE_NUMBERS
        )
        frequencies.documents = max(COUNTED, each_language)
    return frequencies


def read_more(using: str, frequencies: Frequencies, wanted: Iterable[str]) -> None:
    """Add other terms, and how the «x*» among them are completed most often."""
    wanted = set(wanted) - frequencies.counted.keys()
    beginnings = {term for term in wanted if term.endswith("*")}
    terms = wanted - beginnings
    parts, params = [], []
    if terms:
        parts.append(
            f"SELECT '', term, documents FROM news_searchterm WHERE term IN ({_marks(terms)})"  # noqa: S608
        )
        params += sorted(terms)
    for beginning in sorted(beginnings):
        word = beginning.removesuffix("*")
        parts.append(_COMPLETE)
        params += [beginning, word, word + "\U0010ffff"]
    if not parts:
        return
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    for beginning, term, number in sorted(rows, key=lambda row: (-row[2], row[1])):
        frequencies.counted[term] = number * SAMPLE
        if beginning:
            frequencies.completions.setdefault(beginning, []).append(term)
    for beginning, completions in frequencies.completions.items():
        frequencies.counted[beginning] = sum(frequencies.counted[term] for term in completions)


_LEVELS = ", ".join(f"({level}, {shift})" for level, shift in enumerate(BLOCK_SHIFTS))
_BACK = ", ".join(f"({number})" for number in range(BLOCKS_BACK))
_NEWEST = "SELECT %s, max(key) FROM news_searchdocument WHERE key < %s"
# Counting is the longest step: not where an estimate says that it would end at its bound.
_LANGUAGE_TERMS = ", ".join(f"'{language_term(language)}'" for language in LANGUAGE_NUMBERS)
_ESTIMATE = f"""SELECT {SAMPLE} * sum(documents) FROM news_searchterm
    WHERE term IN ({_LANGUAGE_TERMS})"""  # noqa: S608
_READ = f"""
    WITH levels(level, shift) AS (VALUES {_LEVELS}), backs(back) AS (VALUES {_BACK}),
    newest(before, key) AS ({{newest}})
    SELECT '#documents', CASE WHEN ({_ESTIMATE}) >= {COUNTED} THEN {COUNTED} ELSE
        (SELECT count(*) FROM (SELECT 1 FROM news_searchdocument LIMIT {COUNTED}) AS counted) END
    UNION ALL SELECT '#oldest', (SELECT min(key) FROM news_searchdocument)
    UNION ALL SELECT '#newest', (SELECT max(key) FROM news_searchdocument)
    UNION ALL SELECT '#' || before, key FROM newest
    UNION ALL SELECT term, documents FROM news_searchterm WHERE term IN ({{terms}})
    UNION ALL SELECT term, documents FROM news_searchterm WHERE term {{blocks}}
"""  # noqa: S608 - our own numbers
_BLOCKS = f"""SELECT 'b' || level || 'x' || ((key >> ({MOMENT_SHIFT} + shift)) - back)
    FROM newest, levels, backs"""  # noqa: S608
# PostgreSQL would read all the terms to join them with a subquery; an array it looks up.
_AMONG_BLOCKS = {"sqlite": f"IN ({_BLOCKS})", "postgresql": f"= ANY (ARRAY({_BLOCKS}))"}
_COMPLETE = f"""
    SELECT * FROM (SELECT %s AS beginning, term, documents FROM
        (SELECT term, documents FROM news_searchterm WHERE term >= %s AND term < %s
         ORDER BY term LIMIT {LOOKED_THROUGH}) AS looked_through
        ORDER BY documents DESC, term LIMIT {COMPLETIONS}) AS completions
"""  # noqa: S608


def _marks(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))


def is_sampled(article: int) -> bool:
    return article % SAMPLE == 0


def difference(old: Iterable[SearchDocument], new: Iterable[SearchDocument]) -> Counter[str]:
    changes: Counter[str] = Counter()
    for document in new:
        changes.update(document.terms.split())
    for document in old:
        changes.subtract(document.terms.split())
    return changes


def add(using: str, changes: Mapping[str, int]) -> None:
    """In the order of the terms, so that two at a time cannot wait for each other."""
    rows = sorted((term, change) for term, change in changes.items() if change)
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        chunk = rows[start : start + WRITTEN_AT_ONCE]
        with connections[using].cursor() as cursor:
            cursor.execute(
                "INSERT INTO news_searchterm (term, documents) VALUES "  # noqa: S608 - marks only
                + ", ".join(["(%s, %s)"] * len(chunk))
                + " ON CONFLICT (term) DO UPDATE"
                " SET documents = news_searchterm.documents + excluded.documents",
                [value for row in chunk for value in row],
            )


def recount(using: str) -> None:
    """From the stored documents, a part at a time: no statement takes long, and none waits long.

    Readers meet old counts beside new ones meanwhile, which only changes how things are found.
    """
    stored = SearchTerm.objects.using(using)
    changes = Counter({term: -number for term, number in stored.values_list("term", "documents")})
    documents = SearchDocument.objects.using(using)
    last = documents.aggregate(last=models.Max("article_id"))["last"] or 0
    for first in range(0, last + 1, SAMPLE * READ_AT_ONCE):
        sampled = range(first, first + SAMPLE * READ_AT_ONCE, SAMPLE)
        found = documents.filter(article_id__in=sampled)
        for terms in found.values_list("terms", flat=True):
            changes.update(terms.split())
    add(using, changes)
    stored.filter(documents__lte=0).delete()


class Span(NamedTuple):
    numbers: list[tuple[int, int]]  # of blocks, each a level and a number, the newest first
    is_everything: bool


def span(frequencies: Frequencies, *, documents: float, before: int, since: int) -> Span:
    """The fewest blocks from ``before`` back with about so many documents, or to ``since``."""
    for level, shift in enumerate(BLOCK_SHIFTS):
        newest = frequencies.newest_before[before] >> (MOMENT_SHIFT + shift)
        numbers, seen = [], 0
        for number in range(newest, newest - BLOCKS_BACK, -1):
            numbers.append((level, number))
            seen += frequencies.counted.get(block_term(level, number), 0)
            if number << (MOMENT_SHIFT + shift) <= since:
                return Span(numbers, is_everything=True)
            if seen >= documents:
                return Span(numbers, is_everything=False)
    return Span([], is_everything=True)

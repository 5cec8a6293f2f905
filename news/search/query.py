"""``search()``: from a reader's words to articles in order, with counts, in six queries at most.

1. *Frequencies.* About how common is each word, and all of them? 2. *Probe.* Words that are not
known to be common are looked up alone, PROBE documents at most: is there anything under them?
3. *Probe again*, where there is little: second-class readings (another keyboard, the noun behind an
adjective), the beginnings of a last word that may be unfinished. 4. *Select* the newest WINDOW
documents with all the words, and those with them in headline and lead. 5. *Fall back* where these
are few to the documents with most of the words, rare ones counting more. 6. *Score* the best RANKED
of them.

What is common is bounded (``matching``), what is rare is complete: an archive of any size costs
the same. Every step is either an exact set in an exact order or our own arithmetic, hence the same
answer on SQLite and on PostgreSQL. Where not everything was looked at, the total and the counts
are lower bounds (``Results.is_exact``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from django.db import connections
from django.utils import timezone

from news.cursors import cursor_for
from news.querysets import ArticleQuerySet
from news.search import frequencies, matching, parsing, scoring
from news.search.counting import EVERYTHING, Counts, Filters, count
from news.search.documents import (
    ARTICLE_MASK,
    ARTICLE_SHIFT,
    LANGUAGE_MASK,
    LANGUAGE_NUMBERS,
    LANGUAGES_BY_NUMBER,
    MOMENT_SHIFT,
    first_key_at,
)
from news.search.frequencies import Frequencies
from news.search.index import HEADLINE, LEAD
from news.search.matching import Answer, Name, Question, Scope
from news.search.parsing import Query
from news.search.scoring import Wanted

PROBE = 100
COMMON = 200  # documents from which on a word's number is taken as estimated
WINDOW = 300
PROMINENT = 100
FALLBACK = 200
DEEP = 8000  # documents of the rarest word to look at before giving up on all words together
RANKED = 60
FEW, HARDLY_ANY = 20, 5
PREFERRED = 1.2

LAST_KEY = (1 << 63) - 1

Order = Literal["best", "newest"]


class Hit(NamedTuple):
    article_id: int
    language: str


@dataclass(frozen=True)
class Results:
    query: Query
    hits: list[Hit] = field(default_factory=list)  # all of them; a page is a slice
    is_exact: bool = True  # else there are more than ``len(hits)``
    is_exhaustive: bool = True  # else articles may have all the words, and be older
    has_all_words: bool = True  # else the best of them, because no article has all
    unknown_words: list[str] = field(default_factory=list)  # found nowhere, hence left out
    counts: Counts = field(default_factory=Counts)

    @property
    def total(self) -> int:
        return len(self.hits)


def search(
    text: str,
    *,
    articles: ArticleQuerySet | None = None,
    filters: Filters = EVERYTHING,
    order: Order = "best",
    prefer: str | None = None,
    complete: bool = True,
    at: datetime | None = None,
) -> Results:
    """``articles`` is what the searcher may see, else what is public; ``prefer`` the language of
    the page.

    ``complete=False`` also finds languages without headline or text, which the admin wants.
    """
    query = parsing.parse(text)
    if query.is_empty:
        return Results(query)
    at = at or timezone.now()
    # What is scheduled is the newest of all where it may be seen.
    newest = _after(at) if complete else LAST_KEY
    anywhere = Scope(articles, complete=complete, before=newest)
    narrow = Scope(
        articles,
        section=filters.section.pk if filters.section else None,
        language=filters.language,
        period=filters.period,
        complete=complete,
        before=min(newest, _after(filters.period.ends_at)) if filters.period else newest,
    )
    known = frequencies.read(
        anywhere.using,
        _with_places(_strong(query)).union(*narrow.groups),
        {anywhere.before, narrow.before},
    )
    query, words, unknown = _understand(query, anywhere, known)
    if not words:
        return Results(query, unknown_words=unknown)
    scopes = {"found": narrow}
    if filters != EVERYTHING:
        scopes["wide"] = anywhere
    selection = _select(query, words, scopes, known)
    found = selection.shares["found"]
    if order == "newest":
        keys = sorted(found, reverse=True)
    else:
        keys = _ranked(query, words, found, prefer, at, anywhere.using)
    wide = selection.shares.get("wide", found)
    return Results(
        query,
        hits=_hits(keys, prefer, by_rank=order == "best"),
        is_exact=selection.is_complete,
        is_exhaustive=selection.is_exhaustive,
        has_all_words=selection.has_all_words,
        unknown_words=unknown,
        counts=count({key: selection.sections[key] for key in wide}, filters),
    )


def _after(moment: datetime) -> int:
    return first_key_at(moment) + (1 << MOMENT_SHIFT)


def _strong(query: Query) -> set[str]:
    return {term for word in query.words for term in word.strong}


def _with_places(terms: Iterable[str]) -> set[str]:
    return {place + term for term in terms for place in ("", HEADLINE, LEAD)}


def _understand(
    query: Query, scope: Scope, known: Frequencies
) -> tuple[Query, list[Wanted], list[str]]:
    """The words that occur, each with its readings and its weight; and those that do not."""
    found = _Found(known)
    found.ask(_probes(query, scope))
    typed = query if any(map(found.number, _names(query))) else _typed_elsewhere(query)
    found.ask(_second_probes(query, typed, found, scope))
    if typed is not query and any(found.number(("typed", *name)) for name in _names(typed)):
        query, found = typed, found.typed()
    words, unknown = [], []
    for place, word in enumerate(query.words):
        names: list[Name] = [(place,)]
        terms = dict(word.strong)
        if found.number((place, "weak")):
            terms = word.weak | terms
            names.append((place, "weak"))
        if found.number((place, "beginning")):
            terms = _beginnings(word.beginning) | terms
            names.append((place, "beginning"))
        if not any(map(found.number, names)) and found.number((place, "stump")):
            terms, names = _beginnings(word.stump), [(place, "stump")]
        if number := found.together(names):
            words.append(Wanted(word.text, terms, scoring.rarity(number, known.documents)))
        else:
            unknown.append(word.text)
    return query, words, unknown


class _Found:
    """How many documents answer each probe: estimated where they are many, else looked up."""

    def __init__(self, known: Frequencies) -> None:
        self.known = known
        self.estimates: dict[Name, int] = {}
        self.answers: dict[Name, Answer] = {}

    def ask(self, questions: Mapping[Name, Question]) -> None:
        rare = {}
        for name, question in questions.items():
            number = min(map(self.known.of, question.groups))
            if number >= COMMON:
                self.estimates[name] = number
            else:
                rare[name] = question
        self.answers |= matching.ask(rare, self.known)

    def number(self, name: Name) -> int:
        if name in self.estimates:
            return self.estimates[name]
        return len(self.answers[name].sections) if name in self.answers else 0

    def together(self, names: list[Name]) -> float:
        keys = {
            key for name in names if name in self.answers for key in self.answers[name].sections
        }
        newest = sorted(keys, reverse=True)[:PROBE]
        most = max((self.estimates.get(name, 0) for name in names), default=0)
        return max(most, scoring.estimated(newest, PROBE, self.known))

    def typed(self) -> "_Found":
        """The answers to what the other keyboard would have written, under plain names."""
        found = _Found(self.known)
        found.estimates = {n[1:]: e for n, e in self.estimates.items() if n[0] == "typed"}
        found.answers = {n[1:]: a for n, a in self.answers.items() if n[0] == "typed"}
        return found


def _names(query: Query) -> list[Name]:
    return [(place,) for place in range(len(query.words))]


def _typed_elsewhere(query: Query) -> Query:
    text = parsing.on_other_keyboard(query.text)
    return query if text == query.text else parsing.parse(text)


def _probes(query: Query, scope: Scope) -> dict[Name, Question]:
    return {
        (place,): Question(scope, [word.strong], PROBE) for place, word in enumerate(query.words)
    }


def _second_probes(query: Query, typed: Query, found: _Found, scope: Scope) -> dict[Name, Question]:
    questions: dict[Name, Question] = {}
    for place, word in enumerate(query.words):
        number = found.number((place,))
        if word.weak and number < FEW:
            questions[place, "weak"] = Question(scope, [word.weak], PROBE)
        if word.beginning and number < HARDLY_ANY:
            questions[place, "beginning"] = _begins(scope, word.beginning)
        if word.stump and not number:
            questions[place, "stump"] = _begins(scope, word.stump)
    if typed is not query:
        questions |= {("typed", *name): one for name, one in _probes(typed, scope).items()}
    if found.known.documents > matching.REACH:  # else nothing is too common to be asked for
        terms = {term for one in questions.values() for group in one.groups for term in group}
        frequencies.read_more(scope.using, found.known, _with_places(terms))
    return questions


def _beginnings(terms: Mapping[str, float]) -> dict[str, float]:
    return {f"{term}*": worth for term, worth in terms.items()}


def _begins(scope: Scope, terms: Mapping[str, float]) -> Question:
    return Question(scope, [_beginnings(terms)], PROBE)


@dataclass
class _Selection:
    """For each scope: keys, and what share of the query's weight they are known to have."""

    shares: dict[str, dict[int, float]]
    sections: dict[int, int]
    is_complete: bool
    is_exhaustive: bool = True
    has_all_words: bool = True


def _select(
    query: Query, words: list[Wanted], scopes: Mapping[str, Scope], known: Frequencies
) -> _Selection:
    groups = [list(word.terms) for word in words]
    prominent = [[mark + term for term in group for mark in (HEADLINE, LEAD)] for group in groups]
    questions: dict[Name, Question] = {}
    for name, scope in scopes.items():
        questions[name, "all"] = Question(scope, groups, WINDOW, query.phrases)
    questions["found", "top"] = Question(scopes["found"], prominent, PROMINENT, query.phrases)
    answers = matching.ask(questions, known)
    selection = _Selection(
        shares={name: dict.fromkeys(answers[name, "all"].sections, 1.0) for name in scopes},
        sections=_sections(answers),
        is_complete=answers["found", "all"].is_complete,
    )
    found = selection.shares["found"]
    found |= dict.fromkeys(answers["found", "top"].sections, 1.1)
    if len(found) < HARDLY_ANY and (len(words) > 1 or query.phrases):
        _fall_back(words, selection, scopes, known)
    return selection


def _sections(answers: Mapping[Name, Answer]) -> dict[int, int]:
    return {key: one for answer in answers.values() for key, one in answer.sections.items()}


def _fall_back(
    words: list[Wanted],
    selection: _Selection,
    scopes: Mapping[str, Scope],
    known: Frequencies,
) -> None:
    """All words without quotes, all but one, the rarest few: the best share of each document."""
    total = sum(word.weight for word in words)
    rarest = sorted(words, key=lambda word: (-word.weight, word.word))
    subsets = [
        words,
        *([one for one in words if one is not left_out] for left_out in words),
        *(rarest[:number] for number in range(1, len(words) - 1)),
        *([one] for one in rarest[1:3]),
    ]
    subsets = [subset for subset in subsets if subset]
    answers = matching.ask(
        {
            (name, number): Question(
                scope,
                [list(word.terms) for word in subset],
                FALLBACK,
                reach=DEEP if subset is words else matching.REACH,
            )
            for name, scope in scopes.items()
            for number, subset in enumerate(subsets)
        },
        known,
    )
    selection.sections |= _sections(answers)
    selection.has_all_words = bool(selection.shares["found"])
    selection.is_exhaustive = answers["found", 0].is_complete
    worth = [0.99 * sum(word.weight for word in subset) / total for subset in subsets]
    for name in scopes:
        shares = selection.shares[name]
        for number, share in enumerate(worth):
            for key in answers[name, number].sections:
                shares[key] = max(share, shares.get(key, 0.0))
        least = 0.6 * max(shares.values(), default=0.0)
        selection.shares[name] = {key: share for key, share in shares.items() if share >= least}
        if name == "found":
            selection.is_complete &= all(
                answers[name, number].is_complete
                for number, share in enumerate(worth)
                if share >= least
            )


def _ranked(
    query: Query,
    words: list[Wanted],
    found: dict[int, float],
    prefer: str | None,
    at: datetime,
    using: str,
) -> list[int]:
    if not found:
        return []
    by_share = sorted(sorted(found, reverse=True), key=found.__getitem__, reverse=True)
    text_read = "words" if query.in_order else "''"  # not read in vain: it is long
    chosen, connection = by_share[:RANKED], connections[using]
    one_of = f"IN ({', '.join(map(str, chosen))})"
    if is_array := connection.vendor == "postgresql":
        one_of = "= ANY (%s::bigint[])"  # one text, however many: planned once
    with cursor_for(connection) as cursor:
        cursor.execute(
            f"SELECT key, length, {text_read}, terms"  # noqa: S608 - numbers of our own
            f" FROM news_searchdocument WHERE key {one_of}",
            [f"{{{','.join(map(str, chosen))}}}"] if is_array else [],
        )
        documents = cursor.fetchall()
    preferred = LANGUAGE_NUMBERS.get(prefer or "")
    scores = {
        key: scoring.score(
            words,
            terms=terms,
            text=text,
            length=length,
            in_order=query.in_order,
            age=at.timestamp() - (key >> MOMENT_SHIFT),
        )
        * (PREFERRED if key & LANGUAGE_MASK == preferred else 1)
        for key, length, text, terms in documents
    }
    best = sorted(scores, key=lambda key: (-scores[key], -key))
    return best + [key for key in by_share if key not in scores]


def _hits(keys: list[int], prefer: str | None, *, by_rank: bool) -> list[Hit]:
    """Each article once, in the language that came first or, by date, in the reader's."""
    hits: dict[int, Hit] = {}
    preferred = None if by_rank else LANGUAGE_NUMBERS.get(prefer or "")
    for key in keys:
        article, language = key >> ARTICLE_SHIFT & ARTICLE_MASK, key & LANGUAGE_MASK
        if article not in hits or language == preferred:
            hits[article] = Hit(article, LANGUAGES_BY_NUMBER[language])
    return list(hits.values())

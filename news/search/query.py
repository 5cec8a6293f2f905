"""``search()``: from a reader's words to articles in order, with counts, in six queries at most.

1. *Probe.* Each word is looked up alone, PROBE documents at most: is there anything under it, and
   how rare is it? Second-class readings (another keyboard, the noun behind an adjective) join
   where there is little. 2. *Probe again* where the last word may be unfinished or the keyboard was
   not switched. 3. *Select* the newest WINDOW documents with all the words, and those with them in
   headline and lead however old. 4. *Fall back* where these are few to the documents with most of
   the words, rare ones counting more. 5. *Score* the best RANKED of them. 6. *Count* by section.

What is common is bounded, what is rare is complete: an archive of any size costs the same.
Every step is either an exact set in an exact order or our own arithmetic, hence the same answer on
SQLite and on PostgreSQL. Beyond WINDOW documents the total and the counts are lower bounds
(``Results.is_exact``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from django.utils import timezone

from news.languages import LANGUAGES
from news.querysets import ArticleQuerySet
from news.search import matching, parsing, scoring
from news.search.counting import EVERYTHING, Counts, Filters, count
from news.search.documents import MOMENT_SHIFT, SearchDocument, parts
from news.search.index import HEADLINE, LEAD
from news.search.matching import Name, Question, Scope
from news.search.parsing import Query
from news.search.scoring import Wanted

PROBE = 100
WINDOW = 1000
PROMINENT = 300
FALLBACK = 300
RANKED = 80
FEW, HARDLY_ANY = 20, 5
PREFERRED = 1.2

Order = Literal["best", "newest"]


@dataclass(frozen=True)
class Hit:
    article_id: int
    language: str


@dataclass(frozen=True)
class Results:
    query: Query
    hits: list[Hit] = field(default_factory=list)  # all of them; a page is a slice
    is_exact: bool = True  # else there are more than ``len(hits)``
    has_all_words: bool = True  # else the best of them, because no article has all
    unknown_words: list[str] = field(default_factory=list)  # found nowhere, hence left out
    counts: Counts = field(default_factory=Counts)

    @property
    def total(self) -> int:
        return len(self.hits)


def search(
    text: str,
    *,
    articles: ArticleQuerySet,
    filters: Filters = EVERYTHING,
    order: Order = "best",
    prefer: str | None = None,
    complete: bool = True,
    at: datetime | None = None,
) -> Results:
    """``articles`` is whom the searcher may see; ``prefer`` the language of the page.

    ``complete=False`` also finds languages without headline or text, which the admin wants.
    """
    query = parsing.parse(text)
    anywhere = Scope(articles, LANGUAGES, complete=complete)
    query, words, unknown = _understand(query, anywhere)
    if not words:
        return Results(query, unknown_words=unknown)
    narrow = replace(
        anywhere,
        articles=articles.in_section(filters.section) if filters.section else articles,
        languages=[filters.language] if filters.language else LANGUAGES,
        period=filters.period,
    )
    scopes = {"found": narrow}
    if filters != EVERYTHING:
        scopes["wide"] = anywhere
    found, has_all_words = _select(query, words, scopes)
    if order == "newest":
        keys = sorted(found["found"], reverse=True)
    else:
        keys = _ranked(query, words, found["found"], prefer, at or timezone.now())
    return Results(
        query,
        hits=_hits(keys, prefer, by_rank=order == "best"),
        is_exact=len(found["found"]) < WINDOW,
        has_all_words=has_all_words,
        unknown_words=unknown,
        counts=count(found.get("wide", found["found"]), filters),
    )


def _understand(query: Query, scope: Scope) -> tuple[Query, list[Wanted], list[str]]:
    """The words that occur, each with its readings and its weight; and those that do not."""
    found, extent = matching.ask_with_extent(_probes(query, scope))
    typed = query if any(found.values()) else _typed_elsewhere(query)
    found |= matching.ask(_second_probes(query, typed, found, scope))
    if any(keys for name, keys in found.items() if name[0] == "typed"):
        query, found = typed, {name[1:]: keys for name, keys in found.items() if name[0] == "typed"}
    words, unknown = [], []
    for place, word in enumerate(query.words):
        terms, keys = dict(word.strong), set(found[place,])
        if weak := found.get((place, "weak")):
            terms = word.weak | terms
            keys.update(weak)
        if beginning := found.get((place, "beginning")):
            terms = _beginnings(word.beginning) | terms
            keys.update(beginning)
        if not keys and (stump := found.get((place, "stump"))):
            terms, keys = _beginnings(word.stump), set(stump)
        if keys:
            newest = sorted(keys, reverse=True)[:PROBE]
            words.append(Wanted(word.text, terms, scoring.rarity(newest, PROBE, extent)))
        else:
            unknown.append(word.text)
    return query, words, unknown


def _typed_elsewhere(query: Query) -> Query:
    text = parsing.on_other_keyboard(query.text)
    return query if text == query.text else parsing.parse(text)


def _probes(query: Query, scope: Scope) -> dict[Name, Question]:
    return {
        (place,): Question(scope, [word.strong], PROBE) for place, word in enumerate(query.words)
    }


def _second_probes(
    query: Query, typed: Query, found: dict[Name, list[int]], scope: Scope
) -> dict[Name, Question]:
    questions: dict[Name, Question] = {}
    for place, word in enumerate(query.words):
        known = len(found[place,])
        if word.weak and known < FEW:
            questions[place, "weak"] = Question(scope, [word.weak], PROBE)
        if word.beginning and known < HARDLY_ANY:
            questions[place, "beginning"] = _begins(scope, word.beginning)
        if word.stump and not known:
            questions[place, "stump"] = _begins(scope, word.stump)
    if typed is not query:
        questions |= {("typed", *name): one for name, one in _probes(typed, scope).items()}
    return questions


def _beginnings(terms: Mapping[str, float]) -> dict[str, float]:
    return {f"{term}*": worth for term, worth in terms.items()}


def _begins(scope: Scope, terms: Mapping[str, float]) -> Question:
    return Question(scope, [_beginnings(terms)], PROBE)


def _select(
    query: Query, words: list[Wanted], scopes: Mapping[str, Scope]
) -> tuple[dict[str, dict[int, float]], bool]:
    """For each scope: keys, and what share of the query's weight they are known to have."""
    groups = [list(word.terms) for word in words]
    prominent = [[mark + term for term in group for mark in (HEADLINE, LEAD)] for group in groups]
    questions: dict[Name, Question] = {}
    for name, scope in scopes.items():
        questions[name, "all"] = Question(scope, groups, WINDOW, query.phrases)
        questions[name, "top"] = Question(scope, prominent, PROMINENT, query.phrases)
    answers = matching.ask(questions)
    found = {
        name: dict.fromkeys(answers[name, "all"], 1.0) | dict.fromkeys(answers[name, "top"], 1.1)
        for name in scopes
    }
    if len(found["found"]) >= HARDLY_ANY or (len(words) == 1 and not query.phrases):
        return found, True
    has_all_words = bool(found["found"])
    return _with_fallback(words, found, scopes), has_all_words


def _with_fallback(
    words: list[Wanted], found: dict[str, dict[int, float]], scopes: Mapping[str, Scope]
) -> dict[str, dict[int, float]]:
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
            (name, number): Question(scope, [list(w.terms) for w in subset], FALLBACK)
            for name, scope in scopes.items()
            for number, subset in enumerate(subsets)
        }
    )
    widened = {}
    for name in scopes:
        shares = dict(found[name])
        for number, subset in enumerate(subsets):
            share = 0.99 * sum(word.weight for word in subset) / total
            for key in answers[name, number]:
                shares[key] = max(share, shares.get(key, 0.0))
        least = 0.6 * max(shares.values(), default=0.0)
        widened[name] = {key: share for key, share in shares.items() if share >= least}
    return widened


def _ranked(
    query: Query, words: list[Wanted], found: dict[int, float], prefer: str | None, at: datetime
) -> list[int]:
    by_share = sorted(found, key=lambda key: (-found[key], -key))
    documents = SearchDocument.objects.filter(key__in=by_share[:RANKED])
    scores = {
        key: scoring.score(
            words,
            terms=terms,
            text=text,
            length=length,
            in_order=query.in_order,
            age=at.timestamp() - (key >> MOMENT_SHIFT),
        )
        * (PREFERRED if parts(key).language == prefer else 1)
        for key, length, text, terms in documents.values_list("key", "length", "words", "terms")
    }
    best = sorted(scores, key=lambda key: (-scores[key], -key))
    return best + [key for key in by_share if key not in scores]


def _hits(keys: list[int], prefer: str | None, *, by_rank: bool) -> list[Hit]:
    """Each article once, in the language that came first or, by date, in the reader's."""
    hits: dict[int, Hit] = {}
    for _moment, article, language in map(parts, keys):
        if article not in hits or (not by_rank and language == prefer):
            hits[article] = Hit(article, language)
    return list(hits.values())

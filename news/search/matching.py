"""What the database is asked: which documents contain which terms, newest first.

Its full-text index only matches; the order is found by ``scoring``, so that SQLite and
PostgreSQL answer alike. What is rare is found completely. What is common is sought among the
newest documents alone, in as many of them as are expected to fill the limit, at most as hold
``reach`` documents of the rarest term asked for: PostgreSQL is asked for the terms of their blocks
as well, which its index meets without reading on, SQLite walks its lists from the end. Both stop
at the same document.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.utils import timezone

from news.languages import LANGUAGES
from news.models import Article
from news.periods import Period
from news.prepared import Prepared
from news.querysets import ArticleQuerySet
from news.search.documents import (
    ARTICLE_MASK,
    ARTICLE_SHIFT,
    BLOCK_SHIFTS,
    LANGUAGE_MASK,
    LANGUAGE_NUMBERS,
    MOMENT_SHIFT,
    block_term,
    first_key_at,
    language_term,
    section_term,
)
from news.search.frequencies import Frequencies, span

REACH = 2500
# So many times the limit is sought: of one word, and of words that may meet less than by chance.
ENOUGH, ENOUGH_OF_MANY = 1.5, 3.0

_Sql = tuple[str, Iterable[Any]]


def _columns(articles: ArticleQuerySet) -> Any:
    flags = [f"has_{language}" for language in LANGUAGES]
    return articles.order_by().values_list("id", "section_id", *flags)


_PUBLIC = Prepared(lambda *, now: _columns(Article.objects.published(now)))


@dataclass(frozen=True)
class Scope:
    """Whose documents count. ``articles`` decides alone what may be shown; None: what is public
    now."""

    articles: ArticleQuerySet | None
    section: int | None = None
    language: str | None = None
    period: Period | None = None
    # The public sees a language of an article when headline and text exist in it.
    complete: bool = True
    before: int = 0  # the key that the newest documents of interest come before

    @cached_property
    def shown(self) -> _Sql:
        """``articles`` as a statement; EmptyResultSet where there can be none."""
        if self.articles is None:
            return _PUBLIC.statement(now=timezone.now())
        rows = _columns(self.articles)
        return rows.query.get_compiler(connection=connections[self.using]).as_sql()

    @cached_property
    def using(self) -> str:
        return router.db_for_read(Article) if self.articles is None else self.articles.db

    @property
    def groups(self) -> list[list[str]]:
        """What the index knows of it; a section changed past ``save()`` calls for a rebuild."""
        groups = []
        if self.section is not None:
            groups.append([section_term(self.section)])
        if self.language is not None:
            groups.append([language_term(self.language)])
        return groups


@dataclass(frozen=True)
class Question:
    """Documents with one term at least of each group, and every phrase; «x*» is a beginning."""

    scope: Scope
    groups: Iterable[Collection[str]]
    limit: int
    phrases: Collection[str] = ()
    reach: int = field(default_factory=lambda: REACH)


@dataclass
class Answer:
    """Keys with the article's section, newest first; not all where there were too many."""

    sections: dict[int, int] = field(default_factory=dict)
    is_complete: bool = True
    seen: int = 0  # with those that may not be shown


Name = tuple[str | int, ...]  # what a caller calls its question


def ask(questions: Mapping[Name, Question], frequencies: Frequencies) -> dict[Name, Answer]:
    """One statement for all questions; they share whose articles they are about."""
    names, asked = list(questions), list(questions.values())
    answers = {name: Answer() for name in names}
    if not asked:
        return answers
    connection = connections[asked[0].scope.using]
    try:
        shown = asked[0].scope.shown
    except EmptyResultSet:
        return answers
    statements: list[str] = []
    params: list[Any] = [*shown[1]]
    for number, question in enumerate(asked):
        reach = _reach(question, frequencies)
        sql, values = _statement(number, question, reach, sqlite=connection.vendor == "sqlite")
        statements.append(sql)
        params += values
        answers[names[number]].is_complete = reach.is_complete
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH shown AS NOT MATERIALIZED ({shown[0]}) " + " UNION ALL ".join(statements),
            params,
        )
        rows = cursor.fetchall()
    # The parts of a union come in no promised order.
    rows.sort(key=itemgetter(1), reverse=True)
    rows.sort(key=itemgetter(0))
    for number, key, fits, section, *has in rows:
        answer, scope = answers[names[number]], asked[number].scope
        answer.seen += 1
        if (
            fits
            and section is not None
            and scope.section in (None, section)
            and (not scope.complete or has[_PLACES[key & LANGUAGE_MASK]])
        ):
            answer.sections[key] = section
    for name, question in questions.items():
        if answers[name].seen >= question.limit:
            answers[name].is_complete = False
    return answers


_PLACES = {LANGUAGE_NUMBERS[language]: place for place, language in enumerate(LANGUAGES)}


@dataclass(frozen=True)
class _Reach:
    """The groups of terms as they are asked, and the blocks of the newest documents, if needed."""

    groups: list[list[str]]
    blocks: list[tuple[int, int]]  # level and number
    is_complete: bool


def _reach(question: Question, frequencies: Frequencies) -> _Reach:
    groups, is_complete = [], True
    for group in (*question.groups, *question.scope.groups):
        terms: list[str] = []
        for term in sorted(group):
            # A beginning of common words stands for the most common of them.
            if term.endswith("*") and frequencies.of([term]) > question.reach:
                terms += frequencies.completions[term]
                is_complete = False
            else:
                terms.append(term)
        groups.append(terms)
    numbers = [frequencies.of(group) for group in groups]
    rarest = min(numbers)
    if rarest <= min(question.limit, question.reach):
        return _Reach(groups, [], is_complete)
    documents = (ENOUGH if len(groups) == 1 else ENOUGH_OF_MANY) * question.limit
    documents *= math.prod(frequencies.documents / number for number in numbers)
    if rarest > question.reach:
        documents = min(documents, question.reach * frequencies.documents / rarest)
    elif documents * 2 > frequencies.documents:
        return _Reach(groups, [], is_complete)
    period = question.scope.period
    blocks = span(
        frequencies,
        documents=documents,
        before=question.scope.before,
        since=first_key_at(period.starts_at) if period else 0,
    )
    return _Reach(groups, blocks.numbers, is_complete and blocks.is_everything)


def _statement(number: int, question: Question, reach: _Reach, *, sqlite: bool) -> _Sql:
    key = "rowid" if sqlite else "key"
    params: list[Any]
    if sqlite:
        article = f"(rowid >> {ARTICLE_SHIFT}) & {ARTICLE_MASK}"
        inner, order = "news_search", "rowid"
        conditions = ["news_search MATCH %s"]
        params = [" AND ".join(_either(group, '"', "*", " OR ") for group in reach.groups)]
        if reach.blocks:
            conditions.append("rowid >= %s AND rowid < %s")
            params += _bounds(reach.blocks)
    else:
        # FTS5 walks its lists from the end and stops at the limit. PostgreSQL would walk the
        # whole table where it takes a rare word for a common one; a sum keeps it to the index.
        article, order, inner = "article_id", "key + 0", "news_searchdocument"
        groups = [*reach.groups]
        if reach.blocks:
            groups.append([block_term(*block) for block in reach.blocks])
        # Each group a condition of its own: so the index leaps from one to the other.
        conditions = ["news_search_vector(vector) @@ %s::tsquery"] * len(groups)
        params = [_either(group, "'", ":*", " | ") for group in groups]
    if period := question.scope.period:
        conditions.append(f"{key} >= %s AND {key} < %s")
        params += [first_key_at(period.starts_at), first_key_at(period.ends_at)]
    fits, phrases = "1", list(question.phrases)
    if phrases:
        place = "instr" if sqlite else "strpos"
        words = "(SELECT words FROM news_searchdocument AS whole WHERE whole.key = found.key)"
        fits = " + ".join([f"CASE WHEN {place}({words}, %s) > 0 THEN 0 ELSE 1 END"] * len(phrases))
        fits = f"CASE WHEN {fits} = 0 THEN 1 ELSE 0 END"
    return (
        f"SELECT {number}, found.key, {fits}, shown.section_id, {_FLAGS} FROM"  # noqa: S608 - our names
        f" (SELECT {key} AS key, {article} AS article FROM {inner} WHERE"
        f" {' AND '.join(conditions)} ORDER BY {order} DESC LIMIT {question.limit}) AS found"
        " LEFT JOIN shown ON shown.id = found.article",
        (*(f" {phrase} " for phrase in phrases), *params),
    )


_FLAGS = ", ".join(f"shown.has_{language}" for language in LANGUAGES)


def _bounds(blocks: Collection[tuple[int, int]]) -> tuple[int, int]:
    (level, first), (_level, last) = min(blocks), max(blocks)
    shift = MOMENT_SHIFT + BLOCK_SHIFTS[level]
    return first << shift, (last + 1) << shift


def _either(terms: Iterable[str], quote: str, beginning: str, either: str) -> str:
    """Terms are letters and digits only (``analysis.normalise``): nothing to escape in either."""

    def one(term: str) -> str:
        word = term.removesuffix("*")
        return f"{quote}{word}{quote}{beginning if term.endswith('*') else ''}"

    return f"({either.join(map(one, terms))})"

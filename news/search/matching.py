"""What the database is asked: which documents contain which terms, newest first.

Its full-text index only matches; the order is found by ``scoring``, so that SQLite and
PostgreSQL answer alike. Every question has a limit, and documents lie in the order of their
moments, so that a word of every second article costs no more than the newest few of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, CharField, Func, Q
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact

from news.periods import Period
from news.querysets import ArticleQuerySet
from news.search.documents import (
    ARTICLE_MASK,
    ARTICLE_SHIFT,
    LANGUAGE_MASK,
    LANGUAGE_NUMBERS,
    first_key_at,
)

# How many documents are counted to learn whether the archive is small; beyond, it is large.
COUNTED = 20_000
EXTENT = """
    SELECT -1, (SELECT count(*) FROM (SELECT 1 FROM news_searchdocument LIMIT 20000) AS counted)
    UNION ALL SELECT -2, (SELECT min(key) FROM news_searchdocument)
    UNION ALL SELECT -3, (SELECT max(key) FROM news_searchdocument)
"""

_Sql = tuple[str, Iterable[Any]]


@dataclass(frozen=True)
class Scope:
    """Whose documents count. ``articles`` decides alone what may be shown."""

    articles: ArticleQuerySet
    languages: Collection[str]
    period: Period | None = None
    # The public sees a language of an article when headline and text exist in it.
    complete: bool = True


@dataclass(frozen=True)
class Question:
    """Documents with one term at least of each group, and every phrase; «x*» is a beginning."""

    scope: Scope
    groups: Iterable[Iterable[str]]
    limit: int
    phrases: Collection[str] = ()


@dataclass(frozen=True)
class Extent:
    """How many documents there are, at most COUNTED, and the keys they lie between."""

    documents: int
    oldest: int
    newest: int


Name = tuple[str | int, ...]  # what a caller calls its question


def ask(questions: Mapping[Name, Question]) -> dict[Name, list[int]]:
    """The keys for each question, newest first, in one statement."""
    names = list(questions)
    answers: dict[Name, list[int]] = {name: [] for name in questions}
    for number, key in _rows(list(questions.values()), extent=False):
        answers[names[number]].append(key)
    return answers


def ask_with_extent(
    questions: Mapping[Name, Question],
) -> tuple[dict[Name, list[int]], Extent]:
    names = list(questions)
    answers: dict[Name, list[int]] = {name: [] for name in questions}
    extent = {-1: 0, -2: 0, -3: 0}
    for number, key in _rows(list(questions.values()), extent=True):
        if number < 0:
            extent[number] = key or 0
        else:
            answers[names[number]].append(key)
    return answers, Extent(extent[-1], extent[-2], extent[-3])


def _rows(questions: list[Question], *, extent: bool) -> list[tuple[int, int]]:
    if not questions:
        return []
    connection = connections[questions[0].scope.articles.db]
    shown: dict[int, _Sql | None] = {}  # making SQL of a scope takes longer than running it
    statements: list[str] = []
    params: list[Any] = []
    for number, question in enumerate(questions):
        scope = question.scope
        if id(scope) not in shown:
            shown[id(scope)] = _shown(scope, connection)
        if (condition := shown[id(scope)]) is None:
            continue
        sql, values = _statement(number, question, condition, sqlite=connection.vendor == "sqlite")
        statements.append(f"SELECT * FROM ({sql}) AS q{number}")  # noqa: S608 - built below
        params += values
    if extent:
        statements.append(EXTENT)
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        # The parts of a union come in no promised order.
        return sorted(cursor.fetchall(), key=lambda row: (row[0], -(row[1] or 0)))


def _table_and_key(sqlite: bool) -> tuple[str, str]:
    return ("news_search", "rowid") if sqlite else ("news_searchdocument", "key")


def _statement(number: int, question: Question, shown: _Sql, *, sqlite: bool) -> _Sql:
    table, key = _table_and_key(sqlite)
    conditions = ["news_search MATCH %s" if sqlite else "news_search_vector(vector) @@ %s::tsquery"]
    params: list[Any] = [_expression(question.groups, sqlite=sqlite)]
    if period := question.scope.period:
        conditions.append(f"{table}.{key} >= %s AND {table}.{key} < %s")
        params += [first_key_at(period.starts_at), first_key_at(period.ends_at)]
    for phrase in question.phrases:
        if sqlite:
            words = "(SELECT words FROM news_searchdocument d WHERE d.key = news_search.rowid)"
            conditions.append(f"instr({words}, %s) > 0")
        else:
            conditions.append("strpos(words, %s) > 0")
        params.append(f" {phrase} ")
    conditions.append(f"EXISTS ({shown[0]})")
    # FTS5 walks its lists from the end and stops at the limit. PostgreSQL would walk the whole
    # table where it takes a rare word for a common one; a sum keeps it to the full-text index.
    newest = f"{table}.{key}" if sqlite else f"({table}.{key} + 0)"
    return (
        f"SELECT {number} AS question, {table}.{key} AS key FROM {table}"  # noqa: S608 - our names
        f" WHERE {' AND '.join(conditions)} ORDER BY {newest} DESC LIMIT {question.limit}",
        (*params, *shown[1]),
    )


def _expression(groups: Iterable[Iterable[str]], *, sqlite: bool) -> str:
    """Terms are letters and digits only (``analysis.normalise``): nothing to escape in either."""
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    quote, beginning = ('"', "*") if sqlite else ("'", ":*")

    def one(term: str) -> str:
        word = term.removesuffix("*")
        return f"{quote}{word}{quote}{beginning if term.endswith('*') else ''}"

    return both.join(f"({either.join(map(one, sorted(group)))})" for group in groups)


def _shown(scope: Scope, connection) -> _Sql | None:
    """The scope's articles, tied to the document at hand; None where there are none."""
    tie = _in_key if connection.vendor == "sqlite" else _in_columns
    in_language = Q()
    for language in scope.languages:
        article, rule = tie(language)
        if scope.complete:
            rule &= Q(**{f"has_{language}": True})
        in_language |= rule
    articles = scope.articles.order_by().filter(in_language, pk=article)
    if scope.period:  # the key follows the article's date, but the article decides
        articles = articles.within(scope.period)
    try:
        return articles.values("pk").query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None


def _in_key(language: str) -> tuple[Combinable, Q]:
    """A document's article, and whether it is in a language: the key is all that FTS5 has."""
    key = Func(template="news_search.rowid", output_field=BigIntegerField())
    return (
        key.bitrightshift(ARTICLE_SHIFT).bitand(ARTICLE_MASK),
        Q(Exact(key.bitand(LANGUAGE_MASK), LANGUAGE_NUMBERS[language])),
    )


def _in_columns(language: str) -> tuple[Combinable, Q]:
    """The same for PostgreSQL, which has statistics of columns and would guess about bits."""
    table = "news_searchdocument"
    return (
        Func(template=f"{table}.article_id", output_field=BigIntegerField()),
        Q(Exact(Func(template=f"{table}.language", output_field=CharField()), language)),
    )

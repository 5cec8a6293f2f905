"""Fills a database in bulk. Runs with the portal's settings on the database it is to fill."""

import multiprocessing
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from bench.articles import CHUNK, Plan, Row, differences, rows
from bench.texts import Pool
from comments.models import Comment
from news.models import Article, Picture, Section
from news.search import frequencies
from news.search.documents import SearchDocument

MODELS: list[type[models.Model]] = [Article, SearchDocument, Comment]
FIRST = 1000  # the demo's own articles lie below
FLUSH_EVERY = 20_000

_plan: Plan
_pool: Pool


def load(articles: int, processes: int) -> None:
    call_command("migrate", verbosity=0)
    if Article.objects.filter(pk=FIRST + articles - 1).exists():
        print(f"{articles:,} articles are there already.")
        return
    if Article.objects.filter(pk__gte=FIRST).exists():
        sys.exit("This database holds part of a load that was stopped: drop it and load again.")
    call_command("seed_demo")
    global _plan, _pool  # noqa: PLW0603  (forked processes find them there)
    _pool = Pool()
    _plan = Plan(
        articles,
        FIRST,
        list(Section.objects.values_list("pk", flat=True)),
        list(Picture.objects.values_list("pk", flat=True)),
        Article.objects.values_list("created_by", flat=True)[0],
        timezone.now().replace(microsecond=0),
    )
    _check()
    started = time.monotonic()
    on_postgresql = connection.vendor == "postgresql"
    again = _drop_indexes() if on_postgresql else []
    chunks = range((articles + CHUNK - 1) // CHUNK)
    if on_postgresql:
        connection.close()
        with multiprocessing.get_context("fork").Pool(processes) as workers:
            _watch(workers.imap_unordered(_copy, chunks), articles)
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
        with transaction.atomic():
            _watch(map(_insert, chunks), articles)
    if on_postgresql:
        _run("SET statement_timeout = 0")
    for statement in again:
        print(statement[:100], flush=True)
        _run(statement)
    _finish()
    print(f"{articles:,} articles in {time.monotonic() - started:.0f} s.")


def _check() -> None:
    """The index's rows are composed here: stop where they are not the portal's own any more."""
    articles, documents, _comments = rows(_plan, _pool, 0)
    if wrong := differences(articles[:40], documents):
        sys.exit(f"bench/articles.py composes other documents than news/search/index.py: {wrong}")


def _watch(chunks: Iterable[int], articles: int) -> None:
    done, started = 0, time.monotonic()
    for count in chunks:
        done += count
        seconds = time.monotonic() - started
        bar = "#" * (40 * done // articles)
        left = seconds / done * (articles - done)
        print(f"\r[{bar:<40}] {done:>9,} of {articles:,}, {left:4.0f} s left ", end="", flush=True)
    print()


def _columns(model: type[models.Model]) -> dict[str, Any]:
    """Column → what it holds where a row says nothing; made columns and serials are left out."""
    return {
        field.column: field.get_default()
        for field in model._meta.concrete_fields
        if (not field.generated and not (field.primary_key and isinstance(field, models.AutoField)))
        or (model is Article and field.primary_key)
    }


def _values(model: type[models.Model], found: list[Row]) -> tuple[list[str], list[tuple]]:
    columns = _columns(model)
    return list(columns), [
        tuple(row.get(column, default) for column, default in columns.items()) for row in found
    ]


def _copy(chunk: int) -> int:
    """In a process of its own: three COPYs in a transaction."""
    made = rows(_plan, _pool, chunk)
    with transaction.atomic(), connection.cursor() as cursor:
        for model, found in zip(MODELS, made, strict=True):
            columns, values = _values(model, found)
            names = ", ".join(f'"{column}"' for column in columns)
            with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
                for row in values:
                    copy.write_row(row)
    return len(made[0])


def _insert(chunk: int) -> int:
    made = rows(_plan, _pool, chunk)
    with connection.cursor() as cursor:
        for model, found in zip(MODELS, made, strict=True):
            columns, values = _values(model, found)
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})',
                [tuple(map(_for_sqlite, row)) for row in values],
            )
    return len(made[0])


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value.hex if hasattr(value, "hex") and not isinstance(value, int | float) else value


def _drop_indexes() -> list[str]:
    """On PostgreSQL indexes are made afterwards; returns how."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, pg_get_indexdef(i.indexrelid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = ANY(%s::regclass[])
              AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
            """,
            [[model._meta.db_table for model in MODELS]],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _finish() -> None:
    frequencies.recount("default")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in MODELS:
                if isinstance(model._meta.pk, models.AutoField):
                    table, key = model._meta.db_table, model._meta.pk.column
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'),"
                        f' (SELECT max("{key}") FROM "{table}"))'
                    )
        _run("VACUUM ANALYZE")
    else:
        _run("ANALYZE")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

"""Rows of a table as lines of JSON that are the same whichever database they come from.

Both databases are read and filled past the ORM: a million articles have to go through. Equal
lines mean equal rows, so that a restored table is proven by the hash of its own lines.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

# An old backup must not sign anybody in again; what this server's own jobs did is its own.
LEFT_OUT = {"sessions.Session", "portal.JobRun"}
# A server without any of these has nothing to lose; `migrate` makes rows of other tables.
MADE_BY_PEOPLE = (
    "auth.User",
    "news.Section",
    "news.Article",
    "news.Picture",
    "comments.Comment",
)
READ_AT_ONCE = 500


class UnknownColumnError(TypeError):
    """A kind of column that this module has not learned yet."""


@dataclass(frozen=True)
class Kind:
    """How a column becomes one JSON value; ``{}`` is its name."""

    postgresql: str = "{}"
    sqlite: str = "{}"


MOMENT = "replace(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')"
TIME = "replace(to_char('2000-01-01'::date + {}, 'HH24:MI:SS.US'), '.000000', '')"
# As Django writes them on SQLite; casts there keep its converters away.
NUMBER, TEXT = Kind(), Kind(sqlite="CAST({} AS TEXT)")
KINDS = {
    "boolean": Kind(sqlite="{}+0"),
    "date": Kind("{}::text", "CAST({} AS TEXT)"),
    "moment": Kind(MOMENT, "CAST({} AS TEXT)"),
    "time": Kind(TIME, "CAST({} AS TEXT)"),
    "uuid": Kind("replace({}::text, '-', '')", "CAST({} AS TEXT)"),
    "json": Kind("{}::text", "CAST({} AS TEXT)"),
    "bytes": Kind("encode({}, 'hex')", "lower(hex({}))"),
    "address": Kind("host({})", "CAST({} AS TEXT)"),
    "number": NUMBER,
    "text": TEXT,
}
KIND_OF = {
    **dict.fromkeys(
        ("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField",
         "SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
         "PositiveBigIntegerField"),
        "number",
    ),
    **dict.fromkeys(
        ("CharField", "TextField", "SlugField", "URLField", "EmailField", "FileField",
         "ImageField", "FilePathField"),
        "text",
    ),
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "moment",
    "TimeField": "time",
    "UUIDField": "uuid",
    "JSONField": "json",
    "BinaryField": "bytes",
    "GenericIPAddressField": "address",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    model: type[Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[Field]:
        return [field for field in self.model._meta.local_concrete_fields if not field.generated]

    @property
    def columns(self) -> dict[str, str]:
        """Column → kind, in the order of the lines."""
        return {str(field.column): _kind(field) for field in self.fields}

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @property
    def counts_its_rows(self) -> bool:
        """Whether the database numbers them."""
        return self.model._meta.pk.get_internal_type().endswith("AutoField")


def _kind(field: Field) -> str:
    while field.remote_field:
        field = field.target_field  # type: ignore[attr-defined]
    try:
        return KIND_OF[field.get_internal_type()]
    except KeyError:
        raise UnknownColumnError(
            f"portal/backup/rows.py does not know {field.get_internal_type()} ({field})."
        ) from None


def tables() -> list[Table]:
    """Every table of the portal's models, links between them included."""
    return [
        Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    ]


@contextmanager
def snapshot(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own that sees one moment of the database, and stops nobody's writing."""
    reader = connections[alias].copy(alias)
    options = reader.settings_dict["OPTIONS"]
    if reader.vendor == "postgresql":
        from django.db.backends.postgresql.psycopg_any import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
        options["options"] = (
            "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
            " -c default_transaction_read_only=on"
        )
    else:
        options["transaction_mode"] = "DEFERRED"
    with closing(reader):
        reader.ensure_connection()
        if reader.vendor == "sqlite":
            reader.cursor().execute("BEGIN")
        else:
            reader.set_autocommit(False)
        yield reader
        reader.rollback()


def lines(connection: BaseDatabaseWrapper, table: Table) -> Iterator[bytes]:
    """The rows in the order of their keys, each with its line's end."""
    raw = _sqlite_lines if connection.vendor == "sqlite" else _postgresql_lines
    places = [place for place, kind in enumerate(table.columns.values()) if kind == "json"]
    for line in raw(connection, table):
        yield _with_json_in_order(line, places) if places else line


def _select(connection: BaseDatabaseWrapper, table: Table) -> tuple[list[str], str]:
    quoted = connection.ops.quote_name
    values = [
        getattr(KINDS[kind], connection.vendor).format(quoted(column))
        for column, kind in table.columns.items()
    ]
    order = quoted(table.key)
    if table.columns[table.key] == "text" and connection.vendor == "postgresql":
        order += ' COLLATE "C"'
    return values, f"FROM {quoted(table.name)} ORDER BY {order}"


def _postgresql_lines(connection: BaseDatabaseWrapper, table: Table) -> Iterator[bytes]:
    values, rest = _select(connection, table)
    # The database writes the JSON; COPY doubles its backslashes and has nothing else to escape.
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY (SELECT json_build_array({', '.join(values)}) {rest}) TO STDOUT") as out,
    ):
        rest_of_line = b""
        for block in out:
            *complete, rest_of_line = (rest_of_line + bytes(block)).split(b"\n")
            for line in complete:
                yield line.replace(b"\\\\", b"\\") + b"\n"


def _sqlite_lines(connection: BaseDatabaseWrapper, table: Table) -> Iterator[bytes]:
    selected, rest = _select(connection, table)
    flags = [place for place, kind in enumerate(table.columns.values()) if kind == "boolean"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)} {rest}")
        while found := cursor.fetchmany(READ_AT_ONCE):
            for row in found:
                values = list(row)
                for place in flags:
                    values[place] = None if values[place] is None else bool(values[place])
                yield _line(values)


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _with_json_in_order(line: bytes, places: list[int]) -> bytes:
    values = json.loads(line)
    for place in places:
        if values[place] is not None:
            content = json.loads(values[place])
            values[place] = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return _line(values)


@dataclass
class Tally:
    """Counts and hashes lines as they pass."""

    rows: int = 0

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256()

    def pass_on(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.rows += 1
            self._hash.update(line)
            yield line

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def tally(connection: BaseDatabaseWrapper, table: Table) -> Tally:
    """What a table holds now."""
    found = Tally()
    for _line in found.pass_on(lines(connection, table)):
        pass
    return found


def load(connection: BaseDatabaseWrapper, table: Table, lines: Iterable[bytes]) -> None:
    """Fill an empty table, within the caller's transaction."""
    convert = _converter(connection, table)
    quoted = connection.ops.quote_name
    columns = ", ".join(map(quoted, table.columns))
    rows = (convert(json.loads(line)) for line in lines)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" for _column in table.columns)
            # The driver's own: Django would look through every statement for its placeholders.
            connection.connection.executemany(
                f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})",  # noqa: S608
                rows,
            )
        else:
            with cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as into:
                for row in rows:
                    into.write_row(row)


def _converter(connection: BaseDatabaseWrapper, table: Table) -> Callable[[list], list]:
    places = [place for place, kind in enumerate(table.columns.values()) if kind == "bytes"]

    def convert(values: list) -> list:
        for place in places:
            if (value := values[place]) is not None:
                values[place] = bytes.fromhex(value)
        return values

    return convert if places else lambda values: values


def last_number(connection: BaseDatabaseWrapper, table: Table) -> int | None:
    """The last number given to a row, though the row may be gone: addresses are never reused."""
    if not table.counts_its_rows:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [connection.ops.quote_name(table.name), table.key],
            )
        found = cursor.fetchone()
    return (found[0] or None) if found else None


def go_on_after(connection: BaseDatabaseWrapper, table: Table, number: int | None) -> None:
    """Let the next row be numbered after the last one that the other database ever numbered."""
    if not table.counts_its_rows:
        return
    name, key = map(connection.ops.quote_name, (table.name, table.key))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({key}) FROM {name}")  # noqa: S608
        last = max(number or 0, cursor.fetchone()[0] or 0)
        if not last:
            return
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, table.key, last]
            )


def occupied(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that hold what people put in."""
    found = []
    for model in map(apps.get_model, MADE_BY_PEOPLE):
        name = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                found.append(model._meta.db_table)
    return found


def empty(connection: BaseDatabaseWrapper) -> None:
    """Every table at once, and whoever is signed in: the numbers of accounts change hands."""
    names = [table.name for table in tables()] + [Session._meta.db_table]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), names, reset_sequences=True):
            cursor.execute(statement)


def without_indexes(connection: BaseDatabaseWrapper) -> list[str]:
    """Drop what only speeds up reading, and give what makes it again.

    Kept up row by row, the index of the search takes a hundred times as long as built at once.
    """
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
            [[connection.ops.quote_name(table.name) for table in tables()]],
        )
        found = cursor.fetchall()
    for name, _definition in found:
        run(connection, f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """What is applied, as ``app.name``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted({f"{app}.{name}" for app, name in cursor.fetchall()})

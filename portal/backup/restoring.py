"""``manage.py restore``: an empty server becomes what the backup was, and is compared with it."""

import gzip
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.backup import BackupError, files, making, manifest, places, rows

Progress = Callable[[str], None]


@dataclass
class Restored:
    moment: str
    rows: int = 0
    files: int = 0
    written: int = 0


def restore(
    place: Storage,
    moment: str | None = None,
    *,
    replace: bool = False,
    database_only: bool = False,
    tell: Progress = lambda _line: None,
) -> Restored:
    """Everything or nothing of the database; files one by one, each whole."""
    moment = moment or _newest(place)
    facts = manifest.read(place, moment)
    connection = connections["default"]
    _check(connection, facts, moment, replace=replace)
    done = Restored(moment)
    # Files first: rows never name a file that is not there.
    for kept in making.listed(place, moment, facts):
        done.written += _put(place, kept, replace=replace, dry=database_only)
        done.files += 1
        if done.files % 100 == 0:
            tell(f"{done.files} files")

    def stored(table: rows.Table) -> Iterator[bytes]:
        tell(f"table {table.name}")
        return _stored(place, moment, table)

    fill(connection, facts["tables"], stored, tell)
    done.rows = sum(table["rows"] for table in facts["tables"].values())
    return done


def _newest(place: Storage) -> str:
    begun = manifest.moments(place)
    if not begun:
        raise BackupError("There is no backup here.")
    try:
        manifest.read(place, begun[-1])
    except BackupError as error:
        raise BackupError(
            f"{error} Backups that were begun here: {', '.join(begun)}; choose one with --moment."
        ) from None
    return begun[-1]


def _check(
    connection: BaseDatabaseWrapper, facts: dict[str, Any], moment: str, *, replace: bool
) -> None:
    here, there = set(rows.migrations(connection)), set(facts["migrations"])
    if here != there:
        differences = [f"+{name}" for name in sorted(there - here)]
        differences += [f"-{name}" for name in sorted(here - there)]
        raise BackupError(
            f"The backup {moment} and this database are of different versions"
            f" ({', '.join(differences)}; + only in the backup, - only here). Run the version of"
            " the portal that made the backup, `migrate`, `restore`, and then update."
        )
    expected = {table.name: list(table.columns) for table in rows.tables()}
    if {name: table["columns"] for name, table in facts["tables"].items()} != expected:
        raise BackupError(f"The backup {moment} has other tables or columns than this portal.")
    if not replace and (occupied := rows.occupied(connection)):
        raise BackupError(
            f"This server is not empty: {', '.join(occupied)} have rows. Restore into an empty one,"
            " or say --replace: everything that is here will be lost."
        )


def fill(
    connection: BaseDatabaseWrapper,
    facts: dict[str, Any],
    lines_of: Callable[[rows.Table], Iterator[bytes]],
    tell: Progress,
) -> None:
    """Make the tables what ``facts`` say they were, or leave them as they are."""
    without_checks = connection.vendor == "sqlite"
    if without_checks:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic(connection.alias):
            if connection.vendor == "postgresql":
                _take_time(connection)
            rows.empty(connection)
            indexes = rows.without_indexes(connection)
            for table in rows.tables():
                rows.load(connection, table, lines_of(table))
                rows.go_on_after(connection, table, facts[table.name]["last_number"])
            connection.check_constraints()
            for index in indexes:
                tell("indexes")
                rows.run(connection, index)
            _compare(connection, facts)
    finally:
        if without_checks:
            connection.enable_constraint_checking()
    ContentType.objects.clear_cache()


def _take_time(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")


def _compare(connection: BaseDatabaseWrapper, facts: dict[str, Any]) -> None:
    """What the tables hold now against what was counted and hashed when they were read."""
    for table in rows.tables():
        found, wanted = rows.tally(connection, table), facts[table.name]
        if (found.rows, found.sha256) != (wanted["rows"], wanted["sha256"]):
            raise BackupError(
                f"The table {table.name} differs: {found.rows} rows, hash {found.sha256[:12]};"
                f" it should be {wanted['rows']} rows, hash {wanted['sha256'][:12]}."
                " Nothing was changed in the database."
            )


def _stored(place: Storage, moment: str, table: rows.Table) -> Iterator[bytes]:
    try:
        with (
            closing(places.read(place, making.table_name(moment, table.name))) as file,
            gzip.open(file, "rb") as unpacked,
        ):
            yield from unpacked
    except FileNotFoundError:
        raise BackupError(f"The backup {moment} lacks the table {table.name}.") from None
    except (OSError, EOFError) as error:
        raise BackupError(f"The table {table.name} of the backup is damaged: {error}.") from None


def _put(place: Storage, kept: files.Kept, *, replace: bool, dry: bool) -> bool:
    """Write a file unless it is there already; what the backup holds of it is always checked."""
    with tempfile.TemporaryFile() as file:
        try:
            with places.read(place, files.content_name(kept.sha256)) as source:
                found = files.copy(source, cast(BinaryIO, file))
        except FileNotFoundError:
            found = "missing"
        if found != kept.sha256:
            raise BackupError(
                f"The content of {kept.name} is {'missing' if found == 'missing' else 'damaged'}"
                f" in the backup ({files.content_name(kept.sha256)})."
            )
        if dry:
            return False
        storage = storages[kept.storage]
        if storage.exists(kept.name):
            with storage.open(kept.name, "rb") as there:
                if files.copy(cast(BinaryIO, there)) == kept.sha256:
                    return False
            if not replace:
                raise BackupError(
                    f"Another file lies at {kept.name} ({kept.storage} storage); with --replace it"
                    " is overwritten."
                )
            storage.delete(kept.name)
        file.seek(0)
        if (written := storage.save(kept.name, File(file))) != kept.name:
            raise BackupError(f"{kept.name} could only be written as {written}.")
    return True

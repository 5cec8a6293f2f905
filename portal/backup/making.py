"""``manage.py backup``: tables from one moment of the database, then the files."""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.storage import Storage, storages
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from portal.backup import BackupError, files, manifest, places, rows

LEVEL = 3  # of gzip: higher ones save a tenth and take thrice as long
Progress = Callable[[str], None]


@dataclass
class Made:
    moment: str
    rows: int = 0
    files: int = 0
    bytes: int = 0
    new_files: int = 0
    removed: int = 0


def make(place: Storage, *, keep: int | None = None, tell: Progress = lambda _line: None) -> Made:
    """Write a backup of the portal as it is now; ``keep`` is how many to leave in the place."""
    earlier = manifest.moments(place)
    now = timezone.now()
    made = Made(f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}Z")
    if made.moment in earlier:
        raise BackupError(f"A backup of this very moment, {made.moment}, exists already.")
    with rows.snapshot() as connection:
        facts: dict[str, Any] = {
            "made_at": now.isoformat(),
            "database": connection.vendor,
            "migrations": rows.migrations(connection),
            "tables": dict(_tables(connection, place, made, tell)),
        }
    facts["files"] = _files(place, made, earlier, tell)
    manifest.write(place, made.moment, facts)
    if keep:
        made.removed = _forget(place, keep)
    return made


def _tables(
    connection: BaseDatabaseWrapper, place: Storage, made: Made, tell: Progress
) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in rows.tables():
        tell(f"table {table.name}")
        tally = rows.Tally()
        with tempfile.TemporaryFile() as file:
            with gzip.open(file, "wb", LEVEL) as packed:
                for line in tally.pass_on(rows.lines(connection, table)):
                    packed.write(line)
            places.write(place, table_name(made.moment, table.name), cast(BinaryIO, file))
        made.rows += tally.rows
        yield (
            table.name,
            {
                "columns": list(table.columns),
                "rows": tally.rows,
                "sha256": tally.sha256,
                "last_number": rows.last_number(connection, table),
            },
        )


def table_name(moment: str, table: str) -> str:
    return f"{moment}/tables/{table}.jsonl.gz"


def list_name(moment: str) -> str:
    return f"{moment}/files.jsonl.gz"


def _files(place: Storage, made: Made, earlier: list[str], tell: Progress) -> dict[str, Any]:
    known = _known(place, earlier)
    tally = rows.Tally()

    def kept() -> Iterator[bytes]:
        for alias in files.STORAGES:
            for entry in files.walk(alias):
                with suppress(FileNotFoundError):  # deleted since it was listed
                    sha256 = known.get(entry) or _keep(place, entry, made)
                    made.files += 1
                    made.bytes += entry.size
                    if made.files % 100 == 0:
                        tell(f"{made.files} files")
                    yield json.dumps([*entry, sha256], ensure_ascii=False).encode() + b"\n"

    with tempfile.TemporaryFile() as file:
        with gzip.open(file, "wb", LEVEL) as packed:
            for line in tally.pass_on(kept()):
                packed.write(line)
        places.write(place, list_name(made.moment), cast(BinaryIO, file))
    return {"rows": tally.rows, "sha256": tally.sha256, "bytes": made.bytes}


def _known(place: Storage, earlier: list[str]) -> dict[files.Entry, str]:
    """Unchanged files of the last good backup: neither read nor written again."""
    for moment in reversed(earlier):
        with suppress(BackupError):
            facts = manifest.read(place, moment)
            return {files.Entry(*kept[:4]): kept.sha256 for kept in listed(place, moment, facts)}
    return {}


def listed(place: Storage, moment: str, facts: dict[str, Any]) -> Iterator[files.Kept]:
    """The files of a backup, as long as their list is what was written."""
    tally = rows.Tally()
    try:
        with (
            places.read(place, list_name(moment)) as file,
            gzip.open(file, "rb") as unpacked,
        ):
            for line in tally.pass_on(unpacked):
                yield files.Kept(*json.loads(line))
    except (OSError, EOFError, ValueError) as error:
        raise BackupError(
            f"The list of files of the backup {moment} is damaged: {error}."
        ) from None
    if tally.sha256 != facts["files"]["sha256"]:
        raise BackupError(f"The list of files of the backup {moment} was changed.")


def _keep(place: Storage, entry: files.Entry, made: Made) -> str:
    with (
        storages[entry.storage].open(entry.name, "rb") as source,
        tempfile.TemporaryFile() as file,
    ):
        sha256 = files.copy(cast(BinaryIO, source), cast(BinaryIO, file))
        if not place.exists(name := files.content_name(sha256)):
            places.write(place, name, cast(BinaryIO, file))
            made.new_files += 1
    return sha256


def _forget(place: Storage, keep: int) -> int:
    """Older backups, what interrupted ones left, and contents that no backup has any more."""
    gone = 0
    good: list[tuple[str, dict[str, Any]]] = []
    for moment in reversed(manifest.moments(place)):
        try:
            facts = manifest.read(place, moment)
        except BackupError:
            facts = None
        if facts and len(good) < keep:
            good.append((moment, facts))
            continue
        # The manifest first: half a backup must not look like a whole one.
        for name in (f"{moment}/{manifest.NAME}", list_name(moment)):
            place.delete(name)
        for table in places.names(place, f"{moment}/tables"):
            place.delete(f"{moment}/tables/{table}")
        for folder in (f"{moment}/tables", moment):
            _remove_folder(place, folder)
        gone += 1
    wanted = {kept.sha256 for moment, facts in good for kept in listed(place, moment, facts)}
    for folder in places.folders(place, "files"):
        for name in places.names(place, f"files/{folder}"):
            if name not in wanted:
                place.delete(f"files/{folder}/{name}")
    return gone


def _remove_folder(place: Storage, folder: str) -> None:
    if isinstance(place, places.Folder):  # a bucket has none
        with suppress(OSError):
            place.delete(folder)

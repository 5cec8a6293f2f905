"""A table: columns named as in the records, with the language at the end: ``headline_kk``.

Lists (``gallery``, ``old_addresses``) are separated by spaces; a picture is a file or address.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.moving.records import LANGUAGES, TEXTS, RecordError, parse
from portal.moving.sources import decoding
from portal.moving.sources.options import Found, Options


def read(path: Path, options: Options) -> Iterator[Found]:
    csv.field_size_limit(10_000_000)
    table = decoding.table_of(path)
    table = "utf-8-sig" if table == "utf-8" else table
    with path.open(encoding=table, errors="replace", newline="") as file:
        head = file.readline()
        delimiter = max(",;\t", key=head.count)
        file.seek(0)
        try:
            for number, row in enumerate(csv.DictReader(file, delimiter=delimiter), start=2):
                place = f"row {number}"
                try:
                    yield Found(place, parse(_record(row, options)))
                except RecordError as error:
                    yield Found(place, problem=str(error))
        except csv.Error as error:
            yield Found("file", problem=f"The table cannot be read on: {error}.")


def _record(row: dict[str | None, Any], options: Options) -> dict[str, Any]:
    if None in row:
        raise RecordError("The row has more cells than the table has columns.")
    record: dict[str, Any] = {"headline": {}, "body": {}, "section": options.section}
    for name, value in row.items():
        if not value or name is None:
            continue
        field, _mark, language = name.strip().rpartition("_")
        if field in TEXTS and language in LANGUAGES:
            record.setdefault(field, {})[language] = value
        elif name in ("gallery", "old_addresses"):
            record[name] = value.split()
        elif name == "picture":
            record["main_picture"] = value
            record.setdefault("pictures", []).append({"key": value, "file": value})
        else:
            record[name.strip()] = value
    if "key" not in record:
        raise RecordError("The row has no key.")
    record.setdefault("published_at", None)
    return record

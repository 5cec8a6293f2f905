"""``manage.py move_database``: every row of this database into an empty one elsewhere."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.db.utils import load_backend

from portal import env
from portal.backup import BackupError, rehearsal, restoring, rows

Progress = Callable[[str], None]


def move(tell: Progress = lambda _line: None) -> dict[str, int]:
    """Table → rows, all of them compared by their hashes; the old database is only read."""
    address = env.text("NEW_DATABASE_URL")
    tell("migrate")
    rehearsal.manage("migrate", "--verbosity", "0", DATABASE_URL=address)
    filled = connections.configure_settings({"default": env.database("NEW_DATABASE_URL")})[
        "default"
    ]
    target = load_backend(filled["ENGINE"]).DatabaseWrapper(filled, "new")
    connections["new"] = target
    facts: dict[str, dict[str, Any]] = {}
    try:
        if occupied := rows.occupied(target):
            raise BackupError(f"The new database is not empty: {', '.join(occupied)} have rows.")
        with rows.snapshot() as source:
            if rows.migrations(source) != rows.migrations(target):
                raise BackupError("This database is not migrated: run `manage.py migrate` first.")

            def read(table: rows.Table) -> Iterator[bytes]:
                tell(f"table {table.name}")
                tally = rows.Tally()
                yield from tally.pass_on(rows.lines(source, table))
                facts[table.name] = {
                    "rows": tally.rows,
                    "sha256": tally.sha256,
                    "last_number": rows.last_number(source, table),
                }

            restoring.fill(target, facts, read, tell)
    finally:
        target.close()
        del connections["new"]
    return {name: table["rows"] for name, table in facts.items()}

"""``manage.py move_database``: from SQLite to PostgreSQL, or between two of a kind."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from portal.backup import BackupError, moving
from portal.env import SettingsError
from portal.progress import Line


class Command(BaseCommand):
    help = (
        "Migrate the empty database named by NEW_DATABASE_URL, copy every row of this portal's"
        " database into it in one transaction, and compare counts and hashes. Stop the portal"
        " before: what is written meanwhile stays behind. Files are not touched."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        line = Line(self.stderr)
        try:
            moved = moving.move(line.show)
        except (BackupError, SettingsError, DatabaseError) as error:
            raise CommandError(f"Nothing was moved: {error}") from error
        finally:
            line.end()
        for table, count in moved.items():
            self.stdout.write(f"{count:>10}  {table}")
        self.stdout.write(
            f"{sum(moved.values())} rows in {len(moved)} tables moved; counts and hashes agree."
            " Now set DATABASE_URL to the new database and start the portal."
        )

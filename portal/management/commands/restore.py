"""``manage.py restore DIRECTORY``: a backup into an empty server, or into none at all."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from news import page_cache
from portal import jobs
from portal.backup import BackupError, places, rehearsal, restoring
from portal.progress import Line


class Command(BaseCommand):
    help = (
        "Restore the newest backup of a place (or --moment) into this empty, migrated server, and"
        " compare counts and hashes. The database is filled in one transaction: it is the backup's"
        " in the end, or what it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", help="a folder, or s3://bucket/prefix")
        parser.add_argument("--moment", help="which backup, for example 20261123T041652.125Z")
        parser.add_argument(
            "--replace", action="store_true", help="although this server is not empty: lose it all"
        )
        parser.add_argument(
            "--database-only", action="store_true", help="check the files without writing them"
        )
        parser.add_argument(
            "--rehearse",
            action="store_true",
            help="restore into a database made for it and thrown away; this server stays as it is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rehearse"]:
            self.rehearse(options)
            return
        line = Line(self.stderr)
        try:
            done = restoring.restore(
                places.at(options["directory"]),
                options["moment"],
                replace=options["replace"],
                database_only=options["database_only"],
                tell=line.show,
            )
        except (BackupError, OSError, BotoCoreError, ClientError, DatabaseError) as error:
            raise CommandError(f"Not restored: {error}") from error
        finally:
            line.end()
        page_cache.refresh_site(forget=True)
        self.stdout.write(
            f"Restored {done.moment}: {done.rows} rows, {done.files} files"
            f" ({done.written} written); counts and hashes are those of the backup."
        )

    def rehearse(self, options: dict[str, Any]) -> None:
        with jobs.run("rehearse_restore") as run:
            try:
                run.summary = rehearsal.rehearse(options["directory"], options["moment"])
            except (BackupError, DatabaseError) as error:
                raise CommandError(f"The rehearsal failed: {error}") from error
            self.stdout.write(f"Rehearsed, and thrown away. {run.summary}")

"""``manage.py backup DIRECTORY``: the whole portal, to a folder or a bucket."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from portal import jobs
from portal.backup import BackupError, making, places
from portal.progress import Line


class Command(BaseCommand):
    help = (
        "Write the database, all pictures and attachments, and a manifest with their hashes."
        " The site goes on meanwhile; the database is read as of one moment. Several backups"
        " share a place: files that have not changed are kept once."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", help="a folder, or s3://bucket/prefix")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="leave the last N backups there, delete the rest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep must be 1 or more.")
        with jobs.run("backup") as run:
            run.summary = self.make(options["directory"], options["keep"])
            self.stdout.write(run.summary)

    def make(self, directory: str, keep: int | None) -> str:
        line = Line(self.stderr)
        try:
            made = making.make(places.at(directory), keep=keep, tell=line.show)
        except (BackupError, OSError, BotoCoreError, ClientError, DatabaseError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        finally:
            line.end()
        summary = (
            f"Backup {made.moment}: {made.rows} rows, {made.files} files"
            f" ({filesizeformat(made.bytes)}), {made.new_files} of them new here."
        )
        if made.removed:
            summary += f" {made.removed} older or interrupted backups deleted."
        return summary

import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from portal.moving.files import Files
from portal.moving.importing import Importer, Report
from portal.moving.records import RecordError
from portal.moving.sources import READERS, Options, guess
from portal.progress import Line

SHOWN = 50  # lines of each list; the rest is counted


class Command(BaseCommand):
    help = (
        "Take news in from an export of WordPress (WXR), a feed (RSS, Atom), a table (CSV), JSON "
        "lines, or saved HTML pages. May be stopped and run again: nothing is taken twice."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("source", type=Path, help="a file, or a folder of pages or of records")
        parser.add_argument("--format", choices=sorted(READERS), help="default: told by the file")
        parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")
        parser.add_argument("--section", default="", help="for records that name no section")
        parser.add_argument("--language", choices=["kk", "ru", "en"], default="",
                            help="of all texts; default: told by their letters")  # fmt: skip
        parser.add_argument("--selectors", type=Path, help="JSON file of selectors for HTML pages")
        parser.add_argument("--media", type=Path, help="folder with the old site's files")
        parser.add_argument(
            "--download", action="store_true", help="fetch missing files from the web"
        )
        parser.add_argument("--by", help="user name of whoever the imported articles are of")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"]
        if not source.exists():
            raise CommandError(f"There is no {source}.")
        by = User.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"There is no user {options['by']!r}.")
        told = Options(options["section"], options["language"], options["selectors"])
        beside = source if source.is_dir() else source.parent
        files = Files(beside, options["media"], options["download"])
        importer = Importer(files, by=by, dry_run=options["dry_run"])
        try:
            read = READERS[options["format"] or guess(source)]
            line = Line(self.stderr)
            total = sum(1 for _found in read(source, told)) if line.is_shown else 0
            for number, _report in enumerate(importer.take(read(source, told)), start=1):
                line.bar(number, total)
        except RecordError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stderr.write("\nStopped; run it again to go on.")
            sys.exit(130)
        line.end()
        self.tell(importer.report, dry_run=options["dry_run"])
        if importer.report.set_aside:
            raise CommandError(f"Records set aside: {len(importer.report.set_aside)}.")

    def tell(self, report: Report, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write("Nothing was kept: this was a dry run.")
        for what, number in sorted(report.done.items()):
            if number:
                self.stdout.write(f"{what}: {number}")
        for title, lines in (
            ("Set aside", report.set_aside),
            ("Files that were not found or not taken", report.lost_files),
            ("Letters to look at", report.letters),
            ("Duplicates, not taken", report.duplicates),
        ):
            if lines:
                self.stdout.write(f"{title}: {len(lines)}")
                for line in lines[:SHOWN]:
                    self.stdout.write(f"  {line}")
                if len(lines) > SHOWN:
                    self.stdout.write(f"  … and {len(lines) - SHOWN} more")

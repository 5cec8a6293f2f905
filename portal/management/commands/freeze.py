"""``manage.py freeze DIRECTORY``: the public portal as plain files."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from portal.freeze import crawl
from portal.progress import Line


class Command(BaseCommand):
    help = (
        "Write the whole public portal as files that any web server can serve: every page in three"
        " languages, feeds, sitemaps, pictures, documents. Forms give way to a notice. A run that"
        " was stopped goes on when it is started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        line = Line(self.stderr)
        try:
            frozen = crawl.freeze(options["directory"], line.bar)
        except KeyboardInterrupt:
            line.end()
            self.stderr.write("Stopped; run it again to go on.")
            sys.exit(130)
        line.end()
        self.stdout.write(f"{frozen.files} files written to {options['directory']}.")
        if frozen.missing:
            self.stdout.write(f"{len(frozen.missing)} links lead to what the portal lacks as well:")
            for address, status in frozen.missing[:20]:
                self.stdout.write(f"  {status} {address}")
        if frozen.failed:
            for address, said in frozen.failed:
                self.stderr.write(f"{address}: {said}")
            self.stderr.write(f"{len(frozen.failed)} pages failed; run it again to try them anew.")
            sys.exit(1)

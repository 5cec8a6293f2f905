import sys
from typing import Any

from django.core.management.base import BaseCommand

from news.search import index

BAR = 30


class Command(BaseCommand):
    help = (
        "Redo the search index: articles that are missing from it, and what an older version of "
        "the portal left. Safe while the site runs; when stopped, the next run goes on from there."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all",
            action="store_true",
            help="redo every article, for instance after texts were changed past the portal",
        )

    def handle(self, *args: Any, **options: Any):
        progress = index.Progress(0, 0, 0)
        try:
            for progress in index.rebuild(everything=options["all"]):
                self.show(progress)
        except KeyboardInterrupt:
            self.stderr.write("")
            self.stderr.write(f"Stopped at {progress.seen}; run it again without --all to go on.")
            sys.exit(130)
        self.stderr.write("")
        self.stdout.write(f"{progress.seen} articles looked at, {progress.redone} indexed anew.")

    def show(self, progress: index.Progress) -> None:
        share = progress.seen / progress.total if progress.total else 1.0
        bar = "#" * int(share * BAR)
        line = f"\r[{bar:<{BAR}}] {share:4.0%}  {progress.seen}/{progress.total}"
        self.stderr.write(line, ending="")
        self.stderr.flush()

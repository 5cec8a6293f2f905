import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections, router

from news.search import index
from news.search.documents import SearchDocument

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
        parser.add_argument(
            "--after",
            type=int,
            default=0,
            metavar="ARTICLE",
            help="only articles with higher numbers: where a stopped run with --all goes on",
        )

    def handle(self, *args: Any, **options: Any):
        self.be_patient()
        after = options["after"]
        progress = index.Progress(0, 0, 0, after)
        try:
            for progress in index.rebuild(everything=options["all"], after=after):
                self.show(progress)
        except KeyboardInterrupt:
            self.stderr.write("")
            go_on = f" with --all --after {progress.last}" if options["all"] else ""
            self.stderr.write(f"Stopped at {progress.seen}; run it again{go_on} to go on.")
            sys.exit(130)
        self.stderr.write("")
        self.stdout.write(f"{progress.seen} articles looked at, {progress.redone} indexed anew.")

    def be_patient(self) -> None:
        """Nobody waits for this command's statements, unlike those of a page."""
        connection = connections[router.db_for_write(SearchDocument)]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = '2min'; SET lock_timeout = '1min'")

    def show(self, progress: index.Progress) -> None:
        share = progress.seen / progress.total if progress.total else 1.0
        bar = "#" * int(share * BAR)
        line = f"\r[{bar:<{BAR}}] {share:4.0%}  {progress.seen}/{progress.total}"
        self.stderr.write(line, ending="")
        self.stderr.flush()

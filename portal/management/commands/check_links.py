"""``manage.py check_links``: do the addresses outside the portal still answer?"""

from typing import Any

from django.core.management.base import BaseCommand

from news.outside_links.checking import check
from news.outside_links.gathering import gather
from portal import jobs, progress


class Command(BaseCommand):
    help = (
        "Gather the links to other sites from all articles and ask those that are due; run it"
        " every night. When stopped, the next run goes on from there."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--most", type=int, default=500, help="ask so many addresses at most (500)"
        )
        parser.add_argument("--minutes", type=float, default=30, help="and so long at most (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        line = progress.Line(self.stderr)
        with jobs.run("check_links") as run:
            seen: int = 0
            for seen in gather():
                line.show(f"{seen} articles looked at")
            said = "0 asked"
            most = options["most"]
            for checked in check(most=most, seconds=options["minutes"] * 60):
                said = str(checked)
                line.bar(checked.asked, most)
            line.end()
            run.summary = f"{seen} articles looked at; {said}"
            self.stdout.write(f"Links: {run.summary}.")

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from news import pictures
from news.models import Picture

BAR = 30


class Command(BaseCommand):
    help = (
        "Make every width and format of the pictures anew from their originals, under the same "
        "addresses. Takes up what an older version of the portal made, and what a run that was "
        "stopped left over. Safe while the site runs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="remake every picture, also those up to date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            # Marked in the database: a run that is stopped goes on without --all.
            Picture.objects.update(recipe=0)
        waiting = Picture.objects.exclude(recipe=pictures.RECIPE)
        total, remade, without_original, refused = waiting.count(), 0, 0, []
        try:
            for done, key in enumerate(list(waiting.order_by("pk").values_list("pk", flat=True))):
                self.show(done, total)
                if (picture := Picture.objects.filter(pk=key).first()) is None:
                    continue
                try:
                    pictures.remake(picture)
                except (ValidationError, OSError) as error:
                    reason = " ".join(getattr(error, "messages", [str(error)]))
                    refused.append(f"Picture {key} ({picture.original or picture.file}): {reason}")
                else:
                    remade += 1
                    without_original += not picture.original
        except KeyboardInterrupt:
            self.stderr.write(f"\nStopped after {remade}; run it again without --all to go on.")
            sys.exit(130)
        self.show(total, total)
        self.stderr.write("")
        self.stdout.write(f"{remade} pictures made anew, {len(refused)} failed.")
        if without_original:
            self.stdout.write(
                f"{without_original} have no original: made from the largest public version."
            )
        if refused:
            for line in refused:
                self.stderr.write(line)
            sys.exit(1)

    def show(self, done: int, total: int) -> None:
        share = done / total if total else 1.0
        bar = "#" * int(share * BAR)
        self.stderr.write(f"\r[{bar:<{BAR}}] {share:4.0%}  {done}/{total}", ending="")
        self.stderr.flush()

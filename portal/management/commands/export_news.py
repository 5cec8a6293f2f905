from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.moving.exporting import Exporter


class Command(BaseCommand):
    help = (
        "Write everything public as JSON lines and media files; `import_news DIRECTORY` makes the "
        "same portal of them. records.jsonl appears when all is written."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["directory"]
        if (folder / "records.jsonl").exists():
            raise CommandError(f"{folder} holds an export already: choose another folder.")
        try:
            exporter = Exporter(folder)
            for done in exporter.write():
                if not done.total() % 100:
                    self.stderr.write(f"\r{done.total()} records", ending="")
        except OSError as error:
            raise CommandError(f"The export is not complete: {error}.") from None
        self.stderr.write("")
        for kind, number in sorted(exporter.done.items()):
            self.stdout.write(f"{kind}: {number}")

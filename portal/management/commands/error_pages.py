"""``manage.py error_pages DIRECTORY``: what a web server shows while the portal is away."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal import error_pages

STATUSES = (413, 429, 503)


class Command(BaseCommand):
    help = "Write error pages for the web server: all/503.html, kk/503.html …"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for language in (None, *dict(settings.LANGUAGES)):
            folder = options["directory"] / (language or "all")
            folder.mkdir(parents=True, exist_ok=True)
            for status in STATUSES:
                text = error_pages.text_of(status, language)
                (folder / f"{status}.html").write_text(text, encoding="utf-8")
        self.stdout.write(f"Error pages are in {options['directory']}.")

"""``manage.py refresh_pages``: for changes that no save told of."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from news import page_cache
from news.shared_store import StoreError


class Command(BaseCommand):
    help = "Have every kept public page made anew, after changes made past the portal (SQL)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--forget",
            action="store_true",
            help="show no copy made so far again, not even while the database is down",
        )

    def handle(self, *args: Any, forget: bool, **options: Any) -> None:
        page_cache.refresh_site(forget=forget)
        try:
            page_cache.tokens(page_cache.SITE)
        except StoreError:
            raise CommandError("The cache does not answer: nobody could be told.") from None
        self.stdout.write("All public pages are made anew from now on.")

from typing import Any

from django.core.management.base import BaseCommand

from comments.identity import vault


class Command(BaseCommand):
    help = "Print a new key for COMMENTS_IDENTITY_KEYS. It is kept nowhere: store it well."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(vault.new_key())

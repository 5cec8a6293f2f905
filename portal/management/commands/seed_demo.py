"""``manage.py seed_demo``: sections, pictures, articles, comments and accounts to look at."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from news.models import Section
from portal.demo import accounts, content


class Command(BaseCommand):
    help = (
        "Fill an empty portal with believable content in three languages, dated back from today. "
        "A portal that has sections already is left as it is, so that running twice loses nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            people = accounts.ensure()
            if Section.objects.exists():
                self.stdout.write("The portal has content already; nothing was added.")
                return
            counts = content.load(people)
        self.stdout.write(
            "Added " + ", ".join(f"{number} {name}" for name, number in counts.items()) + "."
        )

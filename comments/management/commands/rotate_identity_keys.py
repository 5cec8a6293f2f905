from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model

from comments.identity import vault
from comments.models import Identity, OneTimeCode, WriterNotice

BATCH = 500
# Every column that is sealed.
SEALED: list[tuple[type[Model], str]] = [
    (Identity, "contact_sealed"),
    (OneTimeCode, "contact_sealed"),
    (WriterNotice, "address_sealed"),
]


class Command(BaseCommand):
    help = (
        "Encrypt everything anew under the first of COMMENTS_IDENTITY_KEYS; afterwards the other "
        "keys may be taken away. Safe while the site runs; may be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        for model, column in SEALED:
            resealed = 0
            for row in self.rows(model, column):
                old = getattr(row, column)
                try:
                    new = vault.reseal(old)
                except vault.UnreadableError:
                    unreadable += 1
                    continue
                # Only what is still as it was read: its owner may be at it.
                rows = model._default_manager.filter(pk=row.pk, **{column: old})
                resealed += rows.update(**{column: new})
            self.stdout.write(f"{model._meta.label}: {resealed} encrypted anew.")
        if unreadable:
            raise CommandError(
                f"{unreadable} rows are opened by none of the keys; keep the old ones."
            )

    def rows(self, model: type[Model], column: str) -> Iterator[Model]:
        last: Any = None
        while True:
            rows = model._default_manager.order_by("pk").only("pk", column)
            batch = list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH])
            yield from batch
            if len(batch) < BATCH:
                return
            last = batch[-1].pk

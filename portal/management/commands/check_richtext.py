import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from news import page_cache
from news.richtext import RichTextField
from portal.progress import Line

BATCH = 200
SHOWN = 60


@dataclass(frozen=True)
class Difference:
    model: type[models.Model]
    pk: Any
    column: str
    stored: str
    cleaned: str

    def __str__(self) -> str:
        match = SequenceMatcher(None, self.stored[:2000], self.cleaned[:2000], autojunk=False)
        at = next((start for tag, start, *_ in match.get_opcodes() if tag != "equal"), 0)
        excerpt = self.stored[at : at + SHOWN].encode("unicode_escape").decode()
        label = self.model._meta.label
        return f"{label} {self.pk} {self.column}: differs from character {at}: {excerpt}"


class Command(BaseCommand):
    help = (
        "Send every stored rich text through today's allow-list and report what would come out "
        "differently: nothing ever should. Exit status 1 if anything does (or did, with --fix)."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--fix", action="store_true", help="write the cleaned texts")

    def handle(self, *args: Any, **options: Any) -> None:
        progress, texts, found = Line(self.stderr), 0, 0
        for model, columns in rich_columns():
            rows = _plain(model)
            total = rows.count()
            for seen, (pk, values) in enumerate(stored(model, columns), start=1):
                texts += sum(bool(value) for value in values)
                for difference in differences(model, pk, columns, values):
                    found += 1
                    self.stdout.write(str(difference))
                if options["fix"]:
                    fix(model, pk, columns, values)
                if seen % BATCH == 0:
                    progress.bar(seen, total)
        progress.end()
        if found and options["fix"]:
            page_cache.refresh_site(forget=True)
        self.stdout.write(f"{texts} texts looked at, {found} would come out differently.")
        if found:
            self.stdout.write("Mended." if options["fix"] else "--fix writes the cleaned texts.")
            sys.exit(1)


def rich_columns() -> Iterator[tuple[type[models.Model], list[RichTextField]]]:
    """Every table with rich text, and its columns in every language."""
    for model in apps.get_models():
        columns = [f for f in model._meta.concrete_fields if isinstance(f, RichTextField)]
        if columns:
            yield model, columns


def _plain(model: type[models.Model]) -> models.QuerySet[Any]:
    """Without modeltranslation's rewriting, which would show one column in place of another."""
    return models.QuerySet(model).order_by("pk")


def stored(
    model: type[models.Model], columns: list[RichTextField]
) -> Iterator[tuple[Any, list[str | None]]]:
    names = [column.attname for column in columns]
    rows, last = _plain(model).values_list("pk", *names), None
    while True:
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        for pk, *values in batch:
            yield pk, values
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def differences(
    model: type[models.Model], pk: Any, columns: list[RichTextField], values: list[str | None]
) -> Iterator[Difference]:
    for column, value in zip(columns, values, strict=True):
        if value and (cleaned := column.clean_value(value)) != value:
            yield Difference(model, pk, column.attname, value, cleaned)


def fix(
    model: type[models.Model], pk: Any, columns: list[RichTextField], values: list[str | None]
) -> None:
    if not any(differences(model, pk, columns, values)):
        return
    with transaction.atomic():
        # Anew, under a lock: an officer may have saved it meanwhile.
        names = [column.attname for column in columns]
        now = _plain(model).select_for_update().filter(pk=pk).values_list(*names).first()
        if now is not None:
            changed = differences(model, pk, columns, list(now))
            if cleaned := {found.column: found.cleaned for found in changed}:
                _plain(model).filter(pk=pk).update(**cleaned)

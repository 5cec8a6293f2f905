"""``python -m portal.migration_lint``: would this migration hurt a site that goes on serving?

While it runs, the version before it still reads and writes the same tables, some of them with a
million rows. Tables that a migration makes itself hurt nobody; all others count as large.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# The migrations of the first release: nothing serves while they run.
FIRST_RELEASE = {"news": 13, "comments": 9, "portal": 2}
# Looked at by a person: "app.migration: finding" → the day, and why it does no harm.
ALLOWED: dict[str, str] = {}

REMOVALS = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


def findings(migration: migrations.Migration, state: ProjectState) -> Iterator[str]:
    """``state`` is that before the migration; it is carried along."""
    made: set[str] = set()
    moves_data = [op for op in migration.operations if isinstance(op, migrations.RunPython)]
    if moves_data and len(moves_data) < len(migration.operations):
        yield "RunPython beside other operations: their locks are held while the data moves"
    for operation in migration.operations:
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif _model_of(operation) not in made:
            yield from _of_operation(operation, state, migration.app_label)
        operation.state_forwards(migration.app_label, state)


def _model_of(operation: Operation) -> str:
    name = getattr(operation, "model_name", None) or getattr(operation, "name", None) or ""
    return str(name).lower()


def _of_operation(operation: Operation, state: ProjectState, app: str) -> Iterator[str]:
    name = type(operation).__name__
    if isinstance(operation, REMOVALS):
        yield f"{name}: the version still running reads it; take it away one release later"
    elif isinstance(operation, migrations.AddField):
        yield from _of_new_field(operation.field)
    elif isinstance(operation, migrations.AlterField):
        before = state.models[app, operation.model_name_lower].get_field(operation.name)
        yield from _of_changed_field(before, operation.field)
    elif isinstance(operation, migrations.AddIndex) and not hasattr(operation, "concurrently"):
        yield "AddIndex: writing waits until it is built; use news.operations.AddIndexWhileServing"
    elif isinstance(operation, migrations.AddConstraint) and not hasattr(operation, "concurrently"):
        yield (
            "AddConstraint: every row is looked at under a lock;"
            " use news.operations.AddConstraintWhileServing"
        )
    elif isinstance(operation, migrations.RunPython | migrations.RunSQL) and not (
        operation.reversible
    ):
        yield f"{name} without a way back"


def _of_new_field(field: models.Field) -> Iterator[str]:
    if field.generated:
        yield "AddField of a generated column: the table is written anew"
    elif not field.null and not field.many_to_many and not field.has_db_default():
        yield "AddField that may not be empty, without db_default: the version still running fails"
    if field.unique or getattr(field, "db_index", False):
        yield "AddField with an index: writing waits until it is built"


def _of_changed_field(before: models.Field, after: models.Field) -> Iterator[str]:
    kinds = before.get_internal_type(), after.get_internal_type()
    if kinds[0] != kinds[1] and kinds != ("CharField", "TextField"):
        yield "AlterField of the type: the table is written anew"
    elif after.max_length and after.max_length < (before.max_length or 0):
        yield "AlterField to a shorter one: the version still running writes longer ones"
    if before.null and not after.null:
        yield "AlterField to one that may not be empty: every row is looked at under a lock"
    indexed = [getattr(field, "db_index", False) for field in (before, after)]
    if after.unique > before.unique or indexed[1] > indexed[0]:
        yield "AlterField with an index: writing waits until it is built"


def lint(loader: Any) -> list[str]:
    """What is wrong with the migrations since the first release, and which permission is stale."""
    state, found = ProjectState(), []
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        app, name = key
        said = [f"{app}.{name}: {finding}" for finding in findings(migration, state)]
        if app in FIRST_RELEASE and int(name[:4]) > FIRST_RELEASE[app]:
            found += said
    return [line for line in found if line not in ALLOWED] + [
        f"{line}: allowed, but no longer there" for line in ALLOWED.keys() - set(found)
    ]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    found = lint(MigrationLoader(None))
    for line in found:
        sys.stderr.write(f"{line}\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

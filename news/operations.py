"""Operations for migrations that run while the site serves."""

from typing import Any

from django.db import migrations


class AddIndexWhileServing(migrations.AddIndex):
    """Built beside the writing on PostgreSQL; the migration says ``atomic = False``."""

    concurrently = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        options = {"concurrently": True} if _is_postgresql(schema_editor) else {}
        schema_editor.add_index(model, self.index, **options)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        options = {"concurrently": True} if _is_postgresql(schema_editor) else {}
        schema_editor.remove_index(model, self.index, **options)


class AddConstraintWhileServing(migrations.AddConstraint):
    """Holds for new rows at once; old ones are looked at beside the writing on PostgreSQL."""

    concurrently = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if not _is_postgresql(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.execute(f"{self.constraint.create_sql(model, schema_editor)} NOT VALID")
            table, name = map(
                schema_editor.quote_name, (model._meta.db_table, self.constraint.name)
            )
            schema_editor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def _is_postgresql(schema_editor: Any) -> bool:
    return schema_editor.connection.vendor == "postgresql"

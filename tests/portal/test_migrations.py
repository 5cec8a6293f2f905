"""Migrations that run while the site serves: what is linted, and how they wait."""

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import OperationalError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from news.operations import AddIndexWhileServing
from portal import migration_lint
from portal.management.commands import migrate

TEXT = models.CharField(max_length=20)
INDEX = models.Index(fields=["headline"], name="by_headline")
CHECK = models.CheckConstraint(condition=models.Q(headline=""), name="empty")


def found(*operations) -> list[str]:
    state = ProjectState()
    state.add_model(ModelState("news", "Article", [("id", models.BigAutoField(primary_key=True)),
                                                   ("headline", TEXT)]))  # fmt: skip
    migration = migrations.Migration("0099_next", "news")
    migration.operations = list(operations)
    return list(migration_lint.findings(migration, state))


@pytest.mark.parametrize(
    ("operation", "finding"),
    [
        (migrations.AddField("article", "x", models.TextField()), "without db_default"),
        (migrations.AddField("article", "x", models.TextField(null=True, db_index=True)), "index"),
        (migrations.AlterField("article", "headline", models.IntegerField()), "written anew"),
        (migrations.AlterField("article", "headline", models.CharField(max_length=9)), "shorter"),
        (migrations.AddIndex("article", INDEX), "writing waits"),
        (migrations.AddConstraint("article", CHECK), "under a lock"),
        (migrations.RemoveField("article", "headline"), "one release later"),
        (migrations.RenameField("article", "headline", "title"), "one release later"),
        (migrations.RunPython(lambda _apps, _editor: None), "without a way back"),
        (migrations.RunSQL("SELECT 1"), "without a way back"),
    ],
)
def test_what_hurts_a_serving_site_is_found(operation, finding):
    (line,) = found(operation)
    assert finding in line


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("article", "x", models.TextField(null=True))],
        [migrations.AddField("article", "x", models.TextField(db_default=""))],
        [migrations.AlterField("article", "headline", models.CharField(max_length=30))],
        [migrations.AlterField("article", "headline", models.TextField())],
        [AddIndexWhileServing("article", INDEX)],
        [migrations.RunPython(lambda _apps, _editor: None, migrations.RunPython.noop)],
        [
            migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("new", "x", models.TextField()),
        ],
    ],
)
def test_what_hurts_nobody_passes(operations):
    assert found(*operations) == []


def test_data_moves_in_a_migration_of_its_own():
    moving = migrations.RunPython(lambda _apps, _editor: None, migrations.RunPython.noop)
    adding = migrations.AddField("article", "x", models.TextField(null=True))
    assert "held while the data moves" in found(adding, moving)[0]


def test_the_migrations_of_the_project_pass():
    assert migration_lint.lint(MigrationLoader(None)) == []


def test_a_permission_without_its_finding_is_stale(monkeypatch):
    monkeypatch.setattr(migration_lint, "ALLOWED", {"news.0001_initial: x": "2026-11-23 once"})
    assert "no longer there" in migration_lint.lint(MigrationLoader(None))[0]


@pytest.mark.django_db(transaction=True)
def test_an_index_is_built_beside_the_writing():
    state = ProjectState.from_apps(apps)
    operation = AddIndexWhileServing("article", models.Index(fields=["video_url"], name="by_video"))
    after = state.clone()
    operation.state_forwards("news", after)

    def indexes() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, "news_article"))

    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("news", editor, state, after)
        assert "by_video" in indexes()
        operation.database_backwards("news", editor, after, state)
        assert "by_video" not in indexes()


@pytest.mark.django_db
def test_a_table_in_use_is_asked_for_again_and_the_limits_come_back(monkeypatch, capsys):
    if connection.vendor != "postgresql":
        pytest.skip("locks on tables are PostgreSQL's: runs with `make test-postgres`")
    asked = []

    def limit():
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    usual = limit()

    def busy_once(_command, *_arguments, **_options):
        asked.append(limit())
        if len(asked) == 1:
            raise OperationalError from psycopg.errors.LockNotAvailable()

    monkeypatch.setattr(django_migrate.Command, "handle", busy_once)
    monkeypatch.setattr(migrate, "PAUSE", 0)
    call_command("migrate")
    assert asked == ["0", "0"]
    assert "in use" in capsys.readouterr().err
    assert limit() == usual != "0"


def leading(model):
    """Columns by which some index of the table begins."""
    options = model._meta
    named = [index.fields for index in options.indexes if index.fields]
    named += [constraint.fields for constraint in options.total_unique_constraints]
    named += options.unique_together
    return {fields[0].lstrip("-") for fields in named}


def test_whoever_points_at_a_deleted_row_is_found_by_an_index():
    """Else deleting one article reads a million of them."""
    searched = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and not field.db_index and not field.unique
        if field.name not in leading(model)
    ]
    assert searched == []

from django.db import migrations, models

POSTGRESQL = [
    # Bytewise order: how a beginning is completed is read from a stretch of the key's index.
    'ALTER TABLE news_searchterm ALTER COLUMN term TYPE varchar(60) COLLATE "C"',
    # Else each search would read through whatever was saved since the last clean-up.
    "ALTER INDEX news_search SET (fastupdate = off)",
    "SELECT gin_clean_pending_list('news_search')",
]
POSTGRESQL_BACK = ["ALTER INDEX news_search RESET (fastupdate)"]


def adapt(apps, schema_editor):
    _run(schema_editor, POSTGRESQL)


def adapt_back(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_BACK)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("news", "0010_preflight")]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "term",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("documents", models.IntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(adapt, adapt_back, elidable=False),
    ]

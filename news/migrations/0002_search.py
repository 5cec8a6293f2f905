import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # No positions: phrases are compared in the document's words, order is found by our own score.
    """
    CREATE VIRTUAL TABLE news_search USING fts5(
        terms, content='news_searchdocument', content_rowid='key', detail='none', columnsize=0,
        tokenize="unicode61 remove_diacritics 0"
    )
    """,
    """
    CREATE TRIGGER news_search_insert AFTER INSERT ON news_searchdocument BEGIN
        INSERT INTO news_search(rowid, terms) VALUES (new.key, new.terms);
    END
    """,
    """
    CREATE TRIGGER news_search_delete AFTER DELETE ON news_searchdocument BEGIN
        INSERT INTO news_search(news_search, rowid, terms) VALUES ('delete', old.key, old.terms);
    END
    """,
    """
    CREATE TRIGGER news_search_update AFTER UPDATE OF key, terms ON news_searchdocument BEGIN
        INSERT INTO news_search(news_search, rowid, terms) VALUES ('delete', old.key, old.terms);
        INSERT INTO news_search(rowid, terms) VALUES (new.key, new.terms);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER news_search_insert",
    "DROP TRIGGER news_search_delete",
    "DROP TRIGGER news_search_update",
    "DROP TABLE news_search",
]
POSTGRESQL = [
    # Never to_tsvector(): its parser would split our terms by rules of its own.
    """
    ALTER TABLE news_searchdocument ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED
    """,
    # The planner takes looking into a vector for free, where it has to be unpacked, and would
    # rather read the whole table than use the index; a function may say what it costs.
    """
    CREATE FUNCTION news_search_vector(vector tsvector) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 400 AS 'BEGIN RETURN vector; END'
    """,
    "CREATE INDEX news_search ON news_searchdocument USING gin (news_search_vector(vector))",
]
POSTGRESQL_BACK = [
    "DROP INDEX news_search",
    "DROP FUNCTION news_search_vector",
    "ALTER TABLE news_searchdocument DROP COLUMN vector",
]


def make_index(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop_index(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=2)),
                ("version", models.PositiveSmallIntegerField()),
                ("length", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("terms", models.TextField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_documents",
                        to="news.article",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]

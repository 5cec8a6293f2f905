"""A primary, a streaming replica and a portal before them, each stopped in its turn."""

import psycopg
import pytest
from django.db import connection

from tests.servers import Portal, Postgres, Replica, folder, running, wait_until

ARTICLE = """
from django.utils import timezone
from news.models import Article, Section
from news import page_cache
section, _ = Section.objects.get_or_create(slug="district", title_kk="Аудан", title_ru="Район")
article = Article(section=section, status="published", published_at=timezone.now())
article.headline_kk = article.headline_ru = {headline!r}
article.body_kk = article.body_ru = "<p>Мәтін</p>"
article.save()
"""


@pytest.fixture(scope="module")
def servers():
    if connection.vendor != "postgresql":
        pytest.skip("replicas are PostgreSQL's: runs with `make test-postgres`")
    with (
        folder() as one,
        folder() as two,
        folder() as three,
        running(Postgres(one)) as primary,
        running(Replica(two, primary)) as replica,
    ):
        portal = Portal(
            three,
            DATABASE_URL=primary.url(),
            DATABASE_REPLICA_URLS=replica.url(),
            WEB_WORKERS="1",
            WEB_THREADS="1",
        )
        done = portal.manage("migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr
        with running(portal):
            yield primary, replica, portal


def ask(server: Postgres, query: str):
    with psycopg.connect(server.url(), autocommit=True) as database:
        return database.execute(query).fetchone()


def read_rows(server: Postgres) -> int:
    """How often articles were read here."""
    with psycopg.connect(server.url(), autocommit=True) as database:
        database.execute("SELECT pg_stat_force_next_flush()")
        found = database.execute(
            "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables"
            " WHERE relname = 'news_article'"
        ).fetchone()
    return found[0] if found else 0


def publish(portal: Portal, headline: str) -> None:
    done = portal.manage("shell", "--no-imports", "-c", ARTICLE.format(headline=headline))
    assert done.returncode == 0, done.stderr


def test_the_public_reads_the_replica_and_staff_the_database(servers):
    _primary, replica, portal = servers
    publish(portal, "Бірінші")
    wait_until(lambda: ask(replica, "SELECT count(*) FROM news_article")[0] >= 1)

    def replica_is_read() -> bool:
        before = read_rows(replica)
        assert portal.get("/kk/news/2018/01/01/999999/")[0] == 404  # looked for, and never kept
        return read_rows(replica) > before

    # Not within the seconds after a change, then always.
    wait_until(replica_is_read, seconds=30)
    before = read_rows(replica)
    for _again in range(3):
        assert portal.get("/kk/news/2018/01/01/999999/", {"Cookie": "sessionid=x"})[0] == 404
    assert read_rows(replica) == before


def test_what_was_published_is_there_at_once_though_the_replica_lags(servers):
    _primary, replica, portal = servers
    with psycopg.connect(replica.url(), autocommit=True) as database:
        database.execute("SELECT pg_wal_replay_pause()")
        try:
            publish(portal, "Кідіріссіз")
            assert "Кідіріссіз" in portal.get("/kk/news/")[1]
        finally:
            database.execute("SELECT pg_wal_replay_resume()")


def test_without_its_replica_the_portal_reads_the_database(servers):
    _primary, replica, portal = servers
    replica.stop()
    try:
        for month in ("02", "03"):
            assert portal.get(f"/kk/news/2018/{month}/")[0] == 404
    finally:
        replica.start()


def test_without_the_database_readers_still_have_the_replica(servers):
    primary, replica, portal = servers
    publish(portal, "Соңғы")
    wait_until(lambda: "Соңғы" in portal.get("/kk/news/")[1])
    wait_until(lambda: ask(replica, "SELECT count(*) FROM news_article")[0] >= 1)
    primary.stop()
    try:
        # A page that nobody has read yet, so that no kept copy answers for it.
        wait_until(lambda: portal.get("/ru/news/?page=1")[0] == 200, seconds=30)
    finally:
        primary.start()
        wait_until(lambda: portal.get("/readyz")[0] == 200)  # it leaves a dead one alone a while


def test_migrations_go_to_the_database_alone(servers):
    _primary, _replica, portal = servers
    done = portal.manage("migrate", "--check")
    assert done.returncode == 0, done.stderr

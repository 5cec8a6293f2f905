"""A portal of a test's own, apart from the tests' database but of the same kind."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests.servers import Portal, Postgres, Redis, folder, running


@contextmanager
def own_database(place: Path) -> Iterator[dict[str, str]]:
    """What tells the portal where it is: servers of its own, or a file."""
    if connection.vendor != "postgresql":
        yield {"DATABASE_URL": f"sqlite:///{place / 'portal.sqlite3'}"}
        return
    with ExitStack() as stack:
        postgres = stack.enter_context(running(Postgres(stack.enter_context(folder()))))
        redis = stack.enter_context(running(Redis(stack.enter_context(folder()))))
        yield {"DATABASE_URL": postgres.url(), "REDIS_URL": redis.url}


def migrate(portal: Portal, blocker) -> None:
    """By copying the tests' own database, where that is a file: migrating takes longer."""
    if connection.vendor == "postgresql":
        result = portal.manage("migrate", "-v", "0")
        assert result.returncode == 0, result.stderr
        return
    database = urlsplit(portal.variables["DATABASE_URL"]).path.removeprefix("/")
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [database])

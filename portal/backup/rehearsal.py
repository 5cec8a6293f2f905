"""A restore as it would have to be in earnest, by the same commands, into a database of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from portal.backup import BackupError, places


def rehearse(directory: str, moment: str | None) -> str:
    """What `restore` said; everything that it filled is gone again."""
    places.at(directory)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder, scratch(folder) as address:
        elsewhere = {
            "DATABASE_URL": address,
            "DATABASE_REPLICA_URLS": "",
            "REDIS_URL": "",
            "CACHE_DIR": f"{folder}/cache",
        }
        manage("migrate", "--verbosity", "0", **elsewhere)
        chosen = ["--moment", moment] if moment else []
        return manage("restore", directory, "--database-only", *chosen, **elsewhere)


def manage(*arguments: str, **variables: str) -> str:
    """Run a management command elsewhere; its output, or its complaint as an error."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.removesuffix("_FILE") not in variables
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**environment, **variables},
        cwd=Path.cwd(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError((done.stderr.strip() or done.stdout.strip()).splitlines()[-1])
    return done.stdout.strip()


@contextmanager
def scratch(folder: str) -> Iterator[str]:
    """The address of an empty database beside the real one."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/rehearsal.sqlite3"
        return
    facts = connection.settings_dict
    name = f"{facts['NAME']}_rehearsal_{os.getpid()}"
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
        try:
            who = quote(facts["USER"], safe="")
            secret = f":{quote(facts['PASSWORD'], safe='')}" if facts["PASSWORD"] else ""
            port = f":{facts['PORT']}" if facts["PORT"] else ""
            yield f"postgres://{who}{secret}@{quote(facts['HOST'], safe='')}{port}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")

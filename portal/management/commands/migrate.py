"""Django's ``migrate`` for a site that goes on serving: it waits for locks only a moment.

A migration that waits for a long reader makes everybody behind it wait too; one that gives up and
comes again does not.
"""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections

LOCK_TIMEOUT = "2s"
TRIES, PAUSE = 30, 2.0


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            # The pages' own limit would stop whatever takes its time.
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            self.insist(*args, **options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")
                cursor.execute("RESET lock_timeout")

    def insist(self, *args: Any, **options: Any) -> None:
        from psycopg.errors import LockNotAvailable

        for left in reversed(range(TRIES)):
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if not left or not isinstance(error.__cause__, LockNotAvailable):
                    raise
                self.stderr.write("A table is in use; trying again.")
                time.sleep(PAUSE)
            else:
                return

"""Django's PostgreSQL back end, for a site that goes on while the server is away or hangs.

A host that is off answers nothing at all, so that each attempt lasts until its timeout. While every
thread of the site waited for one, pages that need no database would wait with them: after a
failure one request in a while tries again, and the others are told at once.

A server whose disk is gone takes a query and never answers; its own limit for statements is frozen
with it. So the processes that serve readers have a limit here as well (__init__.py).
"""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg.pq import TransactionStatus

from portal import postgresql

REST = 1.0  # seconds
ASKED_EVERY = 1.0
TO_SAY_THAT_IT_LIVES = 2.0


class _Failures:
    lock = threading.Lock()
    tries_at: dict[str, float] = {}  # server → when the next attempt may be made


class _Here(threading.local):
    patience: float | None = None  # for what this thread is at; None: as much as usual


_here = _Here()


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """For tests and the debug page: the values of a prepared statement travel apart."""
        if isinstance(cursor, base.ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    _asked_at = 0.0

    def prepared_cursor(self) -> Any:
        """For statements that come again and again: a connection has each planned once."""
        wrapper: Any = self
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = base.ServerBindingCursor
            return wrapper._prepare_cursor(cursor(self.connection))

    def _has_unread(self) -> bool:
        if self.connection is None or self.connection.closed:
            return True
        unread = select.poll()
        unread.register(self.connection.fileno(), select.POLLIN | select.POLLHUP)
        return bool(unread.poll(0))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        server = f"{conn_params.get('host')}:{conn_params.get('port')}"
        with _Failures.lock:
            tries_at = _Failures.tries_at.get(server, 0)
            if tries_at > time.monotonic():
                raise psycopg.OperationalError("the database did not answer a moment ago")
            if tries_at:
                # This one tries; the others wait for what comes of it.
                patience = float(conn_params.get("connect_timeout") or 0)
                _Failures.tries_at[server] = time.monotonic() + patience + REST
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            _Failures.tries_at[server] = time.monotonic() + REST
            raise
        if tries_at:
            _Failures.tries_at.pop(server, None)
        _limit(connection, server)
        return connection

    def is_usable(self) -> bool:
        """Asked at the beginning of a request, about a connection that was used before.

        To ask the server costs a tenth of a page. One that went away said so, it lies unread; one
        that fell silent is found out after a moment.
        """
        now = time.monotonic()
        if now < self._asked_at + ASKED_EVERY and not self._has_unread():
            return True
        self._asked_at = now
        with _patience(TO_SAY_THAT_IT_LIVES):
            return super().is_usable()


def _limit(connection: psycopg.Connection, server: str) -> None:
    """Give up, and give the connection up, when an answer does not come."""
    wait = connection.wait

    def wait_no_longer(generator: Any, *arguments: Any, **options: Any) -> Any:
        if postgresql.patience is not None:
            options.setdefault("timeout", _here.patience or postgresql.patience)
        try:
            return wait(generator, *arguments, **options)
        except psycopg.OperationalError:
            if connection.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # No answer: whatever came later would be taken for that of the next query.
                connection.pgconn.finish()
                _Failures.tries_at[server] = time.monotonic() + REST
            raise

    connection.wait = wait_no_longer  # type: ignore[method-assign, assignment]


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    _here.patience = seconds
    try:
        yield
    finally:
        _here.patience = None

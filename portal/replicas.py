"""Public pages are read from copies of the database, as long as these are up to date.

Who is signed in, who has just written, and whatever is private reads the database itself; so does
everybody for some seconds after the public site has changed, which the tokens of kept pages tell.
Installed only where DATABASE_REPLICA_URLS names a replica.
"""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from itertools import count
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponseBase

from news import page_cache
from news.shared_store import StoreError

logger = logging.getLogger(__name__)

AFTER_A_CHANGE = 5.0  # seconds for which everybody reads what was changed
MOST_BEHIND = 3.0
ASKED_EVERY = 1.0
LEFT_ALONE = 5.0  # for which a server that failed is not asked again
# The comments' own addresses are left out: they show people what they have just written.
PUBLIC = {"home", "search", "page", "languages", "short_link"}
PUBLIC_PREFIXES = ("news:", "sitemap")

_chosen: ContextVar[str | None] = ContextVar("replica", default=None)
_verdicts: dict[str, tuple[float, bool]] = {}  # until when, and whether it may be read
_turn = count()


class Router:
    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _chosen.get() or DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        _chosen.set(None)  # whatever this request reads from now on
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # the same rows, wherever they were read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReadFromReplicas:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _chosen.set(None)
        try:
            response = self.get_response(request)
            alias = getattr(request, "replica", None)
            if alias and response.status_code >= 500 and not _answers(alias):
                # It went away underneath: a page that is only read may be made once more.
                _chosen.set(None)
                response = self.get_response(request)
            return response
        finally:
            _chosen.reset(token)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if not hasattr(request, "replica") and _is_public(request):
            request.replica = choose()  # type: ignore[attr-defined]
            _chosen.set(request.replica)  # type: ignore[attr-defined]


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and match is not None
        and (match.view_name in PUBLIC or match.view_name.startswith(PUBLIC_PREFIXES))
    )


def choose() -> str | None:
    """A replica that may be read, each in its turn; None for the database itself."""
    if _changed_lately():
        return None
    aliases = settings.DATABASE_REPLICAS
    first = next(_turn) % len(aliases)
    for alias in aliases[first:] + aliases[:first]:
        until, may_be_read = _verdicts.get(alias, (0.0, False))
        if until < time.monotonic():
            may_be_read = _look_at(alias)
        if may_be_read:
            return alias
    return None


def _changed_lately() -> bool:
    try:
        tokens = page_cache.tokens(page_cache.SITE, page_cache.ANY_ARTICLE)
    except StoreError:
        return True  # nobody knows
    return max(map(page_cache.moment_of, tokens)) > time.time() - AFTER_A_CHANGE


def _look_at(alias: str) -> bool:
    """Whether the replica has what the database has, or lacks only the last seconds of it."""
    patience = ASKED_EVERY
    try:
        written = _value(DEFAULT_DB_ALIAS, "SELECT pg_current_wal_lsn()::text")
    except DatabaseError:
        # A copy is better than nothing.
        written, patience = None, LEFT_ALONE
    try:
        may_be_read = bool(
            _value(
                alias,
                "SELECT pg_is_in_recovery() AND (%s::pg_lsn IS NULL"
                " OR pg_last_wal_replay_lsn() >= %s::pg_lsn"
                " OR now() - pg_last_xact_replay_timestamp() < make_interval(secs => %s))",
                written, written, MOST_BEHIND,
            )
        )  # fmt: skip
    except DatabaseError:
        logger.warning("The replica %s does not answer", alias)
        may_be_read, patience = False, LEFT_ALONE
    _verdicts[alias] = time.monotonic() + patience, may_be_read
    return may_be_read


def _answers(alias: str) -> bool:
    try:
        _value(alias, "SELECT 1")
    except DatabaseError:
        connections[alias].close()
        _verdicts[alias] = time.monotonic() + LEFT_ALONE, False
        return False
    return True


def _value(alias: str, query: str, *values: Any) -> Any:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]
    except DatabaseError:
        connections[alias].close()
        raise

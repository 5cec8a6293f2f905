"""Figures for Prometheus, when METRICS_TOKEN is set; all processes of one machine together.

Routes are named, never addresses: their number is bounded, and no person's is among them.
"""

import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def prepare(folder: Path) -> None:
    """Before the first process: figures of processes that are no more would be counted again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


class _Figures:
    """Made when first needed: the package looks at the folder while it is imported."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram

        self.requests = Counter(
            "portal_requests", "Answered requests", ["method", "status", "route", "cache"]
        )
        self.seconds = Histogram(
            "portal_request_seconds",
            "Time to answer",
            ["cache"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        )
        self.database = Counter("portal_database_seconds", "Time spent waiting for the database")
        self.queries = Counter("portal_database_queries", "Queries sent to the database")


_figures: _Figures | None = None


def figures() -> _Figures:
    global _figures  # noqa: PLW0603
    _figures = _figures or _Figures()
    return _figures


METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def observe(
    environ: dict[str, Any], status: str, seconds: float, database_seconds: float, queries: int
) -> None:
    method = environ.get("REQUEST_METHOD", "")
    cache = environ.get("portal.cache", "-")
    found = figures()
    found.requests.labels(
        method if method in METHODS else "other", status, environ.get("portal.route", "-"), cache
    ).inc()
    found.seconds.labels(cache).observe(seconds)
    found.database.inc(database_seconds)
    found.queries.inc(queries)


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """For whoever knows the token; for all others there is no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not secrets.compare_digest(
        given.encode(), settings.METRICS_TOKEN.encode()
    ):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = REGISTRY
    if FOLDER_VARIABLE in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return HttpResponse(
        generate_latest(registry) + _of_the_moment(), content_type=CONTENT_TYPE_LATEST
    )


def _of_the_moment() -> bytes:
    """What the database knows; left out where it does not answer."""
    from django.db import DatabaseError

    from comments.models import Comment
    from news.models import OutgoingMail
    from portal import jobs

    status = OutgoingMail.Status
    try:
        values = {
            "portal_comments_waiting": Comment.objects.pending().count(),
            "portal_mail_waiting": OutgoingMail.objects.filter(status=status.WAITING).count(),
            "portal_mail_failed": OutgoingMail.objects.filter(status=status.FAILED).count(),
            "portal_jobs_late": len(jobs.late()),
        }
    except DatabaseError:
        return b""
    return "".join(
        f"# TYPE {name} gauge\n{name} {value}\n" for name, value in values.items()
    ).encode()

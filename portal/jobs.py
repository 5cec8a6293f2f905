"""Timed commands: each run is recorded, one at a time, and a late one is noticed.

with jobs.run("backup") as run:
    …
    run.summary = "12 articles, 34 files"
"""

import fcntl
import socket
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from portal.models import JobRun

Outcome = JobRun.Outcome
RUNS_KEPT = 200  # of each job


class BusyError(CommandError):
    """Somebody else, perhaps on another host, is at it: no fault, and nothing to do."""

    def __init__(self, name: str) -> None:
        # EX_TEMPFAIL; the systemd units count it as success.
        super().__init__(f"{name} is running already.", returncode=75)


@dataclass(frozen=True)
class Late:
    name: str
    last_done_at: datetime | None
    period: timedelta


@contextmanager
def run(name: str) -> Iterator[JobRun]:
    """Record what happens within; BusyError when this job is running anywhere."""
    with _alone(name):
        # Whoever held the lock and left no ending was killed.
        JobRun.objects.filter(name=name, outcome=Outcome.RUNNING).update(
            outcome=Outcome.INTERRUPTED, finished_at=timezone.now()
        )
        record = JobRun.objects.create(name=name, host=socket.gethostname())
        try:
            yield record
        except BaseException as error:
            # A command's own words are for operators; other errors may quote data of people.
            said = str(error) if isinstance(error, CommandError) else type(error).__name__
            record.summary = "\n".join(filter(None, [record.summary, said]))
            _finish(record, Outcome.FAILED)
            raise
        _finish(record, Outcome.DONE)


def last_done(name: str) -> JobRun | None:
    return JobRun.objects.filter(name=name, outcome=Outcome.DONE).first()


def last(name: str) -> JobRun | None:
    return JobRun.objects.filter(name=name).first()


def late() -> list[Late]:
    """The jobs expected by settings.JOB_PERIODS that were not done in time, or never."""
    found = []
    for name, period in settings.JOB_PERIODS.items():
        done = last_done(name)
        if done is None or done.started_at < timezone.now() - period:
            found.append(Late(name, done.finished_at if done else None, period))
    return found


def _finish(record: JobRun, outcome: str) -> None:
    record.outcome, record.finished_at = outcome, timezone.now()
    record.save(update_fields=["outcome", "finished_at", "summary"])
    runs = JobRun.objects.filter(name=record.name)
    kept = {*runs.values_list("pk", flat=True)[:RUNS_KEPT]}
    if done := last_done(record.name):
        kept.add(done.pk)
    runs.exclude(pk__in=kept).delete()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """A lock that the death of its holder, however sudden, sets free."""
    if connection.vendor == "postgresql":
        # On a connection of its own: the job may close or break the usual one.
        lock = connection.copy()
        number = zlib.crc32(f"portal job {name}".encode())
        try:
            with lock.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
                if not cursor.fetchone()[0]:
                    raise BusyError(name)
            try:
                yield
            finally:
                # Closing alone frees it only once the server has noticed: too late for who is next.
                with suppress(DatabaseError), lock.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        finally:
            lock.close()
        return
    # SQLite lives on one machine, and so do all who use it.
    folder = Path(connection.settings_dict["NAME"]).parent
    with (folder / f"job-{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(name) from None
        yield

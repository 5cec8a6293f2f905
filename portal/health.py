"""Whether the parts that the portal stands on are well; asked by /readyz, by the page in the
admin and by `manage.py health`. Every part may be down, or silent, and the others are still told.
"""

import os
import platform
import shutil
import socket
import ssl
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from news.models import Article, OutgoingMail
from portal import jobs, logs

PATIENCE = 2.0  # seconds
LITTLE_SPACE = 1024**3  # bytes
MAIL_IS_LATE = timedelta(hours=1)
CERTIFICATE_ENDS_SOON = timedelta(days=14)


class State(StrEnum):
    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    name: str | Promise
    state: State
    text: str


class FailedError(Exception):
    """A part does not work; the text says how, without secrets."""


def within(check: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The answer of something that may hang; FailedError when it takes too long or fails."""
    answer: list[Any] = []
    error: list[Exception] = []
    language = get_language()  # each thread has its own

    def ask() -> None:
        try:
            with override(language):
                answer.append(check())
        except Exception as caught:  # each part has errors of its own
            error.append(caught)
        finally:
            connection.close()  # this thread's own

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(patience)
    if error:
        raise FailedError(logs.describe(error[0])) from error[0]
    if not answer:
        raise FailedError(_("no answer within %(seconds)d s") % {"seconds": patience})
    return answer[0]


# --- the parts that /readyz asks for, too ---


def ask_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
        if connection.vendor == "postgresql":
            number = str(cast(Any, connection).pg_version)
            return f"PostgreSQL {number[:-4]}.{int(number[-4:])}"
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def ask_cache() -> str:
    value = f"{time.time()}"
    cache.set("health", value, 10)
    if cache.get("health") != value:
        raise OSError("what was written could not be read")
    return "Redis" if settings.REDIS_URL else _("files")


def ask_storage() -> str:
    """Whether pictures and originals can be written."""
    for alias in ("default", "private"):
        storage = storages[alias]
        if not isinstance(storage, FileSystemStorage):
            storage.exists("health")
            continue
        folder = _existing(Path(storage.location))
        if not os.access(folder, os.W_OK):
            raise PermissionError(f"{alias}: not writable")
    return _("object storage") if settings.S3_BUCKET else _("files")


PARTS: dict[str, Callable[[], str]] = {
    "database": ask_database,
    "cache": ask_cache,
    "storage": ask_storage,
}


def not_ready() -> list[str]:
    """The parts that do not answer, asked all at once."""
    failed: list[str] = []

    def ask(name: str, check: Callable[[], str]) -> None:
        try:
            within(check)
        except FailedError:
            failed.append(name)

    threads = [threading.Thread(target=ask, args=part, daemon=True) for part in PARTS.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE + 1)
    return sorted(failed, key=list(PARTS).index)


# --- the page ---


def findings() -> Iterator[Finding]:
    names = {
        "database": gettext_lazy("Database"),
        "cache": gettext_lazy("Cache"),
        "storage": gettext_lazy("Files"),
    }
    has_database = True
    for part, check in PARTS.items():
        try:
            yield Finding(names[part], State.GOOD, within(check))
        except FailedError as error:
            has_database = has_database and part != "database"
            yield Finding(names[part], State.BAD, str(error))
    if has_database:
        for name, look in (
            (gettext_lazy("Migrations"), _migrations),
            (gettext_lazy("Mail"), _mail),
            (gettext_lazy("Timed jobs"), _jobs),
            (gettext_lazy("Backup"), _backup),
            (gettext_lazy("Rehearsal of a restore"), _rehearsal),
            (gettext_lazy("Scheduled articles"), _scheduled),
        ):
            try:
                state, text = look()
            except DatabaseError as error:
                state, text = State.BAD, type(error).__name__
            yield Finding(name, state, text)
    yield from _disks()
    yield _certificate()
    yield Finding(gettext_lazy("Versions"), State.GOOD, _versions())


def _migrations() -> tuple[State, str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return State.GOOD, _("all applied")
    names = [f"{migration.app_label}.{migration.name}" for migration, _back in waiting]
    told = ", ".join(names[:3]) + " …" * (len(names) > 3)
    return State.BAD, _("not applied: %(names)s") % {"names": told}


def _mail() -> tuple[State, str]:
    status = OutgoingMail.Status
    failed = OutgoingMail.objects.filter(status=status.FAILED).count()
    waiting = OutgoingMail.objects.filter(status=status.WAITING)
    count = waiting.count()
    if not settings.EMAIL_URL and not count:
        return State.NOTICE, _("There is no mail server: no mail is written.")
    told = [ngettext("%(n)d message waits", "%(n)d messages wait", count) % {"n": count}]
    state = State.GOOD
    if oldest := waiting.order_by("created_at").first():
        told.append(_("the oldest for %(time)s") % {"time": timesince(oldest.created_at)})
        if oldest.created_at < timezone.now() - MAIL_IS_LATE:
            state = State.BAD
    if failed:
        told.append(
            ngettext("%(n)d message was given up", "%(n)d messages were given up", failed)
            % {"n": failed}
        )
        state = State.BAD
    try:
        within(_greet_the_mail_server)
    except FailedError as error:
        told.append(_("the mail server: %(error)s") % {"error": error})
        state = State.BAD
    return state, ", ".join(told)


def _greet_the_mail_server() -> None:
    """As far as its password: a wrong one would be noticed by mail that waits only hours later."""
    server = get_connection()
    server.open()
    server.close()


def _jobs() -> tuple[State, str]:
    late = jobs.late()
    if not late:
        names = ", ".join(settings.JOB_PERIODS)
        return State.GOOD, _("in time: %(names)s") % {"names": names} if names else _(
            "none expected"
        )
    told = [
        _("%(job)s: last done %(moment)s") % {"job": job.name, "moment": _moment(job.last_done_at)}
        if job.last_done_at
        else _("%(job)s: never done") % {"job": job.name}
        for job in late
    ]
    return State.BAD, _("late: %(jobs)s") % {"jobs": "; ".join(told)}


def _backup() -> tuple[State, str]:
    return _last_run("backup")


def _rehearsal() -> tuple[State, str]:
    return _last_run("rehearse_restore")


def _last_run(name: str) -> tuple[State, str]:
    last, done = jobs.last(name), jobs.last_done(name)
    if last is None or last.started_at is None:
        return State.NOTICE, _("never")
    told = [_moment(done.finished_at) if done and done.finished_at else _("never done")]
    if done and done.summary:
        told.append(done.summary)
    if last.outcome in (jobs.Outcome.FAILED, jobs.Outcome.INTERRUPTED):
        told.append(
            _("the last attempt, %(moment)s: %(outcome)s")
            % {"moment": _moment(last.started_at), "outcome": last.get_outcome_display()}
        )
        return State.BAD, "; ".join(told)
    is_late = any(job.name == name for job in jobs.late())
    return State.BAD if is_late else State.GOOD, "; ".join(told)


def _scheduled() -> tuple[State, str]:
    """Those that wait for their moment; the clock publishes them, and a wrong clock would not."""
    waiting = Article.objects.scheduled()
    count = waiting.count()
    told = [
        ngettext(
            "%(n)d article waits for its moment", "%(n)d articles wait for their moment", count
        )
        % {"n": count}
    ]
    if first := waiting.order_by("published_at").first():
        told.append(_("the next: %(moment)s") % {"moment": _moment(first.published_at)})
    apart = _clocks_apart()
    if apart < timedelta(seconds=2):
        return State.GOOD, ", ".join(told)
    told.append(
        _(
            "the clocks of this machine and of the database are %(seconds)d s apart: "
            "articles appear late"
        )
        % {"seconds": apart.total_seconds()}
    )
    return State.BAD, ", ".join(told)


def _clocks_apart() -> timedelta:
    if connection.vendor != "postgresql":
        return timedelta()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return abs(cursor.fetchone()[0] - timezone.now())


def _disks() -> Iterator[Finding]:
    seen = set()
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.CACHE_DIR):
        existing = _existing(Path(folder))
        if (device := existing.stat().st_dev) in seen:
            continue
        seen.add(device)
        usage = shutil.disk_usage(existing)
        is_short = usage.free < LITTLE_SPACE or usage.free < usage.total / 20
        yield Finding(
            format_lazy("{} {}", gettext_lazy("Disk of"), str(folder)),
            State.BAD if is_short else State.GOOD,
            _("%(free).1f GB of %(total).1f GB are free")
            % {"free": usage.free / 1024**3, "total": usage.total / 1024**3},
        )


def _certificate() -> Finding:
    name = gettext_lazy("Certificate")
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https":
        return Finding(name, State.NOTICE, _("The site is not served by https."))
    try:
        ends_at = within(lambda: certificate_ends_at(parts.hostname or "", parts.port or 443))
    except FailedError as error:
        return Finding(name, State.BAD, str(error))
    soon = ends_at < timezone.now() + CERTIFICATE_ENDS_SOON
    text = _("valid until %(moment)s") % {"moment": _moment(ends_at)}
    return Finding(name, State.BAD if soon else State.GOOD, text)


def certificate_ends_at(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as encrypted,
    ):
        certificate = cast(dict[str, Any], encrypted.getpeercert())
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)


def _versions() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]
    return (
        f"portal {project['version']}, Django {django.get_version()},"
        f" Python {platform.python_version()}"
    )


def _moment(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "–"


def _existing(folder: Path) -> Path:
    """The folder, or what of its path there is so far."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())

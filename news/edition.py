"""The edition: what the public site is between two changes, be they made by people or by the clock.

A scheduled article, an alert, the end of a pin and midnight change pages without anybody saving
anything, so an edition knows the next such moment and ends there.
"""

import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from news import page_cache
from news.shared_store import StoreError

CHECK_EVERY = 0.2  # seconds: how late a process may learn of a change
RETRY_EVERY = 1.0


@dataclass(frozen=True)
class Edition:
    """``token`` is "" while the shared store is away: then nobody knows what is current."""

    token: str = ""
    articles: str = ""  # renewed whenever any article's own token is
    forgotten_before: float = 0
    ends_at: float = 0
    closable_alerts: frozenset[int] = frozenset()  # those in force that readers may close
    previous: str = ""  # key of the one before; "" where it is not known what came between
    looked_at: float = 0  # seconds of the clock: it was the newest then

    @property
    def key(self) -> str:
        return f"{self.token}/{self.ends_at:.6f}" if self.token else ""


class _Here:
    """What this process knows."""

    edition = Edition()
    checks_at = 0.0
    good_before = 0.0  # seconds of the clock
    lock = threading.Lock()


def current() -> Edition:
    """As of 0.2 s ago at most, and of this second of the clock (the page cache tells a web server
    before it that a page is good until its end); two small reads, and after a change three queries.
    """
    if time.monotonic() < _Here.checks_at and time.time() < _Here.good_before:
        return _Here.edition
    if _Here.lock.acquire(blocking=False):  # a database that hangs must not hold up the others
        try:
            now = time.time()
            found = replace(_next(_Here.edition), looked_at=now)
            if found.key != _Here.edition.key:
                found = replace(found, previous=_Here.edition.key)
            _Here.edition = found
            _Here.good_before = min(found.ends_at, int(now) + 1)
            _Here.checks_at = time.monotonic() + CHECK_EVERY
        finally:
            _Here.lock.release()
    return _Here.edition


def last() -> Edition:
    """As of the last look."""
    return _Here.edition


def _next(edition: Edition) -> Edition:
    try:
        token = page_cache.site_token()
        articles, forgotten = page_cache.tokens(page_cache.ANY_ARTICLE, page_cache.SITE_FORGOTTEN)
    except StoreError:
        token, articles, forgotten = "", "", ""
    fresh = replace(
        edition,
        token=token,
        articles=articles,
        forgotten_before=max(edition.forgotten_before, page_cache.moment_of(forgotten)),
    )
    if token and token == edition.token and time.time() < edition.ends_at:
        return fresh
    close_old_connections()  # no request has begun so far, which would do it
    try:
        ends_at, alerts = _look_ahead()
    except (DatabaseError, InterfaceError):
        return replace(fresh, ends_at=time.time() + RETRY_EVERY)
    return replace(fresh, ends_at=ends_at.timestamp(), closable_alerts=alerts)


def _look_ahead() -> tuple[datetime, frozenset[int]]:
    """When the public site changes by itself, and the alerts that a reader may have closed.

    What is due by now is done first: a change, a withdrawal.
    """
    from news import due
    from news.models import Alert, Article

    now = timezone.now()
    coming = due.moments()
    if any(moment <= now for moment in coming):
        due.settle()
        coming = [moment for moment in due.moments() if moment > now]
    tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [tomorrow + timedelta(days=1)]  # the calendar's today, the year in the footer
    moments += coming
    scheduled = Article.objects.scheduled().order_by("published_at")
    moments += scheduled.values_list("published_at", flat=True)[:1]
    moments += Article.objects.pinned().values_list("pinned_until", flat=True)
    alerts = Alert.objects.filter(ends_at__gt=now).only("starts_at", "ends_at", "dismissible")
    for alert in alerts:
        moments += [moment for moment in (alert.starts_at, alert.ends_at) if moment > now]
    return min(moments), frozenset(
        alert.pk for alert in alerts if alert.dismissible and alert.starts_at <= now
    )


def known_key() -> str:
    """For the keys of whatever else is kept of the public site, between two looks at the store."""
    if time.monotonic() < _Here.checks_at and _Here.edition.key:
        return _Here.edition.key
    return page_cache.generation()

"""Asking what is due, few questions to one host at a time, and keeping what came of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from news.models import Article, OutsideLink, OutsideLinkUse
from news.outside_links.asking import Answer, ask

Outcome = OutsideLink.Outcome
ALIVE_AGAIN = timedelta(days=7)
FAILED_AGAIN = timedelta(hours=20)  # every night
# So many nights in a row an address may be silent before it is called dead.
PATIENCE = 3


@dataclass
class Checked:
    asked: int = 0
    alive: int = 0
    doubtful: int = 0
    dead: int = 0

    def __str__(self) -> str:
        return f"{self.asked} asked: {self.alive} alive, {self.doubtful} doubtful, {self.dead} dead"


def check(*, most: int, seconds: float, ask: Callable[[str], Answer] = ask) -> Iterator[Checked]:
    """Ask what is due, longest waiting first, until ``most`` were asked or the time is over."""
    checked, until = Checked(), time.monotonic() + seconds
    asked_at: dict[str, float] = {}
    for number in list(_due()[:most]):
        if time.monotonic() >= until:
            return
        link = OutsideLink.objects.get(pk=number)
        _wait_for(urlsplit(link.address).netloc, asked_at)
        _keep(link, ask(link.address))
        checked.asked += 1
        setattr(checked, link.outcome, getattr(checked, link.outcome) + 1)
        yield checked


def _due() -> Any:
    """What articles link to that are not taken away; what nobody links to any more is forgotten."""
    OutsideLink.objects.filter(uses__isnull=True).delete()
    used = OutsideLinkUse.objects.filter(article__in=Article.objects.in_use())
    return (
        OutsideLink.objects.filter(due_at__lte=timezone.now(), pk__in=used.values("link_id"))
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)
    )


def _wait_for(host: str, asked_at: dict[str, float]) -> None:
    """Nobody is asked twice within the pause."""
    rest = asked_at.get(host, 0) + settings.NEWS_LINK_CHECK_PAUSE - time.monotonic()
    if rest > 0:
        time.sleep(rest)
    asked_at[host] = time.monotonic()


def _keep(link: OutsideLink, answer: Answer) -> None:
    now = timezone.now()
    link.checked_at, link.problem = now, answer.problem
    if answer.is_alive:
        link.outcome, link.failures, link.failing_since = Outcome.ALIVE, 0, None
        link.due_at = now + ALIVE_AGAIN
    else:
        link.failures = min(link.failures + 1, 1000)
        link.failing_since = link.failing_since or now
        is_dead = answer.is_final or link.failures >= PATIENCE
        link.outcome = Outcome.DEAD if is_dead else Outcome.DOUBTFUL
        link.due_at = now + FAILED_AGAIN
    link.save()

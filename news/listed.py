"""The articles of a list, newest first, stretch by stretch; however long it is, by one index."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from news.models import Article, Section
from news.periods import Period
from news.prepared import Prepared

FAR = 50  # articles


@dataclass(frozen=True)
class Listing:
    """All public news of a language, of a section, or of a period."""

    language: str
    section: Section | None = None
    period: Period | None = None

    def rows(
        self,
        most: int,
        *,
        before: datetime | None = None,
        since: datetime | None = None,
        start: int = 0,
    ) -> list[Article]:
        """At most so many between two moments, without the first ``start`` of them."""
        if self.period:
            before = min(before or self.period.ends_at, self.period.ends_at)
            since = max(since or self.period.starts_at, self.period.starts_at)
        now = timezone.now()
        until = min(now, before - timedelta(microseconds=1)) if before else now
        return _ROWS(
            _Wording(
                self.language,
                self.section is not None,
                since is not None,
                start > 0,
                start >= FAR,
                most,
            ),
            now=now,
            until=until,
            since=since or until,
            section=self.section.pk if self.section else 0,
            start=start,
        )


class _Wording(NamedTuple):
    language: str
    has_section: bool
    has_since: bool
    skips: bool
    skips_far: bool
    most: int


def _rows(
    wording: _Wording, *, now: Any, until: Any, since: Any, section: Any, start: Any
) -> QuerySet[Article]:
    public = Article.objects.published_until(until, now=now)
    articles = public.in_language(wording.language)
    if wording.has_section:
        articles = articles.in_section(section)
    if wording.has_since:
        articles = articles.filter(published_at__gte=since)
    articles = articles.for_listing().newest_first()
    if not wording.skips:
        return articles[: wording.most]
    skipped = articles[start : start + wording.most]
    # Far into a month an index counts off what is skipped, and nothing of it is looked up.
    return articles.filter(pk__in=skipped.values("pk")) if wording.skips_far else skipped


_ROWS = Prepared(_rows)

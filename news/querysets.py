"""How articles are read. "Public" is defined here, once."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from news.languages import LANGUAGES
from news.periods import Period


def _last_moment(before: datetime) -> datetime:
    return min(timezone.now(), before - timedelta(microseconds=1))


class ArticleQuerySet(models.QuerySet):
    model: Any  # news.models imports this module

    def published(self, at: datetime | None = None):
        """What the public may read at a moment (now): decided by the clock, to the second."""
        now = at or timezone.now()
        return self._public(until=now, now=now)

    def _public(self, *, until: datetime, now: datetime):
        """Public now, and published by ``until``: one upper bound, on which an index begins."""
        return self.filter(
            Q(withdraws_at__isnull=True) | Q(withdraws_at__gt=now),
            status=self.model.Status.PUBLISHED,
            published_at__lte=until,
        )

    def in_review(self):
        return self.filter(status=self.model.Status.IN_REVIEW)

    def drafts_of(self, user):
        """What somebody began and has not given to an editor."""
        return self.filter(status=self.model.Status.DRAFT, created_by=user)

    def returned_to(self, user):
        """Of these, what somebody else last sent back from review."""
        decisions = self.model._meta.get_field("decisions").related_model.objects
        last = decisions.filter(article=OuterRef("pk"), change__isnull=True).order_by("-pk")[:1]
        return (
            self.drafts_of(user)
            .annotate(
                came_from=Subquery(last.values("status_before")),
                sent_by=Subquery(last.values("decided_by")),
            )
            .filter(came_from=self.model.Status.IN_REVIEW)
            .exclude(sent_by=user.pk)
        )

    def with_change(self, status):
        """Those whose prepared change, of which there is one at a time, stands so."""
        return self.filter(changes__status=status).exclude(status=self.model.Status.TRASHED)

    def scheduled(self):
        return self.filter(status=self.model.Status.PUBLISHED, published_at__gt=timezone.now())

    def once_published(self, at: datetime | None = None):
        """Everything that has an address: published, withdrawn (under a notice), removed (410)."""
        status = self.model.Status
        return self.filter(
            status__in=(status.PUBLISHED, status.WITHDRAWN, status.REMOVED, status.TRASHED),
            published_at__lte=at or timezone.now(),
        )

    def readable(self):
        """What has a page: published, or withdrawn under a notice; with it what belongs to it."""
        status = self.model.Status
        return self.once_published().exclude(status__in=(status.REMOVED, status.TRASHED))

    def in_use(self):
        """Everything but what was taken away: drafts, and what readers have or will have."""
        status = self.model.Status
        return self.exclude(status__in=(status.REMOVED, status.TRASHED))

    def in_language(self, language: str):
        # Written "= true" SQL-wise: for a bare boolean SQLite leaves the index aside.
        return self.filter(**{f"has_{language}__in": [True]})

    def missing_in(self, language: str):
        return self.filter(**{f"has_{language}": False})

    def outdated_in(self, language: str):
        """The original has changed, this translation has not followed."""
        return self.filter(**{f"outdated_{language}": True})

    def current_in(self, language: str):
        return self.filter(**{f"has_{language}": True, f"outdated_{language}": False})

    def in_section(self, section):
        return self.filter(section=section)

    def within(self, period: Period):
        """Compares moments, so that an index serves it (``__date`` and ``__month`` cannot)."""
        return self.filter(published_at__gte=period.starts_at, published_at__lt=period.ends_at)

    def pinned(self):
        """What editors keep on the front page, in the order they gave it."""
        return self.filter(pinned_until__gt=timezone.now()).order_by(
            F("pinned_place").asc(nulls_last=True), "-published_at", "-pk"
        )

    def published_before(self, moment: datetime):
        """Public and older than a moment, with one upper bound: given two, SQLite may begin at
        now and walk all the way down."""
        return self._public(until=_last_moment(moment), now=timezone.now())

    def published_until(self, moment: datetime, *, now: datetime):
        """The same for prepared queries, which are told the time."""
        return self._public(until=moment, now=now)

    def to_be_withdrawn(self):
        """What leaves the public site at a moment that was chosen."""
        return self.filter(status=self.model.Status.PUBLISHED, withdraws_at__isnull=False)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def for_listing(self):
        """With what a list shows, without the bodies."""
        bodies = (f"body_{language}" for language in LANGUAGES)
        return self.select_related("section", "main_picture").defer(
            "body", *bodies, "created_at", "main_picture__uploaded_at"
        )

    def named(self):
        """With what a line needs that leads to each: headline and address, and nothing else."""
        said = (f"{field}_{code}" for code in LANGUAGES for field in ("headline", "has"))
        clock = ("published_at", "withdrawn_at", "withdraws_at")
        return self.only("section", "status", *clock, *said)

    def per_day(self) -> dict[date, int]:
        """Map each local date to its number of articles."""
        # annotate() first: values() given an expression also selects every translated column.
        rows = (
            self.order_by()
            .annotate(day=TruncDate("published_at"))
            .values("day")
            .annotate(articles=Count("pk"))
        )
        return {row["day"]: row["articles"] for row in rows.order_by("day")}

    def per_month(self) -> dict[date, int]:
        """Map the first day of each month to its number of articles."""
        rows = (
            self.order_by()
            .annotate(month=TruncMonth("published_at"))
            .values("month")
            .annotate(articles=Count("pk"))
        )
        return {timezone.localdate(row["month"]): row["articles"] for row in rows.order_by("month")}

    def per_day_and_languages(self) -> list[tuple[date, tuple[str, ...], int]]:
        """Each local date, the set of languages its articles exist in, how many have that set."""
        flags = [f"has_{language}" for language in LANGUAGES]
        rows = (
            self.order_by()
            .annotate(day=TruncDate("published_at"))
            .values("day", *flags)
            .annotate(articles=Count("pk"))
            .order_by("day")
        )
        return [
            (
                row["day"],
                tuple(language for language in LANGUAGES if row[f"has_{language}"]),
                row["articles"],
            )
            for row in rows
        ]

    def published_within(self, period: Period):
        return self.published_before(period.ends_at).filter(published_at__gte=period.starts_at)

    def around(self, period: Period, language: str):
        """The public articles of a period in every language, and the nearest ones of ``language``.

        The month calendar lives on this: however much news there is, an index answers it.
        """
        before, after = self._beside(period, language)
        return self.filter(
            Q(
                Q(withdraws_at__isnull=True) | Q(withdraws_at__gt=timezone.now()),
                status=self.model.Status.PUBLISHED,
                published_at__gte=period.starts_at,
                published_at__lte=_last_moment(period.ends_at),
            )
            | Q(pk=Subquery(before.values("pk")[:1]))
            | Q(pk=Subquery(after.values("pk")[:1]))
        )

    def neighbours(self, period: Period, language: str) -> tuple[datetime | None, datetime | None]:
        """The moments of the nearest public articles before and after a period."""
        before, after = self._beside(period, language)
        return (
            before.values_list("published_at", flat=True).first(),
            after.values_list("published_at", flat=True).first(),
        )

    def _beside(self, period: Period, language: str):
        before = self.published_before(period.starts_at).in_language(language)
        after = self.published().in_language(language).filter(published_at__gte=period.ends_at)
        return before.newest_first(), after.order_by("published_at", "pk")

    def per_language(self) -> dict[str, int]:
        """How many of these articles exist in each language."""
        return self.aggregate(
            **{
                language: Count("pk", filter=Q(**{f"has_{language}": True}))
                for language in LANGUAGES
            }
        )


class PreparedChangeQuerySet(models.QuerySet):
    model: Any

    def open(self):
        return self.filter(status__in=self.model.OPEN)

    def scheduled(self):
        return self.filter(status=self.model.Status.SCHEDULED)

    def due(self):
        return self.scheduled().filter(publish_at__lte=timezone.now()).order_by("publish_at")


class AlertQuerySet(models.QuerySet):
    def in_force(self):
        """What is shown now: decided by the clock, to the second."""
        now = timezone.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

"""The public account of moderation: what came, what was decided and why. No texts, no names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from comments.articles import Period
from comments.models import Comment, ModerationDecision, RejectionReason

Status = Comment.Status


@dataclass
class Account:
    """One month. Decisions count in the month in which they were taken."""

    month: date
    received: int = 0
    decided: Counter[str] = field(default_factory=Counter)  # first decisions, by status
    rejected: Counter[str] = field(default_factory=Counter)  # the same, by reason
    reversals: int = 0
    median: timedelta | None = None  # from the sending to the first decision

    @property
    def approved(self) -> int:
        return self.decided[Status.APPROVED]

    @property
    def rejected_total(self) -> int:
        return self.decided[Status.REJECTED]

    @property
    def spam(self) -> int:
        return self.decided[Status.SPAM]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Every reason of the published list, also where nothing was rejected for it."""
        return [(str(label), self.rejected[code]) for code, label in RejectionReason.choices]

    @property
    def median_minutes(self) -> int | None:
        return None if self.median is None else round(self.median.total_seconds() / 60)


def months() -> list[date]:
    """The first days of all months since the first comment, the newest first; a month without
    comments is among them: nothing was moderated then, and that is an account too."""
    first = Comment.objects.aggregate(first=Min("created_at"))["first"]
    if first is None:
        return []
    month, end = timezone.localdate().replace(day=1), timezone.localdate(first).replace(day=1)
    found = []
    while month >= end:
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def of_months(wanted: Iterable[date]) -> list[Account]:
    """The accounts of neighbouring months in three queries, without the medians."""
    accounts = {month: Account(month) for month in wanted}
    if not accounts:
        return []
    starts_at = Period.of_month(min(accounts).year, min(accounts).month).starts_at
    ends_at = Period.of_month(max(accounts).year, max(accounts).month).ends_at
    came = Comment.objects.filter(
        kind=Comment.Kind.CITIZEN, created_at__gte=starts_at, created_at__lt=ends_at
    )
    for row in _per_month(came, "created_at"):
        accounts[timezone.localdate(row["month"])].received += row["rows"]
    decisions = taken(starts_at, ends_at)
    for row in _per_month(first_ones(decisions), "decided_at", "status_after", "reason"):
        account = accounts[timezone.localdate(row["month"])]
        account.decided[row["status_after"]] += row["rows"]
        if row["reason"]:
            account.rejected[row["reason"]] += row["rows"]
    for row in _per_month(reversals(decisions), "decided_at"):
        accounts[timezone.localdate(row["month"])].reversals += row["rows"]
    return list(accounts.values())


def of_month(month: date) -> Account:
    (account,) = of_months([month])
    account.median = median_of(month)
    return account


def median_of(month: date) -> timedelta | None:
    period = Period.of_month(month.year, month.month)
    return median_wait(first_ones(taken(period.starts_at, period.ends_at)))


def taken(starts_at: datetime, ends_at: datetime) -> QuerySet[ModerationDecision]:
    """Decisions about what citizens wrote: official answers pass no queue."""
    return ModerationDecision.objects.filter(
        comment__kind=Comment.Kind.CITIZEN, decided_at__gte=starts_at, decided_at__lt=ends_at
    )


def first_ones(decisions: QuerySet[ModerationDecision]) -> QuerySet[ModerationDecision]:
    return decisions.filter(status_before=Status.PENDING)


def reversals(decisions: QuerySet[ModerationDecision]) -> QuerySet[ModerationDecision]:
    """Those that changed an earlier one."""
    changed = decisions.exclude(status_before=Status.PENDING)
    return changed.exclude(status_before=F("status_after"))


def _per_month(rows: QuerySet, moment: str, *others: str) -> QuerySet:
    return (
        rows.order_by()
        .annotate(month=TruncMonth(moment))
        .values("month", *others)
        .annotate(rows=Count("pk"))
    )


def median_wait(decisions: QuerySet[ModerationDecision]) -> timedelta | None:
    """The middle one of the sorted waits (of two, the shorter): found by the database."""
    count = decisions.count()
    if not count:
        return None
    waited = ExpressionWrapper(
        F("decided_at") - F("comment__created_at"), output_field=DurationField()
    )
    place = (count - 1) // 2
    return (
        decisions.annotate(waited=waited)
        .order_by("waited")
        .values_list("waited", flat=True)[place : place + 1][0]
    )

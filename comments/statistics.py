"""How moderation goes, in figures for those who do it: what came and was decided day by day, how
long people waited, who decided how much, and which rules were right to hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comments import account, answers, appeals
from comments.articles import Chart, Period, Series
from comments.models import Comment, Hold, ModerationDecision, ModerationRule, RejectionReason

Status = Comment.Status


@dataclass(frozen=True)
class Day:
    on: date
    received: int
    decided: int


@dataclass(frozen=True)
class OfPerson:
    name: str
    decisions: int
    changed: int  # others than their own first ones: appeals, errors, what was taken back


@dataclass(frozen=True)
class OfRule:
    rule: str
    held: int
    approved: int
    refused: int

    @property
    def approved_share(self) -> int | None:
        """Of a hundred that people decided, how many they approved: such a rule is too wide."""
        decided = self.approved + self.refused
        return round(100 * self.approved / decided) if decided else None


@dataclass
class Statistics:
    days: list[Day]
    waiting_since: datetime | None = None
    median: timedelta | None = None
    decided: Counter[str] = field(default_factory=Counter)  # first decisions, by status
    rejected: Counter[str] = field(default_factory=Counter)  # the same, by reason
    reversals: int = 0
    second_looks: int = 0
    appeals: int = 0
    overdue: int = 0
    people: list[OfPerson] = field(default_factory=list)
    rules: list[OfRule] = field(default_factory=list)

    @property
    def received(self) -> int:
        return sum(day.received for day in self.days)

    @property
    def decided_total(self) -> int:
        return sum(self.decided.values())

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return [(str(label), self.rejected[code]) for code, label in RejectionReason.choices]


def last(days: int) -> Period:
    """So many days, today the last of them."""
    today = timezone.localdate()
    return Period(today - timedelta(days=days - 1), today + timedelta(days=1))


def of_last(days: int, *, sections: Sequence[int] = (), only: User | None = None) -> Statistics:
    """Of so many days until now; ``only``: of all people one alone."""
    period = last(days)
    taken = account.taken(period.starts_at, period.ends_at)
    if sections:
        taken = taken.filter(comment__article__section__in=sections)
    first = account.first_ones(taken)
    found = Statistics(
        per_day(period, sections=sections),
        waiting_since=_oldest_waiting(sections),
        median=account.median_wait(first),
        second_looks=taken.filter(is_second_look=True).count(),
        appeals=appeals.count(period.starts_at, period.ends_at),
        overdue=answers.overdue().count(),
        people=list(_people(taken, only)),
        rules=list(of_rules(period, sections).values()),
    )
    for row in first.order_by().values("status_after", "reason").annotate(rows=Count("pk")):
        found.decided[row["status_after"]] += row["rows"]
        if row["reason"]:
            found.rejected[row["reason"]] += row["rows"]
    found.reversals = account.reversals(taken).count()
    return found


def per_day(period: Period, *, sections: Sequence[int] = ()) -> list[Day]:
    """Every day of the stretch, also those on which nothing came."""
    came = Comment.objects.filter(
        kind=Comment.Kind.CITIZEN,
        created_at__gte=period.starts_at,
        created_at__lt=period.ends_at,
    )
    first = account.first_ones(account.taken(period.starts_at, period.ends_at))
    if sections:
        came = came.filter(article__section__in=sections)
        first = first.filter(comment__article__section__in=sections)
    received, decided = _counts(came, "created_at"), _counts(first, "decided_at")
    count = (period.ends_on - period.starts_on).days
    dates = (period.starts_on + timedelta(days=place) for place in range(count))
    return [Day(on, received.get(on, 0), decided.get(on, 0)) for on in dates]


def chart(days: list[Day]) -> Chart:
    return Chart(
        name="days",
        title=_("Comments received and decided, day by day"),
        heading=_("Day"),
        labels=[f"{day.on:%d.%m}" for day in days],
        series=[
            Series(pgettext("comments", "Received"), [day.received for day in days]),
            Series(pgettext("comments", "Decided"), [day.decided for day in days]),
        ],
    )


def _counts(rows: QuerySet, moment: str) -> dict[date, int]:
    days = rows.order_by().annotate(day=TruncDate(moment)).values("day")
    return {row["day"]: row["rows"] for row in days.annotate(rows=Count("pk"))}


def _oldest_waiting(sections: Sequence[int]) -> datetime | None:
    waiting = Comment.objects.pending()
    if sections:
        waiting = waiting.filter(article__section__in=sections)
    return waiting.oldest_first().values_list("created_at", flat=True).first()


def _people(taken: QuerySet[ModerationDecision], only: User | None) -> Iterator[OfPerson]:
    if only:
        taken = taken.filter(decided_by=only)
    changed = ~Q(status_before=Status.PENDING) & ~Q(status_before=F("status_after"))
    rows = (
        taken.exclude(decided_by=None)
        .order_by()
        .values("decided_by")
        .annotate(rows=Count("pk"), changed=Count("pk", filter=changed))
    )
    people = User.objects.in_bulk([row["decided_by"] for row in rows])
    for row in sorted(rows, key=lambda row: -row["rows"]):
        person = people[row["decided_by"]]
        name = person.get_full_name() or person.get_username()
        yield OfPerson(name, row["rows"], row["changed"])


def of_rules(period: Period, sections: Sequence[int] = ()) -> dict[int, OfRule]:
    """What each rule held in that time, the busiest first, and what people decided on it."""
    holds = Hold.objects.filter(
        comment__created_at__gte=period.starts_at, comment__created_at__lt=period.ends_at
    )
    if sections:
        holds = holds.filter(comment__article__section__in=sections)
    refused = Q(comment__status__in=[Status.REJECTED, Status.SPAM])
    rows = (
        holds.order_by()
        .values("version__rule")
        .annotate(
            held=Count("pk"),
            approved=Count("pk", filter=Q(comment__status=Status.APPROVED)),
            refused=Count("pk", filter=refused),
        )
    )
    rules = ModerationRule.objects.in_bulk([row["version__rule"] for row in rows])
    return {
        row["version__rule"]: OfRule(
            str(rules[row["version__rule"]]), row["held"], row["approved"], row["refused"]
        )
        for row in sorted(rows, key=lambda row: -row["held"])
    }

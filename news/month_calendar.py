"""The month grid: which days have news, and where the neighbouring months with news are."""

import re
from calendar import Calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from news.periods import Period


@dataclass(frozen=True)
class Day:
    date: date
    count: int
    is_today: bool
    is_current: bool

    @property
    def number(self) -> int:
        return self.date.day

    @property
    def url(self) -> str:
        """The day's archive; empty where the day has no news."""
        if not self.count:
            return ""
        return reverse("news:day", args=[self.date.year, self.date.month, self.date.day])


@dataclass(frozen=True)
class Neighbour:
    month: date
    url: str


@dataclass(frozen=True)
class MonthCalendar:
    month: date
    weeks: list[list[Day | None]]
    previous: Neighbour | None
    next: Neighbour | None

    weekdays = [(WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in range(7)]  # Monday first

    @property
    def month_url(self) -> str:
        """The month's archive; empty where the month has no news."""
        if not any(day and day.count for week in self.weeks for day in week):
            return ""
        return reverse("news:month", args=[self.month.year, self.month.month])


def month_from(text: str) -> date | None:
    """The first day of a month written 2018-10; None where it is anything else."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text, re.ASCII)
    try:
        return Period.of_month(int(match[1]), int(match[2])).starts_on if match else None
    except ValueError:
        return None


def build(
    month: date,
    counts: Mapping[date, int],
    *,
    today: date,
    current: date | None,
    url_of: Callable[[date], str],
) -> MonthCalendar:
    """The grid of a month from ``counts``: its days with news and the nearest day either side.

    ``url_of`` gives the address under which the reader gets the calendar of another month.
    """

    def neighbour(days: list[date]) -> Neighbour | None:
        first = days[0].replace(day=1) if days else None
        return Neighbour(first, url_of(first)) if first else None

    period = Period.of_month(month.year, month.month)
    return MonthCalendar(
        month=month,
        weeks=[
            [
                Day(day, counts.get(day, 0), day == today, day == current)
                if day.month == month.month
                else None
                for day in week
            ]
            for week in Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
        ],
        previous=neighbour([day for day in counts if day < period.starts_on]),
        next=neighbour([day for day in counts if day >= period.ends_on]),
    )

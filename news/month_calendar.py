"""The month grid: which days have news, and where the neighbouring months with news are.

A day may have news that the page's language lacks: that is told, and is not a link.
"""

import re
from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from news.periods import Period

ONLY_IN = {
    ("kk",): _("only in Kazakh: %(count)s"),
    ("ru",): _("only in Russian: %(count)s"),
    ("en",): _("only in English: %(count)s"),
    ("kk", "ru"): _("only in Kazakh and Russian: %(count)s"),
    ("kk", "en"): _("only in Kazakh and English: %(count)s"),
    ("ru", "en"): _("only in Russian and English: %(count)s"),
}


@dataclass
class DayNews:
    """How many articles a day has in the page's language, and in which other ones only."""

    here: int = 0
    only_in: dict[tuple[str, ...], int] = field(default_factory=dict)


def tally(rows: Iterable[tuple[date, tuple[str, ...], int]], language: str) -> dict[date, DayNews]:
    """What ``ArticleQuerySet.per_day_and_languages()`` means to a page in ``language``."""
    days: dict[date, DayNews] = {}
    for day, languages, count in rows:
        news = days.setdefault(day, DayNews())
        if language in languages:
            news.here += count
        elif languages in ONLY_IN:
            news.only_in[languages] = count
    return days


@dataclass(frozen=True)
class Day:
    date: date
    news: DayNews
    is_today: bool
    is_current: bool

    @property
    def count(self) -> int:
        return self.news.here

    @property
    def elsewhere(self) -> list[str]:
        """«Only in Russian: 2», for each set of languages."""
        return [ONLY_IN[languages] % {"count": n} for languages, n in self.news.only_in.items()]

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
class MonthCalendar:
    month: date
    weeks: list[list[Day | None]]
    previous: date | None  # first days of the nearest months with news
    next: date | None

    weekdays = [(WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in range(7)]  # Monday first

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]

    @property
    def count(self) -> int:
        return sum(day.count for day in self.days)

    @property
    def has_elsewhere(self) -> bool:
        return any(day.elsewhere for day in self.days)

    @property
    def month_url(self) -> str:
        """The month's archive; empty where the month has no news."""
        if not self.count:
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
    news: Mapping[date, DayNews],
    *,
    today: date,
    current: date | None,
) -> MonthCalendar:
    """The grid of a month from ``news``: its days with news and the nearest day either side."""

    def neighbour(days: list[date]) -> date | None:
        return days[0].replace(day=1) if days else None

    period = Period.of_month(month.year, month.month)
    days = [day for day, day_news in news.items() if day_news.here]
    return MonthCalendar(
        month=month,
        weeks=[
            [
                Day(day, news.get(day) or DayNews(), day == today, day == current)
                if day.month == month.month
                else None
                for day in week
            ]
            for week in Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
        ],
        previous=neighbour([day for day in days if day < period.starts_on]),
        next=neighbour([day for day in days if day >= period.ends_on]),
    )


def build_year(year: int, news: Mapping[date, DayNews], *, today: date) -> list[MonthCalendar]:
    """Twelve grids, without ways from one to the next."""
    of_month: list[dict[date, DayNews]] = [{} for _month in range(12)]
    for day, day_news in news.items():
        of_month[day.month - 1][day] = day_news
    return [
        build(date(year, month, 1), days, today=today, current=None)
        for month, days in enumerate(of_month, start=1)
    ]

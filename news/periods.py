"""Years, months and days as half-open stretches of the district's own time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

YEARS = range(1990, 2100)  # outside, moments overflow on their way to UTC; there is no news either


@dataclass(frozen=True)
class Period:
    """From ``starts_on`` until before ``ends_on``."""

    starts_on: date
    ends_on: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Raises ValueError, like its siblings, where there is no such year, month or day."""
        if year not in YEARS:
            raise ValueError("year out of range")
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        if year not in YEARS:
            raise ValueError("year out of range")
        starts_on = date(year, month, 1)
        return cls(starts_on, (starts_on + timedelta(days=31)).replace(day=1))

    @classmethod
    def of_day(cls, year: int, month: int, day: int) -> "Period":
        if year not in YEARS:
            raise ValueError("year out of range")
        starts_on = date(year, month, day)
        return cls(starts_on, starts_on + timedelta(days=1))

    @property
    def starts_at(self) -> datetime:
        return _midnight(self.starts_on)

    @property
    def ends_at(self) -> datetime:
        return _midnight(self.ends_on)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

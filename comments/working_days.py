"""Days on which offices work: not Saturdays, Sundays and the holidays of the setting."""

from datetime import date, timedelta

from django.conf import settings


def is_working(day: date) -> bool:
    holidays = settings.NON_WORKING_DAYS
    return day.weekday() < 5 and not {f"{day:%m-%d}", f"{day:%Y-%m-%d}"} & set(holidays)


def after(day: date, count: int) -> date:
    """The day that is so many working days later."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day)
    return day

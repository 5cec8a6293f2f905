"""Moments as ``<time>`` elements, many to a page: a day is worded once, not at each article."""

from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language, override


def day(moment: datetime) -> SafeString:
    """As ``|date:"DATE_FORMAT"``."""
    return _day(moment.astimezone(get_default_timezone()).date(), get_language())


def day_and_time(moment: datetime, language: str | None = None) -> SafeString:
    """As ``|date:"DATETIME_FORMAT"``; ``language`` of the page, where it is known already."""
    return _day_and_time(moment, language or get_language(), get_default_timezone())


def path_of_day(moment: datetime) -> str:
    """``2018/10/30``, for addresses."""
    return _path_of_day(moment, get_default_timezone())


@lru_cache(maxsize=8192)
def _day_and_time(moment: datetime, language: str | None, zone: tzinfo) -> SafeString:
    local = moment.astimezone(zone)
    worded = _with_midnight(local.date(), language)
    clock = f"{local.hour:02}:{local.minute:02}"
    if worded.endswith(_MIDNIGHT):
        worded = f"{worded.removesuffix(_MIDNIGHT)}{clock}"
    else:
        with override(language):
            worded = date_format(local, "DATETIME_FORMAT")
    exact = f"{local.year:04}-{local.month:02}-{local.day:02}T{clock}:{local.second:02}{local:%z}"
    return mark_safe(f'<time datetime="{exact}">{escape(worded)}</time>')  # noqa: S308  (escaped)


_MIDNIGHT = "00:00"


@lru_cache(maxsize=8192)
def _path_of_day(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y/%m/%d}"


@lru_cache(maxsize=8192)
def _day(day: date, language: str | None) -> SafeString:
    worded = escape(date_format(datetime.combine(day, time.min), "DATE_FORMAT"))
    return mark_safe(f'<time datetime="{day:%Y-%m-%d}">{worded}</time>')  # noqa: S308  (escaped)


@lru_cache(maxsize=8192)
def _with_midnight(day: date, language: str | None) -> str:
    with override(language):
        return date_format(datetime.combine(day, time.min), "DATETIME_FORMAT")

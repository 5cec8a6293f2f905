"""The weeks of a month as table rows: the part of the calendar that is on every page.

Written out here and not in a template: thirty days of a template cost more than an article's page
may cost altogether.
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from news import addresses
from news.month_calendar import Day, MonthCalendar


def html(calendar: MonthCalendar) -> SafeString:
    first = calendar.month.replace(day=1)
    # What is the same for all days of the month: its address and its name after a number.
    archive = f"{addresses.root()}{first:%Y/%m}/"
    month = escape(date_format(first, "E"))
    counts: dict[int, str] = {}
    rows = "\n".join(
        f"<tr>{''.join(_cells(week, archive, month, counts))}</tr>" for week in calendar.weeks
    )
    return mark_safe(f"<tbody>\n{rows}\n</tbody>")  # noqa: S308  (escaped piece by piece)


def _cells(
    week: list[Day | None], archive: str, month: str, counts: dict[int, str]
) -> Iterator[str]:
    for day in week:
        if day is None:
            yield "<td></td>"
        elif count := day.count:
            if count not in counts:
                counts[count] = _news_items(count)
            phrases = "".join(f", {escape(phrase)}" for phrase in day.elsewhere)
            current = ' aria-current="true"' if day.is_current else ""
            label = f"{day.number} {month}, {counts[count]}{phrases}"
            yield (
                f'<td><a class="{_classes(day)}" href="{archive}{day.number:02}/"'
                f'{_TODAY if day.is_today else current} aria-label="{label}">{day.number}</a></td>'
            )
        else:
            phrases = "".join(f", {escape(phrase)}" for phrase in day.elsewhere)
            told = f'<span class="visually-hidden">{phrases}</span>' if phrases else ""
            yield (
                f'<td><span class="{_classes(day)}"{_TODAY if day.is_today else ""}>'
                f"{day.number}{told}</span></td>"
            )


_TODAY = ' aria-current="date"'


def _classes(day: Day) -> str:
    names = "calendar-day"
    if day.is_today:
        names += " is-today"
    if day.is_current and day.count:
        names += " is-current"
    return f"{names} is-elsewhere" if day.news.only_in else names


def _news_items(count: int) -> str:
    return escape(ngettext("%(count)s news item", "%(count)s news items", count) % {"count": count})

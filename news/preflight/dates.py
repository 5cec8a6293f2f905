"""«понедельник, 12 марта»: does the weekday that is written fall on the date that is written?"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import override

WEEKDAYS = {
    "ru": ["понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"],
    "kk": ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"],
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
}
MONTHS = {
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
           "октября", "ноября", "декабря"],
    "kk": ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек",
           "қазан", "қараша", "желтоқсан"],
    "en": ["january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december"],
}  # fmt: skip
_BETWEEN = r"[\s,()\u2013\u2014-]{1,4}"


def mismatches(text: str, language: str, today: date) -> Iterator[tuple[str, str]]:
    """What is written, and the weekday on which that date falls.

    Without a year the nearest such date is meant.
    """
    days = "|".join(sorted(WEEKDAYS[language], key=len, reverse=True))
    months = "|".join(MONTHS[language])
    weekday = rf"(?<!\w)(?P<weekday>{days})\w*"
    year_after = r"(?:\s+(?P<year>(?:19|20)\d\d)(?:\s+г(?:ода|\.)?)?)?"
    day = rf"(?P<day>[0-3]?\d)\s+(?P<month>{months})\w*{year_after}"
    if language == "en":
        day = rf"(?:{day}|(?P<month2>{months})\s+(?P<day2>[0-3]?\d)(?:,?\s+(?P<year2>20\d\d))?)"
    if language == "kk":
        day = rf"(?:(?P<year>(?:19|20)\d\d)\s+жыл\w*\s+)?(?P<day>[0-3]?\d)\s+(?P<month>{months})\w*"
    for pattern in (rf"{weekday}{_BETWEEN}{day}", rf"{day}{_BETWEEN}{weekday}"):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            found = match.groupdict()
            number = found["day"] or found.get("day2") or "0"
            month = (found["month"] or found.get("month2") or "").lower()
            year = found.get("year") or found.get("year2")
            when = _date(int(number), MONTHS[language].index(month) + 1, year, today)
            written = WEEKDAYS[language].index(found["weekday"].lower())
            if when and when.weekday() != written:
                yield match[0], _name(when.weekday(), language)


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    found = []
    for candidate in years:
        try:
            found.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(found, key=lambda when: abs(when - today), default=None)


def _name(number: int, language: str) -> str:
    with override(language):
        return str(NAMES[number])

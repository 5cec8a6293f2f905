"""What readers sought and did not find: words for editors to write about, without any person.

A search is noted when its page is made: while the page is kept, further readers are not counted,
so the numbers say "at least". Whatever may be somebody's (a telephone number, an address, a number
of any kind, a sentence) is dropped before it is counted.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from news.models import MissedSearch
from news.tallies import Tally

LONGEST = 60
MOST_WORDS = 5
MOST_KEPT = 5000
_KEEPABLE = re.compile(r"[^\W\d_]+(?:[ '’ʼ-]{1,2}[^\W\d_]+)*")
_Key = tuple[str, str, date]


def note(text: str, language: str) -> None:
    """A search in a language of the portal had no result."""
    if words := keepable(text):
        _missed.add((words, language, timezone.localdate()))


def keepable(text: str) -> str:
    """The words as they are kept: "" where they look like more than words."""
    words = " ".join(text.casefold().split()).strip('"«»“”„.,!? ')
    is_short = 1 < len(words) <= LONGEST and words.count(" ") < MOST_WORDS
    return words if is_short and _KEEPABLE.fullmatch(words) else ""


def _put_down(counts: Mapping[_Key, int]) -> None:
    rows = sorted(
        (words, language, number, day) for (words, language, day), number in counts.items()
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO news_missedsearch (words, language, times, last_on)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (words, language) DO UPDATE"
            " SET times = news_missedsearch.times + excluded.times, last_on = excluded.last_on",
            rows,
        )


_missed: Tally[_Key] = Tally(_put_down)


def purge() -> int:
    """Forget what nobody has sought for long and, beyond MOST_KEPT, what was sought least."""
    limit = timezone.localdate() - timedelta(days=settings.NEWS_MISSED_SEARCH_DAYS)
    forgotten, _each = MissedSearch.objects.filter(last_on__lt=limit).delete()
    if rest := list(MissedSearch.objects.values_list("pk", flat=True)[MOST_KEPT:]):
        forgotten += MissedSearch.objects.filter(pk__in=rest).delete()[0]
    return forgotten

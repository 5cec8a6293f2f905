"""How long the lists are, month by month: counted after a publication, not at every request.

Years that are over change rarely and are counted again every ten minutes only; the lists themselves
need no better (news/pagination.py).
"""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime

from django.core.cache import cache
from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from news import edition
from news.kept import keep
from news.languages import LANGUAGES
from news.models import Article, Section
from news.pagination import Stretch
from news.periods import YEARS

SECONDS = 60
PAST_SECONDS = 600
Counts = dict[tuple[int, str], int]  # section and month


def stretches(language: str, section: Section | None = None) -> list[Stretch]:
    """The months of a list, newest first, with their numbers of articles."""
    number = section.pk if section else None
    return keep(("stretches", language, number), lambda: _stretches(language, number))


def _stretches(language: str, section: int | None) -> list[Stretch]:
    months: Counter[str] = Counter()
    for (section_id, month), count in _counts(language).items():
        if section is None or section == section_id:
            months[month] += count
    return [
        Stretch(datetime.fromisoformat(f"{month}-01T00:00:00+00:00"), count)
        for month, count in sorted(months.items(), reverse=True)
    ]


def per_language(section: Section | None = None) -> dict[str, int]:
    """How many articles a list has in each language."""
    return {
        language: sum(stretch.count for stretch in stretches(language, section))
        for language in LANGUAGES
    }


def _counts(language: str) -> Counts:
    this_year = timezone.now().year
    names = {year: f"news.list_counts.{language}.{year}" for year in range(YEARS.start, this_year)}
    names[this_year] = f"news.list_counts.{language}.{edition.known_key()}"
    found = cache.get_many(names.values())
    if missing := [year for year, name in names.items() if name not in found]:
        counted = _count(language, missing[0], missing[-1])
        for year in missing:
            # Not all of them to be counted again in the same second.
            past = PAST_SECONDS + random.randrange(PAST_SECONDS)  # noqa: S311
            found[names[year]] = counted.get(year, {})
            seconds = SECONDS if year == this_year else past
            cache.set(names[year], found[names[year]], seconds)
    counts: Counts = {}
    for name in names.values():
        counts |= found[name]
    return counts


def _count(language: str, first: int, last: int) -> dict[int, Counts]:
    # The stored text's year and month, in UTC: an index answers it alone. SQLite would call
    # Python for each row to truncate in the district's own time, which pages have no use for.
    before = datetime(last + 1, 1, 1, tzinfo=UTC)
    rows = (
        Article.objects.published_before(before)
        .in_language(language)
        .filter(published_at__gte=datetime(first, 1, 1, tzinfo=UTC))
        .order_by()
        .annotate(month=Substr(Cast("published_at", CharField()), 1, 7))
        .values("section_id", "month")
        .annotate(articles=Count("pk"))
    )
    counted: dict[int, Counts] = defaultdict(dict)
    for row in rows:
        counted[int(row["month"][:4])][row["section_id"], row["month"]] = row["articles"]
    return counted

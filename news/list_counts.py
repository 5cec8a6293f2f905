"""How long the lists are, month by month: counted once a minute, not at every request."""

from collections import Counter
from datetime import datetime

from django.core.cache import cache
from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from news.languages import LANGUAGES
from news.models import Article, Section
from news.pagination import Stretch

SECONDS = 60


def stretches(language: str, section: Section | None = None) -> list[Stretch]:
    """The months of a list, newest first, with their numbers of articles."""
    months: Counter[str] = Counter()
    for (section_id, month), count in _counts(language).items():
        if section is None or section.pk == section_id:
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


def _counts(language: str) -> dict[tuple[int, str], int]:
    key = f"news.list_counts.{language}"
    if (counts := cache.get(key)) is None:
        counts = _count(language)
        cache.set(key, counts, SECONDS)
    return counts


def _count(language: str) -> dict[tuple[int, str], int]:
    # The stored text's year and month, in UTC: an index answers it alone. SQLite would call
    # Python for each row to truncate in the district's own time, which pages have no use for.
    rows = (
        Article.objects.published()
        .in_language(language)
        .order_by()
        .annotate(month=Substr(Cast("published_at", CharField()), 1, 7))
        .values("section_id", "month")
        .annotate(articles=Count("pk"))
    )
    return {(row["section_id"], row["month"]): row["articles"] for row in rows}

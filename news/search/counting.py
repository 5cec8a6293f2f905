"""What a search can be narrowed to, and how much each choice would leave."""

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import connection

from news.models import Section
from news.periods import YEARS, Period
from news.search.documents import parts


@dataclass(frozen=True)
class Filters:
    section: Section | None = None
    language: str | None = None
    period: Period | None = None


EVERYTHING = Filters()


@dataclass(frozen=True)
class Counts:
    """Articles found, by section id, by language and by year; each ignores its own filter."""

    sections: Mapping[int, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)


def count(keys: Collection[int], filters: Filters) -> Counts:
    documents = [parts(key) for key in keys]
    section_of = _sections({document.article for document in documents})
    sections, languages, years = set(), set(), set()
    starts = [int(Period.of_year(year).starts_at.timestamp()) for year in YEARS]
    period = None
    if chosen := filters.period:
        period = range(int(chosen.starts_at.timestamp()), int(chosen.ends_at.timestamp()))
    for moment, article, language in documents:
        section = section_of[article]
        in_section = filters.section is None or section == filters.section.pk
        in_language = filters.language in (None, language)
        in_period = period is None or moment in period
        if in_language and in_period:
            sections.add((section, article))
        if in_section and in_period:
            languages.add((language, article))
        if in_section and in_language:
            years.add((YEARS.start + bisect(starts, moment) - 1, article))
    return Counts(_numbers(sections), _numbers(languages), _numbers(years))


def _sections(articles: set[int]) -> dict[int, int]:
    """Plain SQL: a thousand numbers cost the ORM more than the database."""
    if not articles:
        return {}
    numbers = ",".join(map(str, articles))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, section_id FROM news_article WHERE id IN ({numbers})")  # noqa: S608
        return dict(cursor.fetchall())


def _numbers(found: set[tuple]) -> dict:
    return dict(sorted(Counter(value for value, _article in found).items()))

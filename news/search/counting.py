"""What a search can be narrowed to, and how much each choice would leave."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from news.models import Section
from news.periods import YEARS, Period
from news.search.documents import (
    ARTICLE_MASK,
    ARTICLE_SHIFT,
    LANGUAGE_MASK,
    LANGUAGE_NUMBERS,
    MOMENT_SHIFT,
)


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


def count(section_of: Mapping[int, int], filters: Filters) -> Counts:
    """Of documents, each given with its section."""
    sections: dict[int, set[int]] = defaultdict(set)
    languages: dict[int, set[int]] = defaultdict(set)
    years: dict[int, set[int]] = defaultdict(set)
    starts, period = _starts(), None
    if chosen := filters.period:
        period = range(int(chosen.starts_at.timestamp()), int(chosen.ends_at.timestamp()))
    chosen_section = filters.section.pk if filters.section else None
    chosen_language = LANGUAGE_NUMBERS[filters.language] if filters.language else None
    for key, section in section_of.items():
        # As documents.parts(), three hundred times: not worth three calls each.
        moment, article = key >> MOMENT_SHIFT, key >> ARTICLE_SHIFT & ARTICLE_MASK
        language = key & LANGUAGE_MASK
        in_section = chosen_section in (None, section)
        in_language = chosen_language in (None, language)
        in_period = period is None or moment in period
        if in_language and in_period:
            sections[section].add(article)
        if in_section and in_period:
            languages[language].add(article)
        if in_section and in_language:
            years[YEARS.start + bisect(starts, moment) - 1].add(article)
    return Counts(
        _numbers(sections),
        {name: len(languages[n]) for name, n in LANGUAGE_NUMBERS.items() if n in languages},
        _numbers(years),
    )


@cache
def _starts() -> list[int]:
    return [int(Period.of_year(year).starts_at.timestamp()) for year in YEARS]


def _numbers(found: Mapping[Any, set[int]]) -> dict:
    return {value: len(found[value]) for value in sorted(found)}

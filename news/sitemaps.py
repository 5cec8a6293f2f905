"""What search engines are told of news: its months, the articles of a period, the last two days.

Everything reads the index of one language at a time; no query skips rows or lists a whole table.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, IntegerField, Value
from django.utils import timezone
from django.utils.translation import override

from news import publisher
from news.feeds import NOT_XML
from news.languages import LANGUAGES
from news.models import Article
from news.periods import YEARS, Period
from news.structured_data import changed_at

MAX_URLS = 50_000  # the protocol's limit for one sitemap
NEWS_MAX_URLS = 1000  # Google's for a news sitemap
NEWS_AGE = timedelta(days=2)
FIELDS = ["published_at", "updated_at"] + [
    f"{field}_{language}" for field in ("has", "headline") for language in LANGUAGES
]


@dataclass(frozen=True)
class Address:
    """One page in one language, and where its other languages are."""

    location: str
    alternates: list[tuple[str, str]]
    changed_at: datetime | None = None


@dataclass(frozen=True)
class NewsItem:
    location: str
    publication: str
    language: str
    published_at: datetime
    title: str


def articles_per_month() -> dict[date, dict[str, int]]:
    """First day of each month that has news → language → number of its articles."""
    months: dict[date, dict[str, int]] = defaultdict(dict)
    published = Article.objects.published()
    for language in LANGUAGES:
        articles = published.in_language(language)
        moments = articles.order_by("published_at").values_list("published_at", flat=True)
        if (first := moments.first()) is None:
            continue
        first_year = max(timezone.localdate(first).year, YEARS.start)
        for year in range(first_year, timezone.localdate().year + 1):
            # Twelve stretches of the index in one query. TruncMonth would call Python for every
            # row of SQLite, and conditional counts would compare every row twelve times.
            january, *others = [
                articles.within(Period.of_month(year, month))
                .order_by()
                .annotate(month=Value(month, output_field=IntegerField()))
                .values("month")
                .annotate(articles=Count("pk"))
                for month in range(1, 13)
            ]
            for row in january.union(*others, all=True):
                if row["articles"]:
                    months[date(year, row["month"], 1)][language] = row["articles"]
    return dict(sorted(months.items()))


def articles_of(period: Period) -> Iterator[Address]:
    """Each article in each of its languages, as many as one sitemap may hold."""
    addresses = 0
    for article in _each_once(Article.objects.published().within(period)):
        places = [
            (language, publisher.absolute(article.get_absolute_url(language)))
            for language in article.languages
        ]
        addresses += len(places)
        if addresses > MAX_URLS:
            return
        yield from in_languages(places, changed_at(article))


def _each_once(articles) -> Iterator[Article]:
    seen: dict[str, bool] = {}
    for language in LANGUAGES:
        yield from (
            articles.in_language(language).filter(**seen).only(*FIELDS).newest_first().iterator()
        )
        seen[f"has_{language}"] = False


def in_languages(
    places: list[tuple[str, str]], changed: datetime | None = None
) -> Iterator[Address]:
    """An entry per language, each naming them all; x-default is Kazakh or the first there is."""
    default = dict(places).get(settings.LANGUAGE_CODE) or places[0][1]
    alternates = [*places, ("x-default", default)]
    for _language, location in places:
        yield Address(location, alternates, changed)


def recent_news() -> list[NewsItem]:
    """The last two days for Google News, newest first."""
    items = []
    since = timezone.now() - NEWS_AGE
    for language in LANGUAGES:
        with override(language):
            publication = publisher.name()
        recent = Article.objects.published().in_language(language).filter(published_at__gte=since)
        items += [
            NewsItem(
                publisher.absolute(article.get_absolute_url(language)),
                publication,
                language,
                timezone.localtime(article.published_at),
                NOT_XML.sub("", getattr(article, f"headline_{language}")),
            )
            for article in recent.only(*FIELDS).newest_first()[:NEWS_MAX_URLS]
        ]
    return sorted(items, key=lambda item: item.published_at, reverse=True)[:NEWS_MAX_URLS]


def has_recent_news() -> bool:
    """Asked per language: only together with the language the index answers."""
    since = timezone.now() - NEWS_AGE
    return any(
        Article.objects.published().in_language(language).filter(published_at__gte=since).exists()
        for language in LANGUAGES
    )

"""The sitemaps: an index, the portal's pages, the articles by year or month, the last two days.

Not django.contrib.sitemaps: it pages with OFFSET, which reads a million rows to show the last
page; it takes the host from the request; and its x-default is the address without a language,
which here is a redirect.
"""

from collections.abc import Iterator
from datetime import date

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from news import edition
from news import sitemaps as news
from news import urls as _converters  # noqa: F401  (year and two are registered there)
from news.languages import LANGUAGES
from news.models import Page, Section
from news.periods import Period
from news.publisher import absolute

# A year of more addresses is split by month: this many are read and written in about a second.
PER_YEAR = 5_000
COUNTED_FOR = 10 * 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    locations = [reverse("sitemap_pages")]
    for year, months in _by_year().items():
        if _addresses(months) <= PER_YEAR:
            locations.append(reverse("sitemap_year", args=[year]))
        else:
            locations += [reverse("sitemap_month", args=[year, month.month]) for month in months]
    if news.has_recent_news():
        locations.append(reverse("sitemap_news"))
    return _xml("sitemap.xml", {"locations": map(absolute, locations)})


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Front page, lists, sections, and the archives in the languages that they have news in."""
    return _xml("sitemap_addresses.xml", {"addresses": _pages()})


def _pages() -> Iterator[news.Address]:
    yield from _in_languages(LANGUAGES, "home")
    yield from _in_languages(LANGUAGES, "news:list")
    yield from _in_languages(LANGUAGES, "languages")
    for section in Section.objects.all():
        yield from _in_languages(LANGUAGES, "news:section", section.slug)
    for page in Page.objects.all():
        existing = [language for language in LANGUAGES if page.best_language(language) == language]
        yield from _in_languages(existing, "page", page.slug)
    for year, months in _by_year().items():
        languages = set().union(*months.values())
        yield from _in_languages(languages, "news:year", year)
        for month, counts in months.items():
            yield from _in_languages(counts, "news:month", year, month.month)


def _in_languages(languages, name: str, *args: object) -> Iterator[news.Address]:
    places = []
    for language in LANGUAGES:
        if language in languages:
            with override(language):
                places.append((language, absolute(reverse(name, args=args))))
    return news.in_languages(places)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    months = _by_year().get(year, {})
    if not 0 < _addresses(months) <= PER_YEAR:
        raise Http404
    return _articles(Period.of_year(year))


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    months = _by_year().get(year, {})
    if not any(first.month == month for first in months):
        raise Http404
    return _articles(Period.of_month(year, month))


def _articles(period: Period) -> HttpResponse:
    return _xml("sitemap_addresses.xml", {"addresses": news.articles_of(period)})


@require_safe
def recent(request: HttpRequest) -> HttpResponse:
    return _xml("sitemap_news.xml", {"items": news.recent_news()})


def _by_year() -> dict[int, dict[date, dict[str, int]]]:
    """Counted anew after a publication, and every ten minutes."""
    key = f"sitemap:months:{edition.known_key()}"
    if (months := cache.get(key)) is None:
        months = news.articles_per_month()
        cache.set(key, months, COUNTED_FOR)
    years: dict[int, dict[date, dict[str, int]]] = {}
    for first, counts in months.items():
        years.setdefault(first.year, {})[first] = counts
    return years


def _addresses(months: dict[date, dict[str, int]]) -> int:
    return sum(sum(counts.values()) for counts in months.values())


def _xml(template: str, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(
        render_to_string(template, context),
        content_type="application/xml; charset=utf-8",
        headers={
            "Cache-Control": "public, max-age=300",
            "X-Robots-Tag": "noindex",
        },
    )


urlpatterns = [
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-pages.xml", pages, name="sitemap_pages"),
    path("sitemap-news.xml", recent, name="sitemap_news"),
    path("sitemap-articles-<year:year>.xml", year, name="sitemap_year"),
    path("sitemap-articles-<year:year>-<two:month>.xml", month, name="sitemap_month"),
]

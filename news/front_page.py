"""What stands on the front page: the editors' choice, then the newest, nothing twice."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from news.kept import keep
from news.listed import Listing
from news.models import Article, Section

FEATURED = 3
LATEST = 10
PER_SECTION = 4


@dataclass(frozen=True)
class FrontPage:
    featured: list[Article]  # the first one leads
    latest: list[Article]
    by_section: list[tuple[Section, list[Article]]]


def of(language: str) -> FrontPage:
    """The same for all readers of a language."""
    return keep(("front page", language), lambda: _compose(language))


def _compose(language: str) -> FrontPage:
    """Four queries, however many articles and sections there are."""
    articles = Article.objects.published().in_language(language)
    # A handful in all: the conditions of articles would lead SQLite to an index of them all.
    kept = Article.objects.pinned().for_listing()
    pinned = [a for a in kept if a.is_published and language in a.languages][:FEATURED]
    newest = Listing(language).rows(FEATURED + LATEST)
    free = [article for article in newest if article not in pinned]
    missing = FEATURED - len(pinned)
    featured, latest = pinned + free[:missing], free[missing:][:LATEST]
    return FrontPage(featured, latest, _by_section(articles, featured + latest))


def _by_section(articles, shown: list[Article]) -> list[tuple[Section, list[Article]]]:
    rest = articles.exclude(pk__in=[article.pk for article in shown])
    newest = rest.in_section(OuterRef("pk")).newest_first().values("pk")
    places = [f"place_{number}" for number in range(PER_SECTION)]
    # One subquery a place: the index answers each, and both databases know no shorter way.
    sections = list(
        Section.objects.annotate(
            **{place: Subquery(newest[number : number + 1]) for number, place in enumerate(places)}
        )
    )
    found = {
        section: [key for place in places if (key := getattr(section, place))]
        for section in sections
    }
    keys = [key for keys in found.values() for key in keys]
    by_key = articles.for_listing().in_bulk(keys) if keys else {}
    return [
        (section, [by_key[key] for key in keys if key in by_key])
        for section, keys in found.items()
        if keys
    ]

"""What a reader may go on to from an article: related ones, the previous and the next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from news.models import Article

MOST_RELATED = 4
NEIGHBOURS = 2


@dataclass(frozen=True)
class Surroundings:
    previous: Article | None  # the one published before it in its section
    next: Article | None
    related: list[Article]


def of(article: Article, language: str) -> Surroundings:
    """One query, whose every part an index answers; only what the language's readers may read."""
    section = Article.objects.published().in_language(language).in_section(article.section_id)
    older = Article.objects.published(article.published_at).in_language(language)
    older = older.in_section(article.section_id).filter(
        Q(published_at__lt=article.published_at) | Q(pk__lt=article.pk)
    )
    newer = section.filter(published_at__gte=article.published_at).filter(
        Q(published_at__gt=article.published_at) | Q(pk__gt=article.pk)
    )
    chosen = Article.related.through.objects.filter(from_article_id=article.pk)
    candidates = [
        *_first(older.newest_first(), 1),
        *_first(newer.order_by("published_at", "pk"), 1),
        *_first(section.exclude(pk=article.pk).newest_first(), MOST_RELATED + NEIGHBOURS),
        *_first(chosen.order_by("pk"), MOST_RELATED, "to_article_id"),
    ]
    wanted = Q()
    for candidate in candidates:
        wanted |= Q(pk=candidate)
    # By keys alone: with more conditions SQLite would look through all the public ones for them.
    rows = (
        Article.objects.filter(wanted)
        .annotate(is_chosen=Exists(chosen.filter(to_article_id=OuterRef("pk"))))
        .for_listing()
        .newest_first()
    )
    found = [other for other in rows if other.is_published and language in other.languages]
    here = [other for other in found if other.section_id == article.section_id]
    previous = next((other for other in here if _key(other) < _key(article)), None)
    following = next((other for other in reversed(here) if _key(other) > _key(article)), None)
    related = [other for other in found if other.is_chosen] or [
        other for other in here if other not in (previous, following)
    ]
    return Surroundings(previous, following, related[:MOST_RELATED])


def _first(rows: Any, most: int, field: str = "pk") -> list[Subquery]:
    """The first rows, each as a value of its own: PostgreSQL scans for an IN beside an OR."""
    return [Subquery(rows.values(field)[place : place + 1]) for place in range(most)]


def _key(article: Article) -> tuple[Any, int]:
    return article.published_at, article.pk

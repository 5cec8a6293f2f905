"""What a reader may go on to from an article: related ones, the previous and the next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from news.kept import keep
from news.models import Article
from news.prepared import Prepared

MOST_RELATED = 4


@dataclass(frozen=True)
class Surroundings:
    previous: Article | None  # the one published before it in its section
    next: Article | None
    related: list[Article]


def of(article: Article, language: str) -> Surroundings:
    """Only what the language's readers may read. The newest of a section go with all its pages."""
    around = _AROUND(
        language,
        number=article.pk,
        moment=article.published_at,
        section=article.section_id,
        now=timezone.now(),
    )
    newest = keep(
        ("newest", language, article.section_id),
        lambda: list(
            Article.objects.published()
            .in_language(language)
            .in_section(article.section_id)
            .named()
            .newest_first()[: MOST_RELATED + 3]
        ),
    )
    found = [other for other in around if other.is_published and language in other.languages]
    here = [other for other in found if other.section_id == article.section_id]
    previous = next((other for other in here if _key(other) < _key(article)), None)
    following = next((other for other in reversed(here) if _key(other) > _key(article)), None)
    shown = {other.pk for other in (article, previous, following) if other}
    related = [other for other in found if other.is_chosen] or [
        other for other in newest if other.pk not in shown
    ]
    return Surroundings(previous, following, related[:MOST_RELATED])


def _around(language: str, *, number: Any, moment: Any, section: Any, now: Any) -> Any:
    """The neighbours in the section and those the press office chose: by keys, each an index's."""
    public = Article.objects.in_language(language).in_section(section)
    older = public.published_until(moment, now=now).filter(
        Q(published_at__lt=moment) | Q(pk__lt=number)
    )
    newer = public.published(now).filter(published_at__gte=moment)
    newer = newer.filter(Q(published_at__gt=moment) | Q(pk__gt=number))
    chosen = Article.related.through.objects.filter(from_article_id=number)
    neighbours = [_first(older.newest_first()), _first(newer.order_by("published_at", "pk"))]
    wanted = Q(pk=neighbours[0]) | Q(pk=neighbours[1])
    for place in range(MOST_RELATED):
        wanted |= Q(pk=_first(chosen.order_by("pk"), place, "to_article_id"))
    return (
        Article.objects.filter(wanted)
        .annotate(is_chosen=Exists(chosen.filter(to_article_id=OuterRef("pk"))))
        .named()
        .newest_first()
    )


_AROUND = Prepared(_around)


def _first(rows: Any, place: int = 0, field: str = "pk") -> Subquery:
    """As a value of its own: PostgreSQL scans for an IN beside an OR."""
    return Subquery(rows.values(field)[place : place + 1])


def _key(article: Article) -> tuple[Any, int]:
    return article.published_at, article.pk

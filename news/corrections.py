"""Correcting in the open: what readers are told of a change, and what they can compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from news import revisions
from news.languages import LANGUAGES
from news.models import Article, ArticleRevision, Correction, EditorialDecision

Status = Article.Status


@dataclass(frozen=True)
class Announcement:
    """What readers shall be told: a note for each required language."""

    notes: Mapping[str, str]
    hides_text: bool = False


@dataclass(frozen=True)
class Line:
    """A correction, and whether readers may compare it with what stood there before."""

    correction: Correction
    number: int  # from the first one on: its page has it in the address
    is_comparable: bool


@transaction.atomic
def announce(
    article: Article, announcement: Announcement, *, by: User | None, at: datetime | None = None
) -> Correction:
    """Add a line to the article's public history, and give the article a new date.

    The revision with the change has been recorded already.
    """
    after = revisions.latest(article)
    assert after is not None  # noqa: S101  (recorded by whoever changed the article)
    article.updated_at = at or timezone.now()
    article.save(update_fields=["updated_at"])
    return Correction.objects.create(
        article_id=article.pk,
        before=last_told(article),
        after=after,
        made_at=article.updated_at,
        made_by=by,
        hides_text=announcement.hides_text,
        **{f"note_{code}": announcement.notes.get(code, "") for code in LANGUAGES},
    )


def last_told(article: Article) -> ArticleRevision:
    """What readers last knew that they had: since the last correction, or since publication."""
    last = Correction.objects.filter(article_id=article.pk).select_related("after").first()
    if last is not None:
        return last.after
    kept = ArticleRevision.objects.filter(article_id=article.pk)
    return kept.filter(created_at__lte=_public_since(article)).first() or kept.reverse()[0]


def _public_since(article: Article) -> datetime:
    decided = EditorialDecision.objects.filter(
        article_id=article.pk,
        change=None,
        status_before__in=(Status.DRAFT, Status.IN_REVIEW),
        status_after=Status.PUBLISHED,
    ).first()
    moments = [article.published_at, decided.decided_at if decided else None]
    return max(filter(None, moments), default=article.updated_at)


def history(article: Article) -> list[Line]:
    """The lines below "Published", newest first."""
    lines = []
    is_comparable = True
    found = Correction.objects.filter(article_id=article.pk).select_related("before", "after")
    for place, correction in enumerate(found):
        # What one of them hides, those before it would show.
        is_comparable = is_comparable and not correction.hides_text
        lines.append(Line(correction, len(found) - place, is_comparable))
    return lines

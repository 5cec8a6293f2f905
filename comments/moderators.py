"""Which sections a moderator works on, and which comment is on whose screen."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Comment, Moderator
from comments.querysets import CommentQuerySet

# Renewed while the comment stays on the screen; a closed lid frees it by itself.
LOOK = timedelta(seconds=90)


def of(user: User) -> Moderator:
    """What is remembered of this person; not stored before there is something to remember."""
    return Moderator.objects.filter(user=user).first() or Moderator(user=user)


def sections_of(user: User) -> list[int]:
    """The sections this person is limited to; empty: all."""
    return list(
        Moderator.sections.through.objects.filter(moderator__user=user).values_list(
            "section_id", flat=True
        )
    )


def may_see(user: User, comment: Comment) -> bool:
    sections = sections_of(user)
    return not sections or comment.article.section_id in sections


def seen_by(user: User, comments: CommentQuerySet) -> CommentQuerySet:
    """Those of the comments that stand in this person's sections."""
    sections = sections_of(user)
    return comments.filter(article__section__in=sections) if sections else comments


def look(user: User, number: int | None) -> None:
    """Mark a comment as being on this person's screen, and the one before as left."""
    if number is not None and not Comment.objects.filter(pk=number).exists():
        number = None
    Moderator.objects.update_or_create(
        user=user, defaults={"looks_at_id": number, "looked_at": timezone.now()}
    )


def looked_at(numbers: Iterable[int], *, besides: User) -> dict[int, str]:
    """Which of the comments are on the screens of others, and on whose."""
    others = (
        Moderator.objects.filter(looks_at__in=list(numbers), looked_at__gt=timezone.now() - LOOK)
        .exclude(user=besides)
        .select_related("user")
    )
    return {other.looks_at_id: str(other) for other in others if other.looks_at_id}


def set_shortcuts(user: User, *, on: bool) -> None:
    Moderator.objects.update_or_create(user=user, defaults={"has_shortcuts": on})

"""What stands beside each comment of the queue: article, why it was held, reports, decisions, and
what the same sender wrote before.

A page asks for fifty comments at a time, in queries that are worded once (news/prepared.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from comments import articles
from comments.articles import Prepared
from comments.models import Comment, CommentReport, Hold, ModerationDecision

AT_A_TIME = 50
WRITER_DAYS = 90


@dataclass(frozen=True)
class Writer:
    """What was decided on the sender's comments of the last months."""

    counts: dict[str, int]

    @cached_property
    def decided(self) -> dict[str, int]:
        """What still waits says nothing about the writer."""
        return {
            status: self.counts[status]
            for status in Comment.Status.values
            if status != Comment.Status.PENDING and self.counts.get(status)
        }


@dataclass(frozen=True)
class Entry:
    comment: Comment
    holds: list[Hold]
    reports: list[CommentReport]  # open ones
    decision: ModerationDecision | None  # the last one


def entries_of(comments: Iterable[Comment]) -> list[Entry]:
    """For comments read with ``for_queue()``; their articles are read along."""
    comments = list(comments)
    starts = range(0, len(comments), AT_A_TIME)
    return [entry for start in starts for entry in _entries(comments[start : start + AT_A_TIME])]


def _entries(comments: list[Comment]) -> Iterator[Entry]:
    numbers = [comment.pk for comment in comments]
    named = {article.pk: article for article in _ask(_ARTICLES, {c.article_id for c in comments})}
    holds = _per_comment(_ask(_HOLDS, numbers))
    reports = _per_comment(_ask(_REPORTS, numbers))
    decisions = _per_comment(_ask(_DECISIONS, numbers))
    for comment in comments:
        comment.article = named[comment.article_id]
        decided = decisions.get(comment.pk)
        yield Entry(
            comment,
            holds=holds.get(comment.pk, []),
            reports=reports.get(comment.pk, []),
            decision=decided[0] if decided else None,
        )


def _ask(prepared: Prepared, numbers: Iterable[int]) -> list[Any]:
    # As many holes as a page has comments: no row has the number zero.
    wanted = [*numbers, *[0] * AT_A_TIME][:AT_A_TIME]
    return prepared(**{f"n{place}": number for place, number in enumerate(wanted)})


def _per_comment(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


_ARTICLES = Prepared(lambda **numbers: articles.named().filter(pk__in=numbers.values()))
_HOLDS = Prepared(
    lambda **numbers: (
        Hold.objects.filter(comment__in=numbers.values())
        .select_related("version__rule")
        .defer("version__words", "version__rehearsal")
    )
)
_REPORTS = Prepared(
    lambda **numbers: CommentReport.objects.filter(comment__in=numbers.values(), settled_at=None)
)
_DECISIONS = Prepared(
    lambda **numbers: ModerationDecision.objects.filter(
        comment__in=numbers.values()
    ).select_related("decided_by")
)


def writers_of(comments: list[Comment]) -> dict[str, Writer]:
    """By keyed hash: counts of each status."""
    senders = {comment.sender_hash for comment in comments} - {""}
    if not senders:
        return {}
    since = timezone.now() - timedelta(days=WRITER_DAYS)
    theirs = Comment.objects.filter(sender_hash__in=senders, created_at__gt=since)
    rows = theirs.order_by("sender_hash").values("sender_hash", "status")
    return {
        sender: Writer({row["status"]: row["comments"] for row in group})
        for sender, group in groupby(
            rows.annotate(comments=Count("pk")), key=lambda row: row["sender_hash"]
        )
    }


def around(comment: Comment) -> list[Comment]:
    """The thread it stands in, or, of a first comment, the public ones shortly before it."""
    thread = Comment.objects.on(comment.article_id).exclude(pk=comment.pk)
    same = Q(thread=comment.thread) & Q(status__in=["approved", "pending"])
    near = list(thread.filter(same).select_related("department").order_by("place", "pk")[:20])
    if near:
        return near
    before = thread.approved().before(comment).newest_first()[:3]
    return list(reversed(before))


def last_of_writer(comment: Comment) -> list[Comment]:
    """The few last decided comments of the same sender."""
    if not comment.sender_hash:
        return []
    theirs = Comment.objects.filter(sender_hash=comment.sender_hash).exclude(pk=comment.pk)
    return list(theirs.decided().newest_first()[:5])

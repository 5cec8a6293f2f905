"""Holds a comment: keeps why, and folds it with those that came together with it."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from comments.models import Burst, Comment, Hold
from comments.rules import holding
from comments.rules.drafts import Draft, Finding, Fold


def draft_of(comment: Comment) -> Draft:
    return Draft(
        article_id=comment.article_id,
        author_name=comment.author_name,
        text=comment.text,
        sender_hash=comment.sender_hash,
        text_hash=comment.text_hash,
        sent_at=comment.created_at,
        number=comment.pk,
    )


def look_at(comment: Comment) -> list[Finding]:
    """Ask the rules, and mark the comment accordingly; ``keep()`` follows once it is stored."""
    comment.fold()
    findings = holding.findings(draft_of(comment))
    comment.is_held = bool(findings)
    fold = next((finding.fold for finding in findings if finding.fold), None)
    comment.burst = _burst(comment, fold) if fold else None
    return findings


def keep(comment: Comment, findings: list[Finding]) -> None:
    """Store why; whoever came shortly before a burst was noticed is folded into it."""
    Hold.objects.bulk_create(
        Hold(comment=comment, version=finding.version, spans=finding.spans) for finding in findings
    )
    for finding in findings:
        if comment.burst and finding.fold and comment.burst.kind == finding.fold.kind:
            _fold_earlier(comment, finding, comment.burst)


def look_again(comment: Comment) -> None:
    """After its writer corrected a comment that nobody has decided."""
    findings = look_at(comment)
    comment.holds.all().delete()
    comment.save(update_fields=["is_held", "burst"])
    keep(comment, findings)


def _burst(comment: Comment, fold: Fold) -> Burst:
    """The line of the queue for this hour."""
    hour = comment.created_at.replace(minute=0, second=0, microsecond=0)
    burst, created = Burst.objects.get_or_create(
        kind=fold.kind, subject=_sealed(fold, hour), hour=hour
    )
    burst.is_new = created
    return burst


def _sealed(fold: Fold, hour: datetime) -> str:
    """Of no other hour and of no use without the key: the line may outlive its comments."""
    name = f"{fold.kind}:{fold.subject}:{hour.isoformat()}"
    key = settings.COMMENTS_SENDER_KEY.encode()
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()


def _fold_earlier(comment: Comment, finding: Finding, burst: Burst) -> None:
    if not burst.is_new:
        return
    version = finding.version
    same: dict[Burst.Kind, dict[str, Any]] = {
        Burst.Kind.ARTICLE: {"article_id": comment.article_id},
        Burst.Kind.SENDER: {"sender_hash": comment.sender_hash},
        Burst.Kind.TEXT: {"text_hash": comment.text_hash},
    }
    since = comment.created_at - timedelta(minutes=version.minutes)
    earlier = Comment.objects.pending().filter(
        **same[Burst.Kind(burst.kind)], burst=None, created_at__gt=since, pk__lt=comment.pk
    )
    numbers = list(earlier.newest_first().values_list("pk", flat=True)[: version.threshold])
    held = Hold.objects.filter(version=version, comment__in=numbers)
    known = set(held.values_list("comment_id", flat=True))
    Hold.objects.bulk_create(
        Hold(comment_id=number, version=version) for number in numbers if number not in known
    )
    Comment.objects.filter(pk__in=numbers).update(is_held=True, burst=burst)

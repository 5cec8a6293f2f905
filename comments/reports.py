"""A reader reports a public comment to the moderators."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import sender, throttle
from comments.models import Comment, CommentReport

WINDOW = timedelta(hours=1)


@transaction.atomic
def report(
    comment: Comment, *, reason: str, words: str, language: str, address: str
) -> CommentReport:
    """Store it; a second report of the same comment by the same reader replaces the first."""
    sender_hash = sender.keyed_hash(address)
    throttle.one_at_a_time(sender_hash)
    given = {"reason": reason, "words": words, "language": language}
    unsettled = {"comment": comment, "sender_hash": sender_hash, "settled_at": None}
    if CommentReport.objects.filter(**unsettled).update(**given):
        return CommentReport.objects.get(**unsettled)
    recent = CommentReport.objects.filter(
        sender_hash=sender_hash, created_at__gt=timezone.now() - WINDOW
    )
    if recent.count() >= settings.COMMENTS_REPORTS_PER_HOUR:
        raise ValidationError(
            _(
                "Too many reports have come from your connection within an hour. "
                "Please send this one later."
            ),
            code="too_many",
        )
    return CommentReport.objects.create(**unsettled, **given)

"""What the writer of a comment may do with it, by the private address of its receipt.

Each verb holds the row, checks that it is still allowed, and changes it, in one transaction.
Refusals are ValidationErrors with a code.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import articles, notices
from comments.models import Comment, ModerationDecision, Question, QuestionStep
from comments.rules import holds

Status = Comment.Status
REFUSED = (Status.REJECTED, Status.SPAM)


def correctable_until(comment: Comment) -> datetime | None:
    """Until when its writer may correct a comment; None where that is over."""
    until = comment.created_at + timedelta(minutes=settings.COMMENTS_CORRECT_MINUTES)
    may = comment.status == Status.PENDING and timezone.now() < until
    return until if may else None


def may_withdraw(comment: Comment) -> bool:
    return comment.status in (Status.PENDING, Status.APPROVED)


def may_ask_second_look(comment: Comment) -> bool:
    return comment.status in REFUSED and comment.second_look_asked_at is None


@transaction.atomic
def correct(comment: Comment, *, author_name: str, text: str, version: int) -> None:
    """Put other words in place of a comment's; ``version`` is the one that its writer saw."""
    _lock(comment)
    if not correctable_until(comment):
        raise ValidationError(
            _("The comment cannot be corrected any more: the time is over, or it is decided."),
            code="too_late",
        )
    if comment.version != version:
        raise ValidationError(
            _("The comment was corrected in another window meanwhile. Its text now is above."),
            code="corrected",
        )
    if (comment.author_name, comment.text) == (author_name, text):
        return
    comment.author_name, comment.text = author_name, text
    comment.version += 1
    comment.corrected_at = timezone.now()
    comment.fold()
    comment.save()
    holds.look_again(comment)


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back: out of the queue, or off the page. Doing it twice is doing it once."""
    _lock(comment)
    if comment.status == Status.WITHDRAWN:
        return
    if not may_withdraw(comment):
        raise ValidationError(
            _("The comment is not published: there is nothing to withdraw."), code="not_public"
        )
    _withdraw(comment)


@transaction.atomic
def ask_second_look(comment: Comment, *, words: str = "") -> None:
    """Ask for another moderator, once."""
    _lock(comment)
    if comment.second_look_asked_at:
        raise ValidationError(
            _("A second look has been asked for already; it is possible once."), code="asked"
        )
    if not may_ask_second_look(comment):
        raise ValidationError(
            _("A second look is possible only after a rejection."), code="not_rejected"
        )
    comment.second_look_asked_at, comment.second_look_words = timezone.now(), words
    comment.save(update_fields=["second_look_asked_at", "second_look_words"])


@transaction.atomic
def erase(comment: Comment) -> None:
    """Delete all that its writer wrote or that leads to them, at once and for good.

    What is left says that on this day a comment was sent and how it was decided: replies need
    something to stand under, and the public account its numbers.
    """
    _lock(comment)
    if comment.erased_at:
        return
    if comment.status != Status.WITHDRAWN:
        _withdraw(comment)
    comment.author_name = comment.text = comment.second_look_words = ""
    comment.folded_text = comment.text_hash = comment.sender_hash = ""
    comment.identity = comment.burst = None
    comment.erased_at = timezone.now()
    comment.save()
    comment.holds.all().delete()
    notices.forget(comment)
    # Moderators, offices and other readers may have quoted it.
    ModerationDecision.objects.filter(comment=comment).exclude(note="").update(note="")
    comment.reports.exclude(words="").update(words="")
    Question.objects.filter(comment=comment).exclude(draft="").update(draft="")
    QuestionStep.objects.filter(question__comment=comment).exclude(words="").update(words="")


def _withdraw(comment: Comment) -> None:
    was_public = comment.is_approved
    comment.status, comment.withdrawn_at = Status.WITHDRAWN, timezone.now()
    comment.save(update_fields=["status", "withdrawn_at"])
    if was_public:
        articles.refresh_page(comment.article_id, forget=True)


def _lock(comment: Comment) -> None:
    """Hold the stored row until the end of the transaction, and see it as it is now."""
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())

"""The moderator's verbs; nothing else changes the status of a comment.

Each takes the comment as its caller saw it, checks that nobody decided meanwhile, changes it and
records the decision, in one transaction. Refusals are ValidationErrors with a code; people
without the permission meet PermissionDenied.
"""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, ModerationDecision, RejectionReason

Status = Comment.Status


def waiting_count() -> int:
    return Comment.objects.pending().count()


def approve(comment: Comment, *, by: User) -> None:
    """Show a comment under its article."""
    _decide(comment, Status.APPROVED, by=by)


def reject(comment: Comment, *, by: User, reason: str, note: str = "") -> None:
    """Refuse a comment for one of the published reasons; ``note`` is for its writer."""
    if reason not in RejectionReason.values:
        raise ValidationError(_("Choose the reason for the rejection."), code="reason_required")
    _decide(comment, Status.REJECTED, by=by, reason=reason, note=note)


def mark_as_spam(comment: Comment, *, by: User) -> None:
    _decide(comment, Status.SPAM, by=by)


@transaction.atomic
def undo(comment: Comment, *, by: User) -> None:
    """Take the last decision back; this is a decision too, so it can itself be taken back."""
    _require(by)
    _lock(comment)
    last = comment.decisions.first()
    if last is None:
        raise ValidationError(_("There is no decision to take back."), code="undecided")
    reason = note = ""
    if last.status_before == Status.REJECTED:
        # The writer reads the reason again.
        rejection = comment.decisions.filter(status_after=Status.REJECTED, pk__lt=last.pk).first()
        if rejection:
            reason, note = rejection.reason, rejection.note
    _record(comment, Status(last.status_before), by=by, reason=reason, note=note)


@transaction.atomic
def _decide(
    comment: Comment, status: Status, *, by: User, reason: str = "", note: str = ""
) -> None:
    _require(by)
    _lock(comment)
    if comment.status == status:
        raise ValidationError(
            _("The comment is already: %(status)s."),
            code="same",
            params={"status": status.label},
        )
    _record(comment, status, by=by, reason=reason, note=note)


def _require(by: User) -> None:
    if not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied


def _lock(comment: Comment) -> None:
    """Hold the stored row until the end of the transaction; it must be as the caller saw it."""
    stored = Comment.objects.select_for_update().only("status").get(pk=comment.pk)
    if stored.status == comment.status:
        return
    last = comment.decisions.select_related("decided_by").first()
    if last is None:
        raise ValidationError(
            _("Somebody changed the comment meanwhile; it is now: %(status)s."),
            code="already_decided",
            params={"status": stored.get_status_display()},
        )
    raise ValidationError(
        _("Already decided by %(moderator)s on %(moment)s: %(status)s."),
        code="already_decided",
        params={
            "moderator": last.moderator,
            "moment": date_format(timezone.localtime(last.decided_at), "SHORT_DATETIME_FORMAT"),
            "status": stored.get_status_display(),
        },
    )


def _record(comment: Comment, status: Status, *, by: User, reason: str, note: str) -> None:
    before, comment.status = comment.status, status
    comment.save(update_fields=["status"])
    ModerationDecision.objects.create(
        comment=comment,
        status_before=before,
        status_after=status,
        reason=reason,
        note=note,
        decided_by=by,
    )

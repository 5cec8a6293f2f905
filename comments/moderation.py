"""The moderator's verbs; nothing else changes the status of a comment.

Each takes the comment as its caller saw it, checks that nobody decided meanwhile, changes it and
records the decision, in one transaction. Refusals are ValidationErrors with a code; people
without the permission meet PermissionDenied.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from comments import articles, moderators, notices
from comments.models import (
    Burst,
    Comment,
    CommentReport,
    ModerationDecision,
    RejectionReason,
)

Status = Comment.Status
BATCH = 1000


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


def uphold(comment: Comment, *, by: User, note: str = "") -> None:
    """Look a second time, and leave the comment rejected (or spam) as it is."""
    with transaction.atomic():
        _require(comment, by=by)
        _lock(comment)
        if not comment.waits_for_second_look:
            raise ValidationError(_("Nobody asked for a second look."), code="not_asked")
        last = comment.decisions.first()
        reason = last.reason if last else ""
        _record(comment, Status(comment.status), by=by, reason=reason, note=note)


def keep(comment: Comment, *, by: User) -> None:
    """Look at a reported comment, and leave it public."""
    with transaction.atomic():
        _require(comment, by=by)
        _lock(comment)
        if not comment.reports.filter(settled_at=None).exists():
            raise ValidationError(_("No report on this comment is open."), code="not_reported")
        _record(comment, Status(comment.status), by=by)


def decide_burst(burst: Burst, status: Status, *, by: User, reason: str = "") -> int:
    """Decide what waits of a burst, a thousand at a time; how many were decided."""
    if not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    if status == Status.REJECTED and reason not in RejectionReason.values:
        raise ValidationError(_("Choose the reason for the rejection."), code="reason_required")
    sections = moderators.sections_of(by)
    decided = 0
    while batch := _decide_batch(burst, status, by=by, reason=reason, sections=sections):
        decided += batch
    return decided


@transaction.atomic
def _decide_batch(
    burst: Burst, status: Status, *, by: User, reason: str, sections: list[int]
) -> int:
    waiting = Comment.objects.pending().filter(burst=burst)
    if sections:
        waiting = waiting.filter(article__section__in=sections)
    locked = waiting.select_for_update(of=("self",)).order_by("pk")
    rows = list(locked.values_list("pk", "article_id")[:BATCH])
    numbers = [number for number, _article in rows]
    ModerationDecision.objects.bulk_create(
        ModerationDecision(
            comment_id=number,
            status_before=Status.PENDING,
            status_after=status,
            reason=reason,
            decided_by=by,
        )
        for number in numbers
    )
    Comment.objects.filter(pk__in=numbers).update(status=status)
    for decided in notices.wanted_for(numbers):
        notices.decided(decided)
    if status == Status.APPROVED:
        for article_id in {article for _number, article in rows}:
            articles.refresh_page(article_id)
    return len(rows)


@transaction.atomic
def undo(comment: Comment, *, by: User) -> None:
    """Take the last decision back; this is a decision too, so it can itself be taken back."""
    _require(comment, by=by)
    _lock(comment)
    last = comment.decisions.first()
    if last is None:
        raise ValidationError(_("There is no decision to take back."), code="undecided")
    before = Status(last.status_before)
    reason = note = ""
    if before == Status.REJECTED:
        # The writer reads the reason again.
        rejection = comment.decisions.filter(status_after=Status.REJECTED, pk__lt=last.pk).first()
        if rejection:
            reason, note = rejection.reason, rejection.note
    _record(comment, before, by=by, reason=reason, note=note, takes_back=last)


@transaction.atomic
def _decide(
    comment: Comment, status: Status, *, by: User, reason: str = "", note: str = ""
) -> None:
    _require(comment, by=by)
    _lock(comment)
    if comment.status == status:
        raise ValidationError(
            _("The comment is already: %(status)s."),
            code="same",
            params={"status": status.label},
        )
    _record(comment, status, by=by, reason=reason, note=note)


def _require(comment: Comment, *, by: User) -> None:
    if not by.has_perm("comments.moderate_comment") or not moderators.may_see(by, comment):
        raise PermissionDenied


def _lock(comment: Comment) -> None:
    """Hold the stored row until the end of the transaction; it must be as the caller saw it."""
    stored = Comment.objects.select_for_update().get(pk=comment.pk)
    if stored.status == Status.WITHDRAWN:
        raise ValidationError(_("Its writer has withdrawn the comment."), code="withdrawn")
    seen_waiting = comment.waits_for_second_look
    comment.second_look_asked_at = stored.second_look_asked_at
    comment.second_look_decided_at = stored.second_look_decided_at
    if stored.status == comment.status and stored.waits_for_second_look >= seen_waiting:
        if stored.version != comment.version:
            raise ValidationError(
                _("Its writer has corrected the comment meanwhile. Please read it again."),
                code="corrected",
            )
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


def _record(
    comment: Comment,
    status: Status,
    *,
    by: User,
    reason: str = "",
    note: str = "",
    takes_back: ModerationDecision | None = None,
) -> None:
    now = timezone.now()
    is_second_look = comment.waits_for_second_look
    if is_second_look:
        _require_another(comment, by=by)
    before, comment.status = comment.status, status
    if takes_back and takes_back.is_second_look:
        comment.second_look_decided_at = None
    elif is_second_look:
        comment.second_look_decided_at = now
    comment.save(update_fields=["status", "second_look_decided_at"])
    ModerationDecision.objects.create(
        comment=comment,
        status_before=before,
        status_after=status,
        reason=reason,
        note=note,
        is_second_look=is_second_look,
        decided_by=by,
        decided_at=now,
    )
    if takes_back:
        _reopen_reports(comment, settled_at=takes_back.decided_at)
    else:
        comment.reports.filter(settled_at=None).update(settled_at=now, settled_by=by)
    notices.decided(comment)
    if before != status and Status.APPROVED in (before, status):
        articles.refresh_page(comment.article_id, forget=before == Status.APPROVED)


def _require_another(comment: Comment, *, by: User) -> None:
    """A second look is one of other eyes."""
    first = comment.decisions.first()
    if first and first.decided_by_id == by.pk:
        raise ValidationError(
            _("Its writer asks for a second look: another moderator than you decides."),
            code="own_decision",
        )


def _reopen_reports(comment: Comment, *, settled_at: datetime) -> None:
    for report in comment.reports.filter(settled_at=settled_at):
        again = comment.reports.filter(settled_at=None, sender_hash=report.sender_hash)
        if not report.sender_hash or not again.exists():
            CommentReport.objects.filter(pk=report.pk).update(settled_at=None, settled_by=None)

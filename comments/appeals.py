"""A comment that is really an official appeal: its writer is shown the way to the service that
registers appeals and must answer them. What becomes of the comment is another question."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import moderators
from comments.models import AppealMark, Comment, Hold, RuleKind


def is_noticed(comment: Comment) -> bool:
    """Whether a moderator says so; where nobody has said anything, whether a rule thinks so."""
    held = Hold.objects.filter(comment=OuterRef("pk"), version__rule__kind=RuleKind.APPEAL)
    said = Comment.objects.filter(pk=comment.pk).values_list("appeal_mark__is_appeal", Exists(held))
    for by_moderator, by_rule in said:
        return bool(by_rule if by_moderator is None else by_moderator)
    return False


@transaction.atomic
def mark(comment: Comment, *, by: User, is_appeal: bool) -> None:
    """Say that it is an appeal, or that it is none."""
    if not by.has_perm("comments.moderate_comment") or not moderators.may_see(by, comment):
        raise PermissionDenied
    stored = Comment.objects.select_for_update().get(pk=comment.pk)
    if stored.kind != Comment.Kind.CITIZEN or stored.status == Comment.Status.WITHDRAWN:
        raise ValidationError(
            _("Only what a reader wrote and has not withdrawn can be an appeal."), code="not_open"
        )
    said = {"is_appeal": is_appeal, "marked_by": by, "marked_at": timezone.now()}
    AppealMark.objects.update_or_create(comment=stored, defaults=said)


def count(starts_at: datetime, ends_at: datetime) -> int:
    """How many comments were taken for appeals in that time."""
    return AppealMark.objects.filter(
        is_appeal=True, marked_at__gte=starts_at, marked_at__lt=ends_at
    ).count()

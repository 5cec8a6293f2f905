"""Comments that are really official appeals."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class AppealMark(models.Model):
    """What a moderator said of a comment: that it is an appeal, or that a rule was wrong."""

    comment = models.OneToOneField(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="appeal_mark"
    )
    is_appeal = models.BooleanField(_("official appeal"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("mark of an appeal")
        verbose_name_plural = _("marks of appeals")
        indexes = [models.Index(fields=["marked_at"], name="comments_appeals")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.is_appeal}"

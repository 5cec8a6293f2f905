"""What readers say about comments that are public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.articles import PlainTextField
from comments.models.comments import Comment
from comments.models.decisions import RejectionReason


class CommentReport(models.Model):
    """A reader’s word that a public comment breaks the rules; settled once somebody has looked."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="reports"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=RejectionReason)
    words = PlainTextField(_("words of the reader"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    sender_hash = models.CharField(max_length=64, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        constraints = [
            # A second report by the same reader changes the first, until that is settled.
            models.UniqueConstraint(
                fields=["comment", "sender_hash"],
                condition=Q(settled_at=None) & ~Q(sender_hash=""),
                name="comments_report_once",
            )
        ]
        indexes = [
            models.Index(fields=["sender_hash", "created_at"], name="comments_report_sender"),
            models.Index(
                fields=["created_at"],
                name="comments_report_open",
                condition=Q(settled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.comment_id}"

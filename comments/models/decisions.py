"""What moderators decided about comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.articles import PlainTextField
from comments.models.comments import Comment


class RejectionReason(models.TextChoices):
    """The published list: what a comment can be rejected for."""

    INSULT = "insult", _("Insults, threats or obscene language")
    PERSONAL_DATA = "personal_data", _("Somebody’s personal data")
    OFF_TOPIC = "off_topic", _("Not about the article")
    ADVERTISING = "advertising", _("Advertising")
    UNLAWFUL = "unlawful", _("Content prohibited by law")
    OTHER = "other", _("Another reason")


class ModerationDecision(models.Model):
    """Who moved a comment to which state, when, and why."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="decisions"
    )
    status_before = models.CharField(_("before"), max_length=10, choices=Comment.Status)
    status_after = models.CharField(_("after"), max_length=10, choices=Comment.Status)
    reason = models.CharField(_("reason"), max_length=20, choices=RejectionReason, blank=True)
    note = PlainTextField(_("words to the writer"), blank=True)
    is_second_look = models.BooleanField(_("second look"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        # Numbered under the lock of the comment: unlike the clock, the numbers never go back.
        ordering = ("-pk",)
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        constraints = [
            models.CheckConstraint(
                name="comments_reason_of_rejection",
                condition=Q(reason="") | Q(status_after="rejected"),
                violation_error_message=_("Only a rejection has a reason."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_before_display()} → {self.get_status_after_display()}"

    @property
    def moderator(self) -> str:
        if self.decided_by is None:
            return str(_("a removed account"))
        return self.decided_by.get_full_name() or self.decided_by.get_username()

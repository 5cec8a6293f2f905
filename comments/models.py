"""Comments of citizens, and what moderators decided about them."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.articles import PlainCharField, PlainTextField
from comments.querysets import CommentQuerySet


def new_receipt_token() -> str:
    return secrets.token_urlsafe(16)


class Comment(models.Model):
    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("comment", "awaiting review")
        APPROVED = "approved", pgettext_lazy("comment", "approved")
        REJECTED = "rejected", pgettext_lazy("comment", "rejected")
        SPAM = "spam", pgettext_lazy("comment", "spam")

    article = models.ForeignKey(
        "news.Article",
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    author_name = PlainCharField(_("name"), max_length=80)
    text = PlainTextField(_("text"))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        help_text=_("The language of the page on which it was written."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING, editable=False
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    # Keyed, see comments/sender.py; the address itself is kept nowhere.
    sender_hash = models.CharField(max_length=64, blank=True, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt_token = models.CharField(
        max_length=32, default=new_receipt_token, unique=True, editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can approve and reject comments"))]
        indexes = [
            models.Index(fields=["status", "created_at", "id"], name="comments_queue"),
            models.Index(
                fields=["article", "status", "created_at", "id"], name="comments_of_article"
            ),
            models.Index(fields=["sender_hash", "created_at"], name="comments_of_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"

    def get_receipt_url(self) -> str:
        return reverse("comments:receipt", args=[self.receipt_token])

    @property
    def last_decision(self) -> "ModerationDecision | None":
        return next(iter(self.decisions.all()), None)


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

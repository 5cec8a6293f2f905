"""Who asked to be told of what: writers about their comment, moderators about the queue."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models.comments import Comment


def new_notice_token() -> str:
    return secrets.token_urlsafe(24)


class WriterNotice(models.Model):
    """An address to which a writer wants the decision and the answer sent; confirmed first."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="notice")
    address_hash = models.CharField(max_length=64)
    address_sealed = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    token = models.CharField(max_length=40, default=new_notice_token, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("writer’s notice")
        verbose_name_plural = _("writers’ notices")
        indexes = [
            models.Index(fields=["address_hash"], name="comments_notice_address"),
            models.Index(fields=["created_at"], name="comments_notice_created"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Digest(models.Model):
    """How often a moderator is told of new comments; without a row: never."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", pgettext_lazy("digest", "at once")
        HOURLY = "hourly", pgettext_lazy("digest", "every hour")
        DAILY = "daily", pgettext_lazy("digest", "every day")
        NEVER = "never", pgettext_lazy("digest", "never")

    PERIODS = {
        Frequency.AT_ONCE: timedelta(0),
        Frequency.HOURLY: timedelta(hours=1),
        Frequency.DAILY: timedelta(days=1),
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comment_digest"
    )
    frequency = models.CharField(
        _("mail about new comments"), max_length=8, choices=Frequency, default=Frequency.NEVER
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    # Comments up to this moment were told of.
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("digest of comments")
        verbose_name_plural = _("digests of comments")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_frequency_display()}"

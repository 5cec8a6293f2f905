from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES
from news.models.articles import Article
from news.models.revisions import ArticleRevision
from news.querysets import PreparedChangeQuerySet
from news.richtext import PlainCharField, PlainTextField


class PreparedChange(models.Model):
    """An article as it shall be, kept aside while the public reads the article as it is."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("dropped")

    OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED)

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="changes"
    )
    base = models.ForeignKey(
        ArticleRevision,
        verbose_name=_("made from"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    content = models.JSONField(_("content"))  # see news/revisions.py
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(_("moment of publication"), null=True, blank=True)
    # What readers are told with it; nothing for a mended slip.
    public_note = PlainCharField(_("note for readers"), max_length=300, blank=True)
    hides_text = models.BooleanField(_("the earlier text is not shown"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("updated"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    note = PlainTextField(_("note"), blank=True)

    objects = PreparedChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("prepared change")
        verbose_name_plural = _("prepared changes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(status__in=("draft", "in_review", "scheduled")),
                name="news_one_open_change",
            ),
            models.CheckConstraint(
                name="news_scheduled_change_has_moment",
                condition=~Q(status="scheduled") | Q(publish_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"], condition=Q(status="scheduled"), name="news_change_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.get_status_display()})"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_scheduled(self) -> bool:
        return self.status == self.Status.SCHEDULED

    @property
    def published_at(self) -> datetime | None:
        """The moment of the change, under the name that the moment of an article has."""
        return self.publish_at

    @property
    def public_notes(self) -> dict[str, str]:
        return {code: getattr(self, f"public_note_{code}") or "" for code in LANGUAGES}

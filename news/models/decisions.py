from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.prepared_changes import PreparedChange
from news.richtext import PlainTextField

STATES = list(dict([*Article.Status.choices, *PreparedChange.Status.choices]).items())


class EditorialDecision(models.Model):
    """Who moved an article to which state, when, and with which words."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="decisions"
    )
    # Where the decision was on a prepared change: the states are those of the change.
    change = models.ForeignKey(
        PreparedChange,
        verbose_name=_("prepared change"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="decisions",
    )
    status_before = models.CharField(_("before"), max_length=10, choices=STATES)
    status_after = models.CharField(_("after"), max_length=10, choices=STATES)
    published_at = models.DateTimeField(_("moment of publication"), null=True)
    note = PlainTextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("-decided_at", "-pk")
        verbose_name = _("editorial decision")
        verbose_name_plural = _("editorial decisions")
        indexes = [
            models.Index(
                fields=["change"], condition=models.Q(change__isnull=False), name="news_of_change"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_before_display()} → {self.get_status_after_display()}"

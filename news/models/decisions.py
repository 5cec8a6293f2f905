from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.richtext import PlainTextField


class EditorialDecision(models.Model):
    """Who moved an article to which state, when, and with which words."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="decisions"
    )
    status_before = models.CharField(_("before"), max_length=10, choices=Article.Status)
    status_after = models.CharField(_("after"), max_length=10, choices=Article.Status)
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

    def __str__(self) -> str:
        return f"{self.get_status_before_display()} → {self.get_status_after_display()}"

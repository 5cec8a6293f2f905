from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.richtext import PlainCharField


class PreflightNote(models.Model):
    """«I know, because …»: why an officer let a finding of the preflight stand."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preflight_notes")
    key = models.CharField(max_length=24, editable=False)  # news.preflight.Finding.key
    code = models.CharField(_("finding"), max_length=20, editable=False)
    excerpt = PlainCharField(_("excerpt"), max_length=300, blank=True, editable=False)
    reason = PlainCharField(_("I know, because"), max_length=300)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    written_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("note on a finding")
        verbose_name_plural = _("notes on findings")
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="news_preflight_one_note")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"

from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.richtext import PlainTextField


class ArticleRevision(models.Model):
    """An article as one save left it, whole and in all languages. Only ever added to."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))  # see news/revisions.py
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    note = PlainTextField(_("note"), blank=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="news_revision_number")
        ]

    def __str__(self) -> str:
        return str(_("revision %(number)s") % {"number": self.number})

    def save(self, *args, **kwargs):
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args, **_kwargs):
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("A revision is never changed.")

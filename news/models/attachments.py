from typing import Any

from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news import attachments
from news.languages import said
from news.models.articles import Article
from news.richtext import PlainCharField
from news.storage import private


class Attachment(models.Model):
    """A document that goes with an article: looked into by us (news/attachments.py)."""

    Kind = attachments.Kind

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.FileField(_("file"), storage=private)
    kind = models.CharField(_("type"), max_length=4, choices=Kind, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    title = PlainCharField(_("title"), max_length=200)
    issued_on = models.DateField(_("date of the document"), null=True, blank=True)
    signatory = PlainCharField(_("signed by"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                name="news_attachment_kind_is_known",
                condition=models.Q(kind__in=attachments.Kind.values),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:attachment", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        storage, name = self.file.storage, str(self.file.name)
        is_in_history = self.article.revisions.exists()  # an earlier state may come back
        deleted = super().delete(*args, **kwargs)
        if not is_in_history:
            transaction.on_commit(lambda: storage.delete(name), robust=True)
        return deleted

    @property
    def weight(self) -> str:
        return filesizeformat(self.size)

    @property
    def title_said(self) -> tuple[str, str]:
        return said(self, "title")

    @property
    def signatory_said(self) -> tuple[str, str]:
        return said(self, "signatory")

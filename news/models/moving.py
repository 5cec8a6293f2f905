from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article


class ImportedRecord(models.Model):
    """What became of a record of another portal; importing it again finds this and stops."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=500)
    object_id = models.BigIntegerField()
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="news_imported_once"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="news_imported_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class OldAddress(models.Model):
    """Where an article stood on an earlier portal: path and query; readers are led on."""

    path = models.CharField(_("old address"), max_length=500, unique=True)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="old_addresses"
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.path

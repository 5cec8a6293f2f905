"""What readers do, in numbers that say nothing about any of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article


class ArticleReads(models.Model):
    """How often an article's page was opened on a day, in a language of the portal."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="reads"
    )
    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=2)
    reads = models.PositiveIntegerField(_("reads"))

    class Meta:
        verbose_name = _("reads of an article on a day")
        verbose_name_plural = _("reads of articles by day")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day", "language"], name="news_reads_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["day", "article"], name="news_reads_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} {self.language}: {self.reads}"


class MissedSearch(models.Model):
    """Words that readers sought and did not find; nobody knows which reader."""

    words = models.CharField(_("words"), max_length=60)
    language = models.CharField(_("language"), max_length=2)
    times = models.PositiveIntegerField(_("times"))
    last_on = models.DateField(_("last sought"))

    class Meta:
        ordering = ("-times", "-last_on", "words")
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(fields=["words", "language"], name="news_missed_search_once")
        ]
        indexes = [models.Index(fields=["last_on"], name="news_missed_search_last")]

    def __str__(self) -> str:
        return self.words

from django.conf import settings
from django.db import models
from django.utils import timezone

from news.models.articles import Article


class Presence(models.Model):
    """Somebody has an article open for editing; forgotten soon after the last sign of life."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "officer"], name="news_presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer} @ {self.article_id}"

from django.db import models

from news.models.articles import Article
from news.models.pictures import Picture


class PictureInText(models.Model):
    """A picture that stands in an article's text; news/picture_uses.py keeps it in step."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    # What a text shows cannot be deleted from under it.
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="in_texts")
    language = models.CharField(max_length=2)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "picture"], name="news_picture_once_in_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}: {self.picture_id}"

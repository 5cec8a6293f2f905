from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.pictures import Picture


class ArticlePicture(models.Model):
    """A picture of the library in the gallery of an article."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="gallery"
    )
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("picture of the gallery")
        verbose_name_plural = _("gallery")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "picture"],
                name="news_gallery_shows_each_picture_once",
                violation_error_message=_("This picture is in the gallery already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.picture)

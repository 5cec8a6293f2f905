from django.db import models

from news.models.articles import Article


class Translation(models.Model):
    """How an article's text in one language stands to the original; news/translations.py keeps it.

    Articles that nobody has saved since the ledger exists have no rows: what is there counts as
    current.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2)
    source_language = models.CharField(max_length=2)  # its own code: this is the original
    made_from = models.JSONField(default=dict)  # text's name → hash of the original's text
    # Text's name → that text itself, while the original says something else: what has changed?
    outdated = models.JSONField(default=dict)
    # Texts that stayed empty while the original has them are missing, not outdated.
    complete_at = models.DateTimeField(null=True)  # when headline and text were first there
    outdated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="news_translation_once")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}"

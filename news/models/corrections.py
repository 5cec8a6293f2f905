from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.languages import said
from news.models.articles import Article
from news.models.revisions import ArticleRevision
from news.richtext import PlainCharField


class Correction(models.Model):
    """A change of a published article that readers are told of: a line of its public history."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="corrections"
    )
    note = PlainCharField(_("note for readers"), max_length=300)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    # What readers had before, since the last time they were told; and what they have now.
    before = models.ForeignKey(ArticleRevision, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(ArticleRevision, on_delete=models.CASCADE, related_name="+")
    # What stood there before must not be read again: personal data, say.
    hides_text = models.BooleanField(_("the earlier text is not shown"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.note

    @property
    def note_said(self) -> tuple[str, str]:
        """The words and their language."""
        return said(self, "note")

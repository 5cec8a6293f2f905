from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES, best_of
from news.richtext import PlainCharField, RichTextField


class Page(models.Model):
    """A text that stays: accessibility statement, privacy, rules of commenting."""

    class Slug(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Accessibility")
        PRIVACY = "privacy", _("Personal data")
        COMMENT_RULES = "comment-rules", _("Rules of commenting")

    # The key: a restored copy finds the page that every installation has from the start.
    slug = models.CharField(_("page"), max_length=20, choices=Slug, primary_key=True)
    title = PlainCharField(_("title"), max_length=150, blank=True)
    body = RichTextField(_("text"), blank=True)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self) -> str:
        return str(self.Slug(self.slug).label)

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])

    def best_language(self, wanted: str) -> str | None:
        """The language to show to a reader of ``wanted``: the texts exist in it."""
        complete = [
            language
            for language in LANGUAGES
            if getattr(self, f"title_{language}") and getattr(self, f"body_{language}")
        ]
        return best_of(complete, wanted)

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from news import addresses
from news.richtext import PlainCharField


class Section(models.Model):
    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        # A year is an archive and "feed" is the feed: /news/2018/, /news/feed/.
        validators=[
            RegexValidator(
                r"^(?!feed$)[a-z][a-z0-9-]*$",
                _("Use small Latin letters, digits and hyphens; begin with a letter."),
            )
        ],
        help_text=_("The part of the address that names the section, e.g. “district”."),
    )
    title = PlainCharField(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position in the menu"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self, language: str | None = None) -> str:
        return f"{addresses.root(language)}{self.slug}/"

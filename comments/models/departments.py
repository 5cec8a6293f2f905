"""Who answers officially."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.articles import PlainCharField


class Department(models.Model):
    """A department of the akimat; its answers stand under its name."""

    name = PlainCharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name

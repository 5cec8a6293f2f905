"""Comments of the whole portal, switched by people."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.articles import PlainCharField


class CommentsSwitch(models.Model):
    """At most one row; where there is none, comments are open."""

    is_open = models.BooleanField(
        _("readers may comment"),
        default=True,
        help_text=_("Off: comments can be read everywhere and written nowhere."),
    )
    message = PlainCharField(
        _("why no comments are taken"),
        max_length=300,
        blank=True,
        help_text=_("Shown to readers in place of the button."),
    )

    objects: ClassVar[models.Manager["CommentsSwitch"]] = models.Manager()

    class Meta:
        verbose_name = _("comments on the whole portal")
        verbose_name_plural = _("comments on the whole portal")

    def __str__(self) -> str:
        return str(_("Comments are open") if self.is_open else _("Comments are closed"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.sections import Section
from news.richtext import PlainCharField, PlainTextField, RichTextField

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class NoticeTemplate(models.Model):
    """Words of a notice that comes again and again, with places in braces to be filled in."""

    name = PlainCharField(_("name"), max_length=100)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="+"
    )
    headline = PlainCharField(_("headline"), max_length=200, blank=True)
    lead = PlainTextField(_("lead"), blank=True)
    body = RichTextField(
        _("text"),
        blank=True,
        help_text=_("What changes each time stands in braces: {place}, {until}."),
    )

    class Meta:
        ordering = ("pk",)
        verbose_name = _("template of a notice")
        verbose_name_plural = _("templates of notices")

    def __str__(self) -> str:
        return self.name or str(self.pk)


class NoticeBlank(models.Model):
    """A place of a template, as the officer who fills it in is asked for it."""

    class Kind(models.TextChoices):
        WORDS = "words", _("words, in each language its own")
        SAME = "same", _("the same in all languages: a number, a telephone")
        DATE = "date", _("date")
        TIME = "time", _("time")

    template = models.ForeignKey(
        NoticeTemplate,
        verbose_name=_("template of a notice"),
        on_delete=models.CASCADE,
        related_name="blanks",
    )
    code = models.CharField(_("name in braces"), max_length=30)
    label = PlainCharField(_("what is asked"), max_length=100)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.WORDS)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("place to fill in")
        verbose_name_plural = _("places to fill in")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["template", "code"],
                name="news_notice_blank_once",
                violation_error_message=_("This name is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if not PLACE.fullmatch(f"{{{self.code}}}"):
            raise ValidationError(
                {"code": _("Small Latin letters, digits and _, a letter first: place, until_2.")}
            )

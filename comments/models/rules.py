"""What holds a comment back for a closer look, and what was held for it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.articles import PlainTextField
from comments.models.comments import Comment


class RuleKind(models.TextChoices):
    """In the order in which they are asked."""

    REPEAT = "repeat", _("The same text again")
    LINKS = "links", _("Links")
    WORDS = "words", _("Words of a list")
    SENDER = "sender", _("Many from one sender")
    NEW_WRITER = "new_writer", _("A new writer")
    BURST = "burst", _("Many on one article")
    APPEAL = "appeal", _("Sounds like an official appeal")


class ModerationRule(models.Model):
    """A rule only ever holds: people decide. Its content lies in its versions."""

    kind = models.CharField(_("kind"), max_length=12, choices=RuleKind)
    title = models.CharField(_("title"), max_length=80, blank=True)
    # The version that holds comments now; the newest one may still be in rehearsal.
    live_version = models.OneToOneField(
        "comments.RuleVersion",
        verbose_name=_("in force"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="in_force_for",
    )

    class Meta:
        ordering = ("kind", "pk")
        verbose_name = _("moderation rule")
        verbose_name_plural = _("moderation rules")

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def newest_version(self) -> "RuleVersion | None":
        return self.versions.first()


class RuleVersion(models.Model):
    """Never changed once written: what was rehearsed is what is switched on."""

    rule = models.ForeignKey(
        ModerationRule, verbose_name=_("rule"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    words = PlainTextField(
        _("words and phrases"),
        blank=True,
        help_text=_("One a line, in their basic form. Inflected forms and disguises are found."),
    )
    threshold = models.PositiveIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    minutes = models.PositiveIntegerField(
        _("within minutes"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)],
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    rehearsed_at = models.DateTimeField(_("rehearsed"), null=True, editable=False)
    # What people had decided on those that it would have held: {"read": 1000, "approved": 11, …}
    rehearsal: Any = models.JSONField(_("rehearsal"), default=dict, editable=False)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of a rule")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="comments_rule_version")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.number}"


class Hold(models.Model):
    """Why a comment was held: the version of the rule, and where in the text."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="holds"
    )
    version = models.ForeignKey(
        RuleVersion, verbose_name=_("rule"), on_delete=models.PROTECT, related_name="holds"
    )
    # [[start, end], …] in the text, for the eye; with the line of the word list as a third.
    spans: Any = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("hold")
        verbose_name_plural = _("holds")


class Burst(models.Model):
    """Comments that came together, folded into one line of the queue."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("on one article")
        SENDER = "sender", _("from one sender")
        TEXT = "text", _("with the same text")

    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=64)
    hour = models.DateTimeField(_("hour"))

    is_new = False  # whether it began with the comment at hand

    class Meta:
        ordering = ("hour", "pk")
        verbose_name = _("burst")
        verbose_name_plural = _("bursts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "hour"], name="comments_one_burst")
        ]

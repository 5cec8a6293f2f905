from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.querysets import AlertQuerySet
from news.richtext import PlainCharField


class Alert(models.Model):
    """A banner on every page, from one moment until another."""

    class Level(models.TextChoices):
        """The gravest first: the order in which several alerts stand."""

        MAJOR = "major", _("emergency")
        MOURNING = "mourning", _("mourning")
        MINOR = "minor", _("warning")
        ANNOUNCEMENT = "announcement", _("announcement")

    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.ANNOUNCEMENT)
    text = PlainCharField(_("text of the alert"), max_length=300)
    link = models.URLField(
        _("link"), blank=True, help_text=_("The whole address of a page that tells more.")
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"))
    dismissible = models.BooleanField(_("readers may close it"), default=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(
                name="news_alert_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An alert must end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_in_force(self) -> bool:
        """``AlertQuerySet.in_force()`` restated for one alert."""
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def gravity(self) -> int:
        return self.Level.values.index(self.level)

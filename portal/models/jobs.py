from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One run of a timed command: when, where, and what came of it."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")

    name = models.CharField(_("job"), max_length=60)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, default=Outcome.RUNNING
    )
    summary = models.TextField(_("what it did"), blank=True)
    host = models.CharField(_("host"), max_length=255, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        indexes = [models.Index(fields=["name", "-started_at"], name="portal_jobrun_latest")]
        permissions = [("view_health", "Can see the health page")]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M} {self.outcome}"

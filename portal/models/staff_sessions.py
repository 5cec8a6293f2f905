from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffSession(models.Model):
    """A signed-in browser. Without its row the session is over, whatever the cookie says."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_sessions"
    )
    started_at = models.DateTimeField(_("signed in at"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), default=timezone.now, db_index=True)
    # "Firefox, Windows": enough to know one's own; no address, no version.
    browser = models.CharField(_("browser"), max_length=60, blank=True)

    class Meta:
        ordering = ("-last_used_at", "-pk")
        verbose_name = _("signed-in browser")
        verbose_name_plural = _("signed-in browsers")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id} {self.browser}"

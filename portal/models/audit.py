from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *_args, **_kwargs) -> NoReturn:
        raise TypeError("The audit log is only ever added to.")

    update = delete = bulk_update = update_or_create = _refuse

    def older_than(self, moment):
        return self.filter(at__lt=moment)


class AuditEntry(models.Model):
    """Who did what, when, on what. Only ever added to, and never with data of citizens."""

    class Event(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
        LOCKED = "locked", _("sign-in locked after failures")
        UNLOCKED = "unlocked", _("sign-in unlocked")
        SESSIONS_ENDED = "sessions_ended", _("signed out everywhere")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_ASKED = "password_asked", _("new password asked for")
        TWO_FACTOR_ON = "two_factor_on", _("sign-in with a code switched on")
        TWO_FACTOR_OFF = "two_factor_off", _("sign-in with a code switched off")
        TWO_FACTOR_RESET = "two_factor_reset", _("sign-in with a code reset")
        CODE_WRONG = "code_wrong", _("wrong code")
        RECOVERY_USED = "recovery_used", _("recovery code used")
        RECOVERY_RENEWED = "recovery_renewed", _("recovery codes renewed")
        ACCOUNT_CHANGED = "account_changed", _("account changed")
        RIGHTS_CHANGED = "rights_changed", _("roles or permissions changed")
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        EDITORIAL = "editorial", _("editorial decision")
        MODERATION = "moderation", _("moderation decision")
        EXPORTED = "exported", _("exported")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # Stays when the account is gone.
    by_name = models.CharField(_("account"), max_length=150, blank=True)
    event = models.CharField(_("what"), max_length=20, choices=Event)
    # "news.article" and its number: names and texts stay where they can be corrected and erased.
    target_model = models.CharField(_("on what"), max_length=100, blank=True)
    target_id = models.CharField(_("number"), max_length=64, blank=True)
    detail = models.CharField(_("details"), max_length=200, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["event", "-at"], name="portal_audit_event"),
            models.Index(fields=["by", "-at"], name="portal_audit_by"),
            models.Index(fields=["target_model", "target_id"], name="portal_audit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name} {self.event}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An entry of the audit log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args, **_kwargs):
        raise TypeError("An entry of the audit log is never deleted.")

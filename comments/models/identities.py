"""Who writers proved to be, and under which agreement: apart from their comments, encrypted."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.articles import PlainTextField


class Agreement(models.Model):
    """What a writer consents to. A version that was accepted never changes: a new one follows."""

    version = models.PositiveIntegerField(_("version"), unique=True, editable=False)
    text_kk = PlainTextField(_("text in Kazakh"))
    text_ru = PlainTextField(_("text in Russian"))
    text_en = PlainTextField(_("text in English"), blank=True)
    in_force_from = models.DateTimeField(_("in force from"), default=timezone.now)

    class Meta:
        ordering = ("-version",)
        verbose_name = _("agreement with writers")
        verbose_name_plural = _("agreements with writers")

    def __str__(self) -> str:
        return str(_("Agreement, version %(number)s") % {"number": self.version})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.version:
            last = Agreement.objects.aggregate(last=models.Max("version"))["last"] or 0
            self.version = last + 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Agreement | None":
        return cls.objects.filter(in_force_from__lte=timezone.now()).order_by("-version").first()

    @property
    def was_accepted(self) -> bool:
        return self.identities.exists() or self.codes.exists()

    def shown_in(self, language: str) -> tuple[str, str]:
        """The text and its language: English readers may have to make do with the Russian one."""
        if text := getattr(self, f"text_{language}"):
            return text, language
        return self.text_ru, "ru"


class Identity(models.Model):
    """A contact that its owner proved. Kept for the agreement's term and three months."""

    class Ended(models.TextChoices):
        WITHDRAWN = "withdrawn", _("consent withdrawn")
        LAPSED = "lapsed", pgettext_lazy("identity", "not used for the agreement’s term")

    kind = models.CharField(pgettext_lazy("identity", "proved by"), max_length=20)
    # Keyed: finds the row of a contact without opening any.
    contact_hash = models.CharField(max_length=64, editable=False)
    contact_sealed = models.TextField(editable=False)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        on_delete=models.PROTECT,
        related_name="identities",
    )
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("proved"), default=timezone.now)
    last_used_on = models.DateField(_("last used on"), default=timezone.localdate)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=10, choices=Ended, blank=True)

    class Meta:
        ordering = ("-confirmed_at",)
        verbose_name = _("writer’s identity")
        verbose_name_plural = _("writers’ identities")
        permissions = [("open_identity", _("Can see who a writer proved to be"))]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "contact_hash"],
                condition=Q(ended_at=None),
                name="comments_identity_in_force",
            )
        ]
        indexes = [
            models.Index(fields=["contact_hash"], name="comments_identity_contact"),
            models.Index(fields=["ended_at"], name="comments_identity_ended"),
        ]

    def __str__(self) -> str:
        return str(_("Writer %(number)s") % {"number": self.pk})

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None


class OneTimeCode(models.Model):
    """A code on its way to a writer. It lives for minutes; the row goes with the next purge."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    contact_hash = models.CharField(max_length=64)
    contact_sealed = models.TextField()
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="codes", null=True
    )
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sender_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        indexes = [
            models.Index(fields=["created_at"], name="comments_code_created"),
            models.Index(fields=["contact_hash", "created_at"], name="comments_code_contact"),
            models.Index(fields=["sender_hash", "created_at"], name="comments_code_sender"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IdentityLook(models.Model):
    """Somebody opened an identity. Written before it is shown, and never changed."""

    identity = models.ForeignKey(
        Identity,
        verbose_name=_("writer’s identity"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="looks",
    )
    identity_number = models.PositiveBigIntegerField(_("number of the identity"))
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    looked_at = models.DateTimeField(_("when"), default=timezone.now)
    purpose = PlainTextField(_("purpose"), help_text=_("Whose request, and its number and date."))

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("look at an identity")
        verbose_name_plural = _("looks at identities")

    def __str__(self) -> str:
        return f"{self.identity_number}: {self.looked_by}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError(_("A look is never changed."), code="append_only")
        super().save(*args, **kwargs)


class Purge(models.Model):
    """What was deleted under which rule: numbers only, for an inspector to read."""

    rule = models.CharField(_("rule"), max_length=40)
    older_than = models.DateTimeField(_("older than"), null=True)
    deleted = models.PositiveIntegerField(_("deleted"))
    purged_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("deletion of personal data")
        verbose_name_plural = _("deletions of personal data")

    def __str__(self) -> str:
        return f"{self.rule}: {self.deleted}"

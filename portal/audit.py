"""The audit log: filled by what happens, not by those who might forget to.

Other apps need nothing of this: whatever they write into Django's admin log, and every decision
recorded by the verbs, arrives here by signals.
"""

import json
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from django.utils import timezone

from comments.models import ModerationDecision
from news.models import EditorialDecision
from portal.models import AuditEntry

Event = AuditEntry.Event
# The request that is being answered, for what happens without being told who does it.
current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
NEW_ACCOUNT = "new"
ACCOUNT_FIELDS = ("username", "email", "is_active", "is_staff", "is_superuser")


def record(
    event: AuditEntry.Event,
    *,
    by: Any = None,
    on: Model | None = None,
    detail: str = "",
) -> None:
    """Add an entry; without ``by``, whoever sent the present request."""
    if by is None and (request := current_request.get()) is not None:
        by = getattr(request, "user", None)
    known = by is not None and by.is_authenticated
    AuditEntry.objects.create(
        event=event,
        by_id=by.pk if known else None,
        by_name=by.get_username() if known else "",
        target_model=on._meta.label_lower if on else "",
        target_id=str(on.pk or "") if on else "",
        detail=detail[:200],
    )


def purge() -> int:
    """Forget what is older than AUDIT_KEPT_DAYS; how many entries that were."""
    limit = timezone.now() - timedelta(days=settings.AUDIT_KEPT_DAYS)
    old = AuditEntry.objects.older_than(limit)
    return old._raw_delete(old.db)


# --- what is listened to ---


def _admin_log(instance: LogEntry, created: bool, raw: bool = False, **_signal: Any) -> None:
    if not created or raw or instance.content_type is None:
        return
    model = instance.content_type.model_class()
    if model in (User, Group) and instance.action_flag == DELETION:
        return  # told by post_delete, which bulk deletions send too
    event = {ADDITION: Event.ADDED, DELETION: Event.DELETED}.get(
        instance.action_flag, Event.CHANGED
    )
    record_target = f"{instance.content_type.app_label}.{instance.content_type.model}"
    AuditEntry.objects.create(
        event=event,
        by_id=instance.user_id,
        by_name=instance.user.get_username(),
        target_model=record_target,
        target_id=str(instance.object_id or "")[:64],
        detail=_fields_of(instance.change_message),
    )


def _fields_of(message: str) -> str:
    """The names of the fields, never their values; free text is not taken over."""
    try:
        parts = json.loads(message)
        names = [
            str(name)
            for part in parts
            for change in part.values()
            for name in change.get("fields", [])
        ]
    except (ValueError, AttributeError, TypeError):
        return ""
    return ", ".join(names)[:200]


def _editorial(instance: EditorialDecision, created: bool, raw: bool = False, **_s: Any) -> None:
    if created and not raw:
        detail = f"{instance.status_before} → {instance.status_after}"
        record(Event.EDITORIAL, by=instance.decided_by, on=instance.article, detail=detail)


def _moderation(instance: ModerationDecision, created: bool, raw: bool = False, **_s: Any) -> None:
    if created and not raw:
        detail = f"{instance.status_before} → {instance.status_after} {instance.reason}".strip()
        record(Event.MODERATION, by=instance.decided_by, on=instance.comment, detail=detail)


def _signed_in(user: AbstractBaseUser, **_signal: Any) -> None:
    record(Event.SIGNED_IN, by=user)


def _signed_out(user: AbstractBaseUser | None, **_signal: Any) -> None:
    if user is not None:
        record(Event.SIGNED_OUT, by=user)


def _sign_in_failed(credentials: dict[str, Any], **_signal: Any) -> None:
    # What was typed is not kept: people type passwords into the wrong field.
    record(Event.SIGN_IN_FAILED, on=_account(credentials.get("username")))


def _locked(username: str | None = None, **_signal: Any) -> None:
    record(Event.LOCKED, on=_account(username))


def _account(username: str | None) -> User | None:
    return User.objects.filter(username=username).first() if username else None


def _before_account(instance: Any, raw: bool = False, update_fields: Any = None, **_s: Any):
    """Remember what is about to change; saving the moment of a sign-in is no change."""
    instance._audited = []
    if raw or instance.pk is None or (update_fields and set(update_fields) == {"last_login"}):
        return
    stored = User.objects.filter(pk=instance.pk).values(*ACCOUNT_FIELDS).first()
    if stored:
        changed = [name for name in ACCOUNT_FIELDS if getattr(instance, name) != stored[name]]
        instance._audited = changed
        # A hash renewed on sign-in is no new password: Django then has forgotten the old one.
        instance._audited_password = instance._password is not None


def _after_account(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw:
        record(Event.ACCOUNT_CHANGED, on=instance, detail=NEW_ACCOUNT)
    elif getattr(instance, "_audited", None):
        record(Event.ACCOUNT_CHANGED, on=instance, detail=", ".join(instance._audited))
    if getattr(instance, "_audited_password", False) and not created:
        instance._audited_password = False
        record(Event.PASSWORD_CHANGED, on=instance)


def _rights(
    instance: Model, action: str, reverse: bool, model: Any, pk_set: set[int] | None, **_s: Any
) -> None:
    verb = {"post_add": "+", "post_remove": "-", "pre_clear": "-"}.get(action)
    is_by_migration = isinstance(instance, Group) and current_request.get() is None
    if verb is None or is_by_migration:  # portal/roles.py brings groups into step
        return
    if action == "pre_clear":
        record(Event.RIGHTS_CHANGED, on=instance, detail=f"{verb} {model._meta.model_name}: *")
    elif pk_set:
        numbers = model.objects.filter(pk__in=pk_set)
        names = ", ".join(str(getattr(row, "codename", None) or row) for row in numbers)
        record(Event.RIGHTS_CHANGED, on=instance, detail=f"{verb} {names}")


def _deleted(instance: Model, **_signal: Any) -> None:
    name = instance.get_username() if isinstance(instance, User) else str(instance)
    record(Event.DELETED, on=instance, detail=name)


def listen() -> None:
    post_save.connect(_admin_log, sender=LogEntry, dispatch_uid="audit.admin")
    post_save.connect(_editorial, sender=EditorialDecision, dispatch_uid="audit.editorial")
    post_save.connect(_moderation, sender=ModerationDecision, dispatch_uid="audit.moderation")
    user_logged_in.connect(_signed_in, dispatch_uid="audit.in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit.out")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="audit.failed")
    user_locked_out.connect(_locked, dispatch_uid="audit.locked")
    pre_save.connect(_before_account, sender=User, dispatch_uid="audit.before")
    post_save.connect(_after_account, sender=User, dispatch_uid="audit.after")
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_rights, sender=through, dispatch_uid=f"audit.{through.__name__}")
    for model in (User, Group):
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"audit.{model.__name__}")

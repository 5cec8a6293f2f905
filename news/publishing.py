"""The press office's verbs; nothing else changes the status of an article.

Each takes the article as its caller saw it, checks that nobody changed it meanwhile, changes it,
and records the decision, in one transaction. Refusals are ValidationErrors with a code;
people without the permission meet PermissionDenied.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.languages import LANGUAGES
from news.models import Article, EditorialDecision

Status = Article.Status


def send_for_review(article: Article, *, by: User, note: str = "") -> None:
    """Ask an editor to look at a draft."""
    _require(by, "news.change_article")
    _move(article, Status.IN_REVIEW, by=by, note=note, allowed=[Status.DRAFT])


def return_to_draft(article: Article, *, by: User, note: str = "") -> None:
    """Take an article back from review, or a scheduled one from the schedule."""
    _require(by, "news.publish_article" if article.is_scheduled else "news.change_article")
    if article.is_published:
        raise ValidationError(
            _("A published article cannot become a draft; it can be withdrawn."), code="public"
        )
    _move(
        article,
        Status.DRAFT,
        by=by,
        note=note,
        allowed=[Status.IN_REVIEW, Status.PUBLISHED],
        published_at=None,
    )


def publish(article: Article, *, by: User, at: datetime | None = None) -> None:
    """Make an article public now, at a moment to come, or under a date in the past.

    Raises ValidationError with the empty fields where a required language is missing.
    """
    _require(by, "news.publish_article")
    if article.is_published:
        raise ValidationError(_("The article is already published."), code="public")
    if missing := article.missing_texts():
        raise ValidationError(missing)
    moment = at or timezone.now()
    _move(
        article,
        Status.PUBLISHED,
        by=by,
        allowed=[Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED],
        published_at=moment,
        updated_at=moment,
    )


def withdraw(article: Article, *, by: User, reason: Mapping[str, str]) -> None:
    """Take a public article out of all lists; its address shows it under a notice.

    ``reason`` maps languages to what readers are told; the required languages must be there.
    """
    _require(by, "news.withdraw_article")
    if not article.is_published:
        raise ValidationError(_("Only a published article can be withdrawn."), code="not_published")
    _move(
        article,
        Status.WITHDRAWN,
        by=by,
        note=next(filter(None, reason.values()), ""),
        allowed=[Status.PUBLISHED],
        withdrawn_at=timezone.now(),
        **{f"withdrawal_reason_{language}": reason.get(language, "") for language in LANGUAGES},
    )


def republish(article: Article, *, by: User) -> None:
    """Bring a withdrawn article back to the lists, under its old date and address."""
    _require(by, "news.publish_article")
    if missing := article.missing_texts():
        raise ValidationError(missing)
    _move(article, Status.PUBLISHED, by=by, allowed=[Status.WITHDRAWN], withdrawn_at=None)


def remove(article: Article, *, by: User, note: str = "") -> None:
    """Published in error: the address answers 410, the text stays with the press office."""
    _require(by, "news.withdraw_article")
    if article.is_scheduled:
        raise ValidationError(
            _("The article is not public yet; return it to draft."), code="not_published"
        )
    _move(article, Status.REMOVED, by=by, note=note, allowed=[Status.PUBLISHED, Status.WITHDRAWN])


def restore(article: Article, *, by: User) -> None:
    """Make a draft of a removed article; its comments and its number stay with it."""
    _require(by, "news.publish_article")
    _move(
        article,
        Status.DRAFT,
        by=by,
        allowed=[Status.REMOVED],
        published_at=None,
        withdrawn_at=None,
    )


def _require(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied


@transaction.atomic
def _move(
    article: Article,
    status: Status,
    *,
    by: User,
    allowed: list[Status],
    note: str = "",
    **changes: Any,
) -> None:
    stored = Article.objects.select_for_update().only("status").get(pk=article.pk)
    if stored.status != article.status:
        raise ValidationError(
            _("Somebody changed the article meanwhile; it is now: %(status)s."),
            code="changed_meanwhile",
            params={"status": stored.get_status_display()},
        )
    if article.status not in allowed:
        raise ValidationError(
            _("This cannot be done while the article is: %(status)s."),
            code="not_allowed",
            params={"status": article.get_status_display()},
        )
    before, article.status = article.status, status
    for field, value in changes.items():
        setattr(article, field, value)
    article.save(update_fields=["status", *changes])
    EditorialDecision.objects.create(
        article=article,
        status_before=before,
        status_after=status,
        published_at=article.published_at,
        note=note,
        decided_by=by,
    )

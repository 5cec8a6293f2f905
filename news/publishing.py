"""The press office's verbs; nothing else changes the status of an article.

Each takes the article as its caller saw it, checks that nobody changed it meanwhile, changes it,
and records the decision, in one transaction. Kept pages learn of it by the article's save
(news/page_cache.py); what is taken back is forgotten. Refusals are ValidationErrors with a code;
people without the permission meet PermissionDenied.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news import office_mail, page_cache, revisions
from news.languages import LANGUAGES
from news.models import Article, EditorialDecision, Section

Status = Article.Status


def send_for_review(article: Article, *, by: User, note: str = "") -> None:
    """Ask an editor to look at a draft."""
    _require(by, "news.change_article", article)
    _move(article, Status.IN_REVIEW, by=by, note=note, allowed=[Status.DRAFT])


def return_to_draft(article: Article, *, by: User, note: str = "") -> None:
    """Take an article back from review, or a scheduled one from the schedule."""
    _require(by, "news.publish_article" if article.is_scheduled else "news.change_article", article)
    if article.is_live and not article.is_scheduled:
        raise ValidationError(
            _("A published article cannot become a draft; it can be withdrawn."), code="public"
        )
    asked = office_mail.asker(article) if article.status == Status.IN_REVIEW else None
    if asked is not None and asked != by and not note:
        raise ValidationError(_("Say what should be done: the author reads it."), code="no_comment")
    _move(
        article,
        Status.DRAFT,
        by=by,
        note=note,
        allowed=[Status.IN_REVIEW, Status.PUBLISHED],
        published_at=None,
        withdraws_at=None,
    )


def publish(article: Article, *, by: User, at: datetime | None = None) -> None:
    """Make an article public now, at a moment to come, or under a date in the past.

    Raises ValidationError with the empty fields where a required language is missing.
    """
    _require(by, "news.publish_article", article)
    if article.is_published:
        raise ValidationError(_("The article is already published."), code="public")
    if missing := article.missing_texts():
        raise ValidationError(missing)
    moment = at or timezone.now()
    if article.withdraws_at is not None and article.withdraws_at <= moment:
        raise ValidationError(
            _("The article is to be withdrawn before that moment."), code="too_late"
        )
    _move(
        article,
        Status.PUBLISHED,
        by=by,
        allowed=[Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED],
        published_at=moment,
        updated_at=moment,
    )


def withdraw(
    article: Article, *, by: User, reason: Mapping[str, str], at: datetime | None = None
) -> None:
    """Take an article out of all lists, now or from a moment; its address shows it under a notice.

    ``reason`` maps languages to what readers are told; the required languages must be there.
    """
    _require(by, "news.withdraw_article", article)
    if missing := [code for code in settings.NEWS_REQUIRED_LANGUAGES if not reason.get(code)]:
        raise ValidationError(
            {f"reason_{code}": _("Say the reason: readers see it.") for code in missing}
        )
    reasons = {f"withdrawal_reason_{code}": reason.get(code, "") for code in LANGUAGES}
    note = next(filter(None, reason.values()), "")
    if at is not None and at > timezone.now():
        if article.published_at is None or at <= article.published_at:
            raise ValidationError(
                {"moment": _("Choose a moment after that of publication.")}, code="too_early"
            )
        _move(
            article, Status.PUBLISHED, by=by, note=note, allowed=[Status.PUBLISHED],
            told_as="to_withdraw", withdraws_at=at, **reasons,
        )  # fmt: skip
        return
    if not article.is_published:
        raise ValidationError(_("Only a published article can be withdrawn."), code="not_published")
    _move(
        article,
        Status.WITHDRAWN,
        by=by,
        note=note,
        allowed=[Status.PUBLISHED],
        withdrawn_at=timezone.now(),
        withdraws_at=None,
        **reasons,
    )
    page_cache.refresh_article(article.pk, forget=True)


def keep_public(article: Article, *, by: User) -> None:
    """Give up a withdrawal that was planned."""
    _require(by, "news.withdraw_article", article)
    if article.withdraws_at is None or article.is_withdrawn:
        raise ValidationError(_("No withdrawal is planned."), code="not_planned")
    reasons = {f"withdrawal_reason_{language}": "" for language in LANGUAGES}
    _move(
        article, Status.PUBLISHED, by=by, allowed=[Status.PUBLISHED], told_as="kept_public",
        withdraws_at=None, **reasons,
    )  # fmt: skip


@transaction.atomic
def note_withdrawal(article: Article) -> bool:
    """Write down that the moment of a planned withdrawal is past; False where another has done so.

    Readers met the notice from that moment on: this changes what colleagues see, and tells them.
    """
    rows = Article.objects.select_for_update(skip_locked=True)
    stored = rows.filter(pk=article.pk, status=Status.PUBLISHED).only("withdraws_at").first()
    if stored is None or stored.withdraws_at is None or stored.withdraws_at > timezone.now():
        return False
    planned = _latest_decision(article)
    moment, article.status = stored.withdraws_at, Status.PUBLISHED
    _move(
        article,
        Status.WITHDRAWN,
        by=planned.decided_by if planned else None,
        note=planned.note if planned else "",
        allowed=[Status.PUBLISHED],
        withdrawn_at=moment,
        withdraws_at=None,
    )
    page_cache.refresh_article(article.pk, forget=True)
    return True


def republish(article: Article, *, by: User) -> None:
    """Bring a withdrawn article back to the lists, under its old date and address."""
    _require(by, "news.publish_article", article)
    if missing := article.missing_texts():
        raise ValidationError(missing)
    _move(article, Status.PUBLISHED, by=by, allowed=[Status.WITHDRAWN], withdrawn_at=None)


def remove(
    article: Article, *, by: User, note: str = "", redirect_to: Article | None = None
) -> None:
    """Published in error: the address answers 410, or leads to another article; the text stays
    with the press office."""
    _require(by, "news.withdraw_article", article)
    if article.is_scheduled:
        raise ValidationError(
            _("The article is not public yet; return it to draft."), code="not_published"
        )
    if redirect_to is not None and (redirect_to == article or not redirect_to.is_published):
        raise ValidationError(
            {"redirect_to": _("Choose another article that is published.")}, code="no_target"
        )
    _move(
        article,
        Status.REMOVED,
        by=by,
        note=note,
        allowed=[Status.PUBLISHED, Status.WITHDRAWN],
        redirect_to=redirect_to,
        withdraws_at=None,
    )
    page_cache.refresh_site(forget=True)  # lists show headlines


def trash(article: Article, *, by: User, note: str = "") -> None:
    """Delete, so that everything can come back: texts, pictures, comments, address."""
    was_public = article.published_at is not None
    _require(by, "news.withdraw_article" if was_public else "news.change_article", article)
    _move(
        article,
        Status.TRASHED,
        by=by,
        note=note,
        allowed=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.REMOVED],
    )
    if article.published_at:
        page_cache.refresh_site(forget=True)


def restore(article: Article, *, by: User) -> None:
    """Make a draft of an article that was removed or lies in the trash.

    Its comments and its number stay with it, and the moment it had, for it to be published again
    under its old address.
    """
    was_public = article.published_at is not None
    _require(by, "news.publish_article" if was_public else "news.change_article", article)
    _move(
        article,
        Status.DRAFT,
        by=by,
        allowed=[Status.REMOVED, Status.TRASHED],
        withdrawn_at=None,
        redirect_to=None,
    )


@transaction.atomic
def move_to_section(article: Article, *, by: User, section: Section) -> None:
    """Its address stays; the pages of both sections learn of it."""
    permission = "news.publish_article" if article.is_live else "news.change_article"
    _require(by, permission, article)
    stored = _locked(article)
    if stored.status in (Status.REMOVED, Status.TRASHED):
        raise ValidationError(
            _("This cannot be done while the article is: %(status)s."),
            code="not_allowed",
            params={"status": article.get_status_display()},
        )
    revisions.record_first(article)
    article.section = section
    article.save(update_fields=["section"])
    revisions.record(article, by=by)


def _latest_decision(article: Article) -> EditorialDecision | None:
    return EditorialDecision.objects.filter(article_id=article.pk, change=None).first()


def _require(by: User, permission: str, article: Article) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied
    if article.status == Status.PUBLISHED and article.is_withdrawn:
        note_withdrawal(article)  # what the clock has decided comes first


def _locked(article: Article) -> Article:
    """The row as it is stored, for nobody else until the end; refuses what changed meanwhile."""
    stored = Article.objects.select_for_update().only("status").get(pk=article.pk)
    if stored.status != article.status:
        raise ValidationError(
            _("Somebody changed the article meanwhile; it is now: %(status)s."),
            code="changed_meanwhile",
            params={"status": stored.get_status_display()},
        )
    return stored


@transaction.atomic
def _move(
    article: Article,
    status: Status,
    *,
    by: User | None,
    allowed: list[Status],
    note: str = "",
    told_as: str = "",
    **changes: Any,
) -> None:
    _locked(article)
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
    decision = EditorialDecision.objects.create(
        article=article,
        status_before=before,
        status_after=status,
        published_at=article.published_at,
        note=note,
        decided_by=by,
    )
    office_mail.tell(decision, told_as)

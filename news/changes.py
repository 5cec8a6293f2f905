"""A change to a published article, prepared aside: written, reviewed, and published as a whole.

What the change leaves as it was follows the live article; where both changed the same field, the
change is refused until somebody has looked at both. Statuses change here and nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from news import corrections, office_mail, page_cache, revisions, translations
from news.corrections import Announcement
from news.languages import LANGUAGES
from news.models import Article, ArticleRevision, EditorialDecision, PreparedChange
from news.revisions import Content

Status = PreparedChange.Status
SAME_PLACES = _("The published article was changed in the same places; compare and decide.")


def open_change(article: Article) -> PreparedChange | None:
    return PreparedChange.objects.open().filter(article_id=article.pk).first()


def may_edit(user: User, change: PreparedChange) -> bool:
    wanted = "publish_article" if change.status == Status.SCHEDULED else "change_article"
    return change.is_open and user.has_perm(f"news.{wanted}")


@transaction.atomic
def begin(article: Article, *, by: User, content: Content | None = None) -> PreparedChange:
    """Begin with what readers have, or with an earlier state; one change at a time."""
    _require(by, "news.change_article")
    stored = Article.objects.select_for_update().get(pk=article.pk)
    if not stored.is_live:
        raise ValidationError(
            _("Only what is published needs a prepared change; a draft is changed directly."),
            code="not_live",
        )
    if open_change(article):
        raise ValidationError(
            _("A change of this article is being prepared already."), code="open_already"
        )
    revisions.record_first(article)
    base = revisions.record(article, by=None) or revisions.latest(article)
    assert base is not None  # noqa: S101  (recorded in the lines before)
    return PreparedChange.objects.create(
        article=stored, base=base, content=dict(content or base.content), created_by=by
    )


@transaction.atomic
def save(change: PreparedChange, content: Content, *, by: User) -> None:
    if not may_edit(by, change):
        raise PermissionDenied
    _lock(change)
    change.content, change.updated_at = dict(content), timezone.now()
    change.save(update_fields=["content", "updated_at"])


def send_for_review(change: PreparedChange, *, by: User, note: str = "") -> None:
    _require(by, "news.change_article")
    _move(change, Status.IN_REVIEW, by=by, note=note, allowed=[Status.DRAFT])


def return_to_draft(change: PreparedChange, *, by: User, note: str = "") -> None:
    is_scheduled = change.status == Status.SCHEDULED
    _require(by, "news.publish_article" if is_scheduled else "news.change_article")
    asked = None if is_scheduled else office_mail.asker(change.article, change)
    if asked is not None and asked != by and not note:
        raise ValidationError(_("Say what should be done: the author reads it."), code="no_comment")
    _move(
        change,
        Status.DRAFT,
        by=by,
        note=note,
        allowed=[Status.IN_REVIEW, Status.SCHEDULED],
        publish_at=None,
    )


def drop(change: PreparedChange, *, by: User, note: str = "") -> None:
    """Give the change up; it stays in the log, and its words with it."""
    is_scheduled = change.status == Status.SCHEDULED
    _require(by, "news.publish_article" if is_scheduled else "news.change_article")
    _move(change, Status.DROPPED, by=by, note=note, allowed=list(PreparedChange.OPEN))


@transaction.atomic
def publish(
    change: PreparedChange,
    *,
    by: User,
    at: datetime | None = None,
    announcement: Announcement | None = None,
) -> None:
    """Let readers have it now, or from a moment; with a note where they must know."""
    _require(by, "news.publish_article")
    _lock(change)
    refuse_conflicts(change)
    details: dict[str, Any] = {
        f"public_note_{code}": announcement.notes.get(code, "") if announcement else ""
        for code in LANGUAGES
    }
    details["hides_text"] = bool(announcement and announcement.hides_text)
    moment = at if at is not None and at > timezone.now() else None
    _move(
        change,
        Status.SCHEDULED if moment else Status.PUBLISHED,
        by=by,
        allowed=list(PreparedChange.OPEN),
        publish_at=moment or timezone.now(),
        decided_by=by,
        **details,
    )
    if moment is None:
        _make_live(change)


@transaction.atomic
def publish_due(number: int) -> bool:
    """Make a scheduled change live, once; False where another process has done so, or does.

    One that no longer fits the article goes back to its author instead, with the reason.
    """
    due = PreparedChange.objects.select_for_update(skip_locked=True, of=("self",)).due()
    change = due.filter(pk=number).select_related("article", "decided_by").first()
    if change is None:
        return False
    try:
        refuse_conflicts(change)
    except ValidationError as refusal:
        _move(
            change, Status.DRAFT, by=None, note=_in_both_languages(refusal),
            allowed=[Status.SCHEDULED], publish_at=None,
        )  # fmt: skip
        return False
    _move(change, Status.PUBLISHED, by=change.decided_by, allowed=[Status.SCHEDULED])
    _make_live(change)
    return True


def _make_live(change: PreparedChange) -> None:
    article = change.article
    content, _conflicts = merged(change)
    before = translations.texts_of(article)
    revisions.apply(article, content)
    translations.follow(article, before)
    revisions.record(article, by=change.decided_by, note=change.note)
    if any(change.public_notes.values()):
        announcement = Announcement(change.public_notes, change.hides_text)
        corrections.announce(article, announcement, by=change.decided_by, at=change.publish_at)


def merged(change: PreparedChange) -> tuple[dict[str, Any], list[str]]:
    """What would be live with the change, and the fields that both sides changed otherwise."""
    base, live = change.base.content, revisions.snapshot(change.article)
    result, conflicts = dict(live), []
    for name, wanted in change.content.items():
        if wanted in (base.get(name), live.get(name)):
            continue
        if live.get(name) != base.get(name):
            conflicts.append(name)
        result[name] = wanted
    return result, conflicts


@contextmanager
def tried_on(change: PreparedChange) -> Iterator[Article]:
    """The article as the change would make it, within a transaction that leaves no trace.

    So the change is edited, previewed and looked over by what does so for any article.
    """
    with transaction.atomic():
        content, _conflicts = merged(change)
        article = Article.objects.select_related("section", "main_picture").get(
            pk=change.article_id
        )
        revisions.apply(article, content)
        yield article
        transaction.set_rollback(True)


def refuse_conflicts(change: PreparedChange) -> None:
    if not change.article.is_live:
        raise ValidationError(
            _("The article is no longer published, so its change cannot be."), code="not_live"
        )
    content, conflicts = merged(change)
    if conflicts:
        raise ValidationError(SAME_PLACES, code="conflict")
    refuse_incomplete(change.article, content)


def refuse_incomplete(article: Article, content: Content) -> None:
    """Nothing that publication requires, and that readers have, may go."""
    tried = Article(pk=article.pk)
    for name in revisions.columns(("headline", "body")):
        setattr(tried, name, content[name])
    missing = tried.missing_texts()
    if lost := {name: text for name, text in missing.items() if getattr(article, name)}:
        raise ValidationError(lost)


@transaction.atomic
def restore(article: Article, revision: ArticleRevision, *, by: User) -> PreparedChange | None:
    """Bring an earlier state back, never before readers at once.

    A draft becomes what it was; of what readers have, a change is begun, which is returned.
    """
    _require(by, "news.change_article")
    if article.is_live:
        return begin(article, by=by, content=revision.content)
    if article.is_gone:
        raise ValidationError(
            _("The article was removed; restore the article itself first."), code="gone"
        )
    revisions.record_first(article)
    revisions.apply(article, revision.content)
    revisions.record(article, by=by, note=str(revision))
    return None


@transaction.atomic
def keep_mine(change: PreparedChange, *, by: User) -> None:
    """Both were looked at: where both sides changed something, the change's words stay."""
    if not may_edit(by, change):
        raise PermissionDenied
    _lock(change)
    content, _conflicts = merged(change)
    base = revisions.record(change.article, by=None) or revisions.latest(change.article)
    assert base is not None  # noqa: S101  (recorded in the line before)
    change.content, change.base, change.updated_at = content, base, timezone.now()
    change.save(update_fields=["content", "base", "updated_at"])


def take_back_if_overtaken(article: Article, *, by: User | None) -> PreparedChange | None:
    """After the live article was saved: a scheduled change of the same places needs a person."""
    change = open_change(article)
    if change is None or not merged(change)[1]:
        return None
    if change.status == Status.SCHEDULED:
        _move(
            change, Status.DRAFT, by=by, note=_in_both_languages(ValidationError(SAME_PLACES)),
            allowed=[Status.SCHEDULED], publish_at=None,
        )  # fmt: skip
    return change


def _in_both_languages(refusal: ValidationError) -> str:
    """Kept for whoever looks at it, whatever the language of the page that came upon it."""
    said = []
    for language in settings.NEWS_REQUIRED_LANGUAGES:
        with override(language):
            said.append(" ".join(refusal.messages))
    return "\n".join(said)


def _require(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied


def _lock(change: PreparedChange) -> str:
    stored = PreparedChange.objects.select_for_update().only("status").get(pk=change.pk)
    if stored.status != change.status:
        raise ValidationError(
            _("Somebody changed it meanwhile; it is now: %(status)s."),
            code="changed_meanwhile",
            params={"status": stored.get_status_display()},
        )
    return stored.status


@transaction.atomic
def _move(
    change: PreparedChange,
    status: Status,
    *,
    by: User | None,
    allowed: list[Status],
    note: str = "",
    **details: Any,
) -> None:
    before = _lock(change)
    if before not in allowed:
        raise ValidationError(
            _("This cannot be done while the change is: %(status)s."),
            code="not_allowed",
            params={"status": change.get_status_display()},
        )
    change.status = status
    for name, value in details.items():
        setattr(change, name, value)
    if note:
        change.note = note
    change.save()
    if Status.SCHEDULED in (before, status):
        page_cache.refresh_site()  # kept pages end at a moment that nobody knew of so far
    decision = EditorialDecision.objects.create(
        article=change.article,
        change=change,
        status_before=before,
        status_after=status,
        published_at=change.publish_at,
        note=note,
        decided_by=by,
    )
    office_mail.tell(decision)

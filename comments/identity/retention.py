"""What is deleted when, and the record of it (Law 94-V art. 12 and 18; Law 418-V art. 36(5-1)).

Each rule deletes in small transactions, so that the site goes on serving, and leaves one line of
numbers for an inspector.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import notices, writer
from comments.identity import identities
from comments.models import (
    Burst,
    Comment,
    CommentReport,
    Identity,
    ModerationDecision,
    OneTimeCode,
    Purge,
    WriterNotice,
)

BATCH = 1000
# What each rule deletes, as an inspector reads it.
RULES = {
    "identities": _("numbers and addresses of writers, three months after their agreement ended"),
    "codes": _("one-time codes"),
    "senders": _("marks of the connections that comments came from"),
    "reporters": _("marks of the connections that reports came from"),
    "bursts": _("lines of the queue for many comments at once"),
    "refused": _("names and texts of comments that were rejected or withdrawn"),
    "reports": _("words of readers who reported a comment"),
    "letters": _("addresses for letters about a comment"),
}


def lapse(now: datetime) -> int:
    """End the agreements that nobody used for their whole term."""
    unused = Identity.objects.filter(
        ended_at=None, last_used_on__lt=timezone.localdate(now - identities.TERM)
    )
    return unused.update(ended_at=now, ended_by=Identity.Ended.LAPSED)


def purge(now: datetime | None = None) -> list[Purge]:
    """Apply every rule; the lines that were written, one for each rule."""
    now = now or timezone.now()
    lapse(now)
    ended = now - identities.KEPT_AFTER_END
    day = now - timedelta(days=1)
    senders = now - timedelta(days=settings.COMMENTS_SENDER_DAYS)
    refused = now - timedelta(days=settings.COMMENTS_REFUSED_DAYS)
    return [
        _record("identities", ended, _delete(Identity.objects.filter(ended_at__lt=ended))),
        _record("codes", day, _delete(OneTimeCode.objects.filter(created_at__lt=day))),
        _record(
            "senders",
            senders,
            _in_batches(
                Comment.objects.filter(created_at__lt=senders).exclude(sender_hash=""),
                lambda rows: rows.update(sender_hash=""),
            ),
        ),
        _record(
            "reporters",
            senders,
            _in_batches(
                CommentReport.objects.filter(created_at__lt=senders).exclude(sender_hash=""),
                lambda rows: rows.update(sender_hash=""),
            ),
        ),
        _record("bursts", senders, _delete(Burst.objects.filter(hour__lt=senders))),
        _record("refused", refused, _in_batches(_refused_before(refused), _erase)),
        _record(
            "reports",
            refused,
            _in_batches(
                CommentReport.objects.filter(settled_at__lt=refused).exclude(words=""),
                lambda rows: rows.update(words=""),
            ),
        ),
        _record(
            "letters",
            senders,
            _in_batches(WriterNotice.objects.filter(created_at__lt=senders), _forget_letters),
        ),
    ]


def _refused_before(moment: datetime) -> QuerySet[Comment]:
    """Withdrawn, or refused with nothing decided or asked since."""
    decided_since = ModerationDecision.objects.filter(
        comment=OuterRef("pk"), decided_at__gte=moment
    )
    refused = Q(status__in=writer.REFUSED, created_at__lt=moment) & ~Exists(decided_since)
    asked = Q(second_look_asked_at__isnull=False, second_look_decided_at=None)
    withdrawn = Q(status=Comment.Status.WITHDRAWN, withdrawn_at__lt=moment)
    return Comment.objects.filter((refused & ~asked) | withdrawn, erased_at=None)


def _erase(rows: QuerySet) -> int:
    for comment in rows:
        writer.erase(comment)
    return len(rows)


def _forget_letters(rows: QuerySet) -> int:
    for notice in rows.select_related("comment"):
        notices.forget(notice.comment)
    return len(rows)


def _record(rule: str, older_than: datetime, deleted: int) -> Purge:
    return Purge.objects.create(rule=rule, older_than=older_than, deleted=deleted)


def _delete(rows: QuerySet) -> int:
    return _in_batches(rows, lambda batch: batch.delete()[0])


def _in_batches(rows: QuerySet, treat: Callable[[QuerySet], int]) -> int:
    model: type[Model] = rows.model
    treated = 0
    while numbers := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        treat(model._default_manager.filter(pk__in=numbers))
        treated += len(numbers)
    return treated

"""Mail is written into the database with what it tells of, and sent by `manage.py send_mail`.

A mail server that is down delays a message and never loses it. A message goes out once; only
where the connection breaks between the server's taking it and our hearing so is it sent again,
under the same Message-ID, by which mail servers and readers' programs know it.
"""

import smtplib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone

from news.models import OutgoingMail

Status = OutgoingMail.Status
CLAIM = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)


def is_on() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings.EMAIL_URL)


def post(*, to: str, subject: str, body: str, language: str, key: str) -> None:
    """Write a message in the caller's transaction; the same key again writes nothing.

    The key says what the message is about ("receipt-17-approved"), and holds for
    MAIL_KEPT_DAYS after sending. Without EMAIL_URL nothing is written.
    """
    if not is_on():
        return
    validate_email(to)
    message = OutgoingMail(
        key=key,
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        language=language,
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>",
    )
    OutgoingMail.objects.bulk_create([message], ignore_conflicts=True)


@dataclass
class Delivery:
    """What one pass over the outbox came to."""

    sent: int = 0
    delayed: int = 0
    failed: int = 0
    unreachable: str = ""

    def __str__(self) -> str:
        told = f"{self.sent} sent, {self.delayed} delayed, {self.failed} failed"
        if self.unreachable:
            told += f"; the mail server cannot be reached ({self.unreachable})"
        return told


def deliver() -> Delivery:
    """Send what is due, oldest first; stop when the server cannot be reached."""
    delivery = Delivery()
    connection = get_connection()
    tried: list[int] = []
    try:
        while message := _claim_next(tried):
            tried.append(message.pk)
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                # Nobody's attempt: a server that is down for a week fails no message.
                _release(message)
                delivery.unreachable = type(error).__name__
                break
            _send(message, connection, delivery)
    finally:
        connection.close()
    return delivery


def is_due() -> bool:
    return _due().exists()


def purge() -> int:
    """Forget messages that were sent, or given up, long ago."""
    before = timezone.now() - timedelta(days=settings.MAIL_KEPT_DAYS)
    deleted, _by_model = OutgoingMail.objects.filter(finished_at__lt=before).delete()
    return deleted


def forget(address: str) -> int:
    """Delete every message to somebody, sent or not."""
    deleted, _by_model = OutgoingMail.objects.filter(to__iexact=address).delete()
    return deleted


def forget_by_key(beginning: str) -> int:
    """Delete the messages whose keys begin so, sent or not."""
    deleted, _by_model = OutgoingMail.objects.filter(key__startswith=beginning).delete()
    return deleted


def try_again(messages: QuerySet[OutgoingMail] | None = None) -> int:
    """Give the failed ones as many attempts as they had at first."""
    now = timezone.now()
    messages = OutgoingMail.objects.all() if messages is None else messages
    return messages.filter(status=Status.FAILED).update(
        status=Status.WAITING, attempts=0, created_at=now, send_after=now, finished_at=None
    )


def _due() -> QuerySet[OutgoingMail]:
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return OutgoingMail.objects.filter(free, status=Status.WAITING, send_after__lte=now)


def _claim_next(tried: list[int]) -> OutgoingMail | None:
    """A due message that no other sender can take now; one that died keeps it for CLAIM."""
    due = _due()
    oldest_first = due.exclude(pk__in=tried).order_by("send_after", "pk")
    for pk in oldest_first.values_list("pk", flat=True)[:20]:
        if due.filter(pk=pk).update(claimed_until=timezone.now() + CLAIM):
            return OutgoingMail.objects.get(pk=pk)
    return None


def _release(message: OutgoingMail) -> None:
    message.claimed_until = None
    message.save(update_fields=["claimed_until"])


def _send(message: OutgoingMail, connection: BaseEmailBackend, delivery: Delivery) -> None:
    try:
        EmailMessage(
            message.subject,
            message.body,
            settings.EMAIL_FROM,
            [message.to],
            headers={
                "Message-ID": message.message_id,
                "Auto-Submitted": "auto-generated",
                "Content-Language": message.language,
            },
            connection=connection,
        ).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        connection.close()  # whatever is left of it; the next message opens another
        _postpone(message, error, delivery)
        return
    message.status, message.finished_at = Status.SENT, timezone.now()
    message.claimed_until, message.last_error = None, ""
    message.attempts += 1
    message.save(update_fields=["status", "finished_at", "claimed_until", "last_error", "attempts"])
    delivery.sent += 1


def _postpone(message: OutgoingMail, error: Exception, delivery: Delivery) -> None:
    now = timezone.now()
    code = _answer(error)
    message.attempts += 1
    message.claimed_until = None
    # The server's own words may repeat the address; its number says what an operator needs.
    message.last_error = f"{type(error).__name__} {code or ''}".strip()
    if code >= 500 or now - message.created_at > GIVE_UP_AFTER:
        message.status, message.finished_at = Status.FAILED, now
        delivery.failed += 1
    else:
        pause = timedelta(minutes=2 ** min(message.attempts, 10))
        message.send_after = now + min(pause, LONGEST_PAUSE)
        delivery.delayed += 1
    message.save(
        update_fields=[
            "attempts", "claimed_until", "last_error", "status", "finished_at", "send_after",
        ]
    )  # fmt: skip


def _answer(error: Exception) -> int:
    """The number of the server's refusal; 0 where the connection itself failed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((answer[0] for answer in error.recipients.values()), default=0)
    if isinstance(error, ValueError):  # an address no mail can be written to
        return 553
    return getattr(error, "smtp_code", 0)

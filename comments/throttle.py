"""How often one sender may write: counted in the database, so all processes agree."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from comments.models import Comment

WINDOW = timedelta(hours=1)


def one_at_a_time(sender_hash: str) -> None:
    """Until the end of the transaction nothing else of this sender is counted or stored.

    SQLite's transactions stand in line anyway (``transaction_mode`` IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        number = int.from_bytes(bytes.fromhex(sender_hash)[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def check(sender_hash: str) -> None:
    """Refuse what goes over the limit of the last hour, and say when it may be sent."""
    limit = settings.COMMENTS_PER_HOUR
    recent = Comment.objects.sent_by(sender_hash, since=timezone.now() - WINDOW)
    moments = list(recent.newest_first().values_list("created_at", flat=True)[:limit])
    if len(moments) < limit:
        return
    free_at = timezone.localtime(moments[-1] + WINDOW) + timedelta(minutes=1)
    raise ValidationError(
        _(
            "Too many comments have come from your connection within an hour. "
            "Please send this one after %(time)s."
        ),
        code="too_many",
        params={"time": time_format(free_at.time())},
    )

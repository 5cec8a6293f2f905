"""How often one sender may write: counted in the database, so all processes agree."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from comments.models import Comment

WINDOW = timedelta(hours=1)


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

"""What the clock has decided is done by whoever first passes the moment.

A scheduled change and a planned withdrawal need no job: an edition (news/edition.py) ends at the
next of these moments, and the process that then looks ahead comes here before it makes a page.
`manage.py send_mail` comes by as well, for an installation that nobody reads at night. Rows are
locked, and skipped by everybody else meanwhile, so each is done once.
"""

from datetime import datetime

from django.utils import timezone

from news import changes, publishing
from news.models import Article, PreparedChange


def settle() -> int:
    """Do what is due; how much that was."""
    now = timezone.now()
    done = 0
    numbers = PreparedChange.objects.due().values_list("pk", flat=True)
    for number in list(numbers):
        done += changes.publish_due(number)
    for article in Article.objects.to_be_withdrawn().filter(withdraws_at__lte=now):
        done += publishing.note_withdrawal(article)
    return done


def moments() -> list[datetime]:
    """When the next change and the next withdrawal are due."""
    next_changes = PreparedChange.objects.scheduled().order_by("publish_at")
    withdrawals = Article.objects.to_be_withdrawn().order_by("withdraws_at")
    return [
        *next_changes.values_list("publish_at", flat=True)[:1],
        *withdrawals.values_list("withdraws_at", flat=True)[:1],
    ]

"""Mail to staff: what waits for them. None where nothing is new; no text, no name in it.

Moderators are told of new comments and of second looks in their sections, the answer desk of new
questions and of drafts that wait for a second person; both of what is overdue, once a day.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from comments import answers, moderators
from comments.articles import outbox
from comments.models import Comment, Digest, Question

# A comment is stored a moment after it was sent: what is that young is told of next time.
SETTLED = timedelta(seconds=10)


def may_have(user: User) -> bool:
    return _moderates(user) or _answers(user)


def post_due(now: datetime | None = None) -> int:
    """Write the digests that are due into the outbox; how many."""
    now = now or timezone.now()
    due = (
        Digest.objects.exclude(frequency=Digest.Frequency.NEVER)
        .filter(user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
    )
    return sum(_post(digest, now) for digest in due)


@transaction.atomic
def _post(digest: Digest, now: datetime) -> bool:
    period = Digest.PERIODS[Digest.Frequency(digest.frequency)]
    until = now - SETTLED
    if digest.told_until + period > now or digest.told_until >= until:
        return False
    with override(digest.language):
        lines = list(_lines(digest.user, digest.told_until, until))
        if not lines:
            return False
        # Whoever moves the mark writes the letter: two timers at once send one.
        before = Digest.objects.filter(pk=digest.pk, told_until=digest.told_until)
        if not before.update(told_until=until):
            return False
        outbox.post(
            to=digest.user.email,
            subject=lines[0],
            body="\n".join([*lines, "", *_links(digest.user), ""]),
            language=digest.language,
            key=f"comments-digest-{digest.user_id}-{until.isoformat()}",
        )
    return True


def _lines(user: User, since: datetime, until: datetime) -> Iterator[str]:
    """What came up in that time and still waits."""
    counts = []
    if _moderates(user):
        comments = moderators.seen_by(user, Comment.objects.all())
        new = comments.pending().filter(created_at__gt=since, created_at__lte=until)
        looks = comments.waiting_for_second_look().filter(
            second_look_asked_at__gt=since, second_look_asked_at__lte=until
        )
        counts += [(_new, new.count()), (_second_looks, looks.count())]
    if _answers(user):
        questions = Question.objects.filter(status=Question.Status.WAITING)
        new_ones = questions.filter(asked_at__gt=since, asked_at__lte=until)
        drafts = answers.drafts_for(user).filter(
            steps__status_after=Question.Status.DRAFTED,
            steps__taken_at__gt=since,
            steps__taken_at__lte=until,
        )
        counts += [(_questions, new_ones.count()), (_drafts, drafts.distinct().count())]
    if timezone.localdate(since) < timezone.localdate(until):
        counts.append((_overdue, answers.overdue().count()))  # told once a day
    yield from (line(number) for line, number in counts if number)


def _links(user: User) -> Iterator[str]:
    if _moderates(user):
        queue = settings.SITE_URL + reverse("admin:comments_comment_changelist")
        yield _("The queue: %(link)s") % {"link": queue}
    if _answers(user):
        desk = settings.SITE_URL + reverse("admin:comments_question_changelist")
        yield _("The answer desk: %(link)s") % {"link": desk}


def _moderates(user: User) -> bool:
    return user.has_perm("comments.moderate_comment")


def _answers(user: User) -> bool:
    return user.has_perm("comments.answer_question")


def _new(n: int) -> str:
    return ngettext("%(n)s new comment waits", "%(n)s new comments wait", n) % {"n": n}


def _second_looks(n: int) -> str:
    return ngettext("%(n)s request for a second look", "%(n)s requests for a second look", n) % {
        "n": n
    }


def _questions(n: int) -> str:
    return ngettext(
        "%(n)s new question waits for an answer", "%(n)s new questions wait for an answer", n
    ) % {"n": n}


def _drafts(n: int) -> str:
    return ngettext(
        "%(n)s answer waits for you to pass it", "%(n)s answers wait for you to pass them", n
    ) % {"n": n}


def _overdue(n: int) -> str:
    return ngettext("%(n)s answer is overdue", "%(n)s answers are overdue", n) % {"n": n}

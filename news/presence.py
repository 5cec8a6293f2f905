"""Who else has an article open. A hint between colleagues, not a lock: nobody is kept waiting."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news import revisions
from news.models import Article, Presence

# A page that was opened counts so long, in case that it has no script to give signs of life;
OPENED = timedelta(minutes=30)
# one that does (static/js/admin-presence.js) only until a few are missing: browsers let a page in
# the background do something once a minute.
ALIVE = timedelta(seconds=150)


def note(article: Article, officer: User, lasting: timedelta) -> None:
    now = timezone.now()
    mine, is_new = Presence.objects.get_or_create(
        article_id=article.pk, officer_id=officer.pk, defaults={"until": now + lasting}
    )
    if is_new:
        Presence.objects.filter(until__lt=now).delete()
        return
    since = mine.since if mine.until > now else now  # after a pause it is another sitting
    Presence.objects.filter(pk=mine.pk).update(since=since, until=now + lasting)


def leave(article: Article, officer: User) -> None:
    Presence.objects.filter(article_id=article.pk, officer_id=officer.pk).delete()


def others(article: Article, officer: User) -> list[str]:
    """A sentence about each who has the article open, longest first."""
    rows = (
        Presence.objects.filter(article_id=article.pk, until__gt=timezone.now())
        .exclude(officer_id=officer.pk)
        .select_related("officer")
        .order_by("since")
    )
    return [
        _("%(name)s has this article open since %(moment)s.")
        % {"name": _name(row.officer), "moment": _shown(row.since)}
        for row in rows
    ]


def saved_since(article: Article, number: int) -> str:
    """Who saved the article after the revision of this number; "" where nobody did."""
    last = revisions.latest(article)
    if last is None or last.number <= number:
        return ""
    name = _name(last.created_by) if last.created_by else "—"
    return _(
        "%(name)s saved this article at %(moment)s. When you save, you will see what differs."
    ) % {"name": name, "moment": _shown(last.created_at)}


def _name(officer: User) -> str:
    return officer.get_full_name() or officer.get_username()


def _shown(moment) -> str:
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return f"{local:%H:%M}" if is_today else date_format(local, "SHORT_DATETIME_FORMAT")

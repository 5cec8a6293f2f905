"""The first page of the admin: what waits for this officer, what goes out today, what went wrong.

Each number leads to the list that it counts, and each list is asked only of whom it concerns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import answers, moderators
from comments.models import Comment
from news.languages import LANGUAGES, name_of
from news.models import Article, OutgoingMail, OutsideLink, PreparedChange
from news.periods import Period
from portal import jobs

MOST = 1000  # counted; beyond it a tile says «1000+»
MOST_TODAY = 10
Officer = User | AnonymousUser


@dataclass(frozen=True)
class Tile:
    """A number, what it counts, and the list behind it."""

    count: int
    text: str
    url: str
    is_bad: bool = False

    @property
    def shown(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


@dataclass(frozen=True)
class Outgoing:
    time: str
    headline: str
    url: str
    is_public: bool


@dataclass(frozen=True)
class Freshness:
    """How long readers of a language have had no news; the law wants some every day."""

    language: str
    days: int | None  # None: never any
    url: str

    @property
    def is_bad(self) -> bool:
        return self.days != 0

    @property
    def text(self) -> str:
        if self.days is None:
            return _("no news yet")
        if self.days == 0:
            return _("news came out today")
        return ngettext("%(n)d day without news", "%(n)d days without news", self.days) % {
            "n": self.days
        }


@dataclass(frozen=True)
class Desk:
    waiting: list[Tile]
    wrong: list[Tile]
    today: list[Outgoing]
    freshness: list[Freshness]
    sees_news: bool
    more_today: str  # where the rest of today stands, if it is long


def of(user: Officer) -> Desk:
    sees_news = user.has_perm("news.view_article")
    today = _today() if sees_news else []
    return Desk(
        waiting=list(_tiles(user, WAITING)),
        wrong=list(_tiles(user, WRONG)),
        today=today[:MOST_TODAY],
        freshness=list(_freshness()) if sees_news else [],
        sees_news=sees_news,
        more_today=_articles("scheduled") if len(today) > MOST_TODAY else "",
    )


def _tiles(user: Officer, kinds: "list[tuple[str, Maker]]") -> Iterator[Tile]:
    for permission, make in kinds:
        if user.has_perm(permission) and (tile := make(user)).count:
            yield tile


def _count(rows: QuerySet) -> int:
    return rows.order_by()[: MOST + 1].count()


def _articles(status: str, more: str = "") -> str:
    return f"{reverse('admin:news_article_changelist')}?status={status}{more}"


# --- what waits ---


def _in_review(_user: Officer) -> Tile:
    count = _count(Article.objects.in_review())
    text = ngettext("article waits for an editor", "articles wait for an editor", count)
    return Tile(count, text, _articles("in_review"))


def _changes_in_review(_user: Officer) -> Tile:
    count = _count(Article.objects.with_change(PreparedChange.Status.IN_REVIEW))
    text = ngettext(
        "prepared change waits for an editor", "prepared changes wait for an editor", count
    )
    return Tile(count, text, f"{reverse('admin:news_article_changelist')}?change=in_review")


def _own_drafts(user: Officer) -> Tile:
    count = _count(Article.objects.drafts_of(user))
    text = ngettext("draft of yours is unfinished", "drafts of yours are unfinished", count)
    return Tile(count, text, _articles("draft", "&mine=1"))


def _returned(user: Officer) -> Tile:
    count = _count(Article.objects.returned_to(user))
    text = ngettext("article came back to you", "articles came back to you", count)
    return Tile(count, text, f"{reverse('admin:news_article_changelist')}?mine=returned")


def _outdated(language: str) -> "Maker":
    def tile(_user: Officer) -> Tile:
        count = _count(Article.objects.outdated_in(language))
        text = ngettext(
            "text is out of date: %(language)s", "texts are out of date: %(language)s", count
        ) % {"language": name_of(language)}
        return Tile(count, text, f"{reverse('admin:news_article_changelist')}?{language}=outdated")

    return tile


def _comments(user: User) -> Tile:
    count = _count(moderators.seen_by(user, Comment.objects.pending()))
    text = ngettext("comment waits for a decision", "comments wait for a decision", count)
    return Tile(count, text, reverse("admin:comments_comment_changelist"))


def _second_looks(user: User) -> Tile:
    count = _count(moderators.seen_by(user, Comment.objects.waiting_for_second_look()))
    text = ngettext("writer asks for a second look", "writers ask for a second look", count)
    return Tile(count, text, reverse("admin:comments_comment_changelist") + "?tab=second_look")


def _reported(user: User) -> Tile:
    count = _count(moderators.seen_by(user, Comment.objects.reported()))
    text = ngettext("comment is reported by readers", "comments are reported by readers", count)
    return Tile(count, text, reverse("admin:comments_comment_changelist") + "?tab=reported")


def _questions(_user: Officer) -> Tile:
    count = _count(answers.to_write())
    text = ngettext("question waits for an answer", "questions wait for an answer", count)
    return Tile(count, text, reverse("admin:comments_question_changelist"))


def _drafts_to_pass(user: User) -> Tile:
    count = _count(answers.drafts_for(user))
    text = ngettext("answer waits for you to pass it", "answers wait for you to pass them", count)
    address = reverse("admin:comments_question_changelist") + "?status=drafted"
    return Tile(count, text, address)


Maker = Callable[[Any], Tile]
WAITING: list[tuple[str, Maker]] = [
    ("news.publish_article", _in_review),
    ("news.publish_article", _changes_in_review),
    ("news.change_article", _returned),
    ("news.change_article", _own_drafts),
    *(("news.change_article", _outdated(language)) for language in LANGUAGES),
    ("comments.moderate_comment", _comments),
    ("comments.moderate_comment", _second_looks),
    ("comments.moderate_comment", _reported),
    ("comments.answer_question", _questions),
    ("comments.pass_answer", _drafts_to_pass),
]


# --- what went wrong ---


def _answers_overdue(_user: Officer) -> Tile:
    count = _count(answers.overdue())
    text = ngettext("answer is overdue", "answers are overdue", count)
    address = reverse("admin:comments_question_changelist") + "?status=overdue"
    return Tile(count, text, address, is_bad=True)


def _failed_mail(_user: Officer) -> Tile:
    failed = OutgoingMail.Status.FAILED
    count = _count(OutgoingMail.objects.filter(status=failed))
    text = ngettext("letter could not be sent", "letters could not be sent", count)
    address = f"{reverse('admin:news_outgoingmail_changelist')}?status__exact={failed}"
    return Tile(count, text, address, is_bad=True)


def _dead_links(_user: Officer) -> Tile:
    dead = OutsideLink.Outcome.DEAD
    count = _count(OutsideLink.objects.filter(outcome=dead))
    text = ngettext("link leads nowhere", "links lead nowhere", count)
    address = f"{reverse('admin:news_outsidelink_changelist')}?outcome={dead}"
    return Tile(count, text, address, is_bad=True)


def _late_jobs(_user: Officer) -> Tile:
    count = len(jobs.late())
    text = ngettext("timed job is late", "timed jobs are late", count)
    return Tile(count, text, reverse("admin:health"), is_bad=True)


WRONG: list[tuple[str, Maker]] = [
    ("comments.view_question", _answers_overdue),
    ("news.view_outsidelink", _dead_links),
    ("news.view_outgoingmail", _failed_mail),
    ("portal.view_health", _late_jobs),
]


# --- today ---


def _today() -> list[Outgoing]:
    """What has gone out and will go out on this day, the next to come first."""
    day = timezone.localdate()
    period = Period.of_day(day.year, day.month, day.day)
    scheduled = Article.objects.scheduled().within(period).order_by("published_at")
    public = Article.objects.published_within(period).newest_first()
    rows = [*scheduled.for_listing()[: MOST_TODAY + 1]]
    rows += public.for_listing()[: MOST_TODAY + 1 - len(rows)]
    return [
        Outgoing(
            time=f"{timezone.localtime(article.published_at):%H:%M}",
            headline=str(article),
            url=reverse("admin:news_article_change", args=[article.pk]),
            is_public=article.is_published,
        )
        for article in rows
    ]


def _freshness() -> Iterator[Freshness]:
    for language in settings.NEWS_REQUIRED_LANGUAGES:
        newest = Article.objects.published().in_language(language).newest_first()
        moment = newest.values_list("published_at", flat=True).first()
        gone = timezone.localdate() - timezone.localdate(moment) if moment else None
        yield Freshness(
            name_of(language), gone.days if gone is not None else None, _articles("published")
        )

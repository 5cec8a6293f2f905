"""The queue as it is read: tabs, pages by their last row, bursts folded into one line.

Nothing here costs more in a long queue than in a short one: counts stop at a thousand, pages
begin where the last one ended, and both walk an index of what is still open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils.translation import pgettext_lazy

from comments import articles, receipt_codes, spelling
from comments.articles import Prepared
from comments.beside import AT_A_TIME, Entry, Writer, entries_of, writers_of
from comments.models import Burst, Comment
from comments.querysets import CommentQuerySet

PER_PAGE = AT_A_TIME
COUNTED = 1000
SEARCHED = 50_000
BURSTS_SHOWN = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Tab(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("comments", "Waiting")
    HELD = "held", pgettext_lazy("comments", "Held by a rule")
    SECOND_LOOK = "second_look", pgettext_lazy("comments", "Second look")
    REPORTED = "reported", pgettext_lazy("comments", "Reported")
    APPROVED = "approved", pgettext_lazy("comments", "Approved")
    REJECTED = "rejected", pgettext_lazy("comments", "Rejected")
    SPAM = "spam", pgettext_lazy("comments", "Spam")


OPEN_TABS = (Tab.WAITING, Tab.HELD, Tab.SECOND_LOOK, Tab.REPORTED)


@dataclass(frozen=True)
class Line:
    """Comments that came together, as one line that opens."""

    burst: Burst
    count: str
    first: Comment


@dataclass(frozen=True)
class QueuePage:
    entries: list[Entry]
    following: str = ""  # where the next page begins
    lines: list[Line] = field(default_factory=list)
    writers: dict[str, Writer] = field(default_factory=dict)

    @property
    def comments(self) -> list[Comment]:
        return [entry.comment for entry in self.entries]


def counts(sections: list[int]) -> dict[Tab, str]:
    """How many comments are in each tab; one query."""
    return dict(zip(Tab, _counted(*_worded_counts(tuple(sections))), strict=True))


@lru_cache(maxsize=64)
def _worded_counts(sections: tuple[int, ...]) -> tuple[str, list[Any]]:
    return _worded(_in_tab(tab, sections) for tab in Tab)


def _worded(several: Iterable[CommentQuerySet]) -> tuple[str, list[Any]]:
    """One query that counts each of them, and stops counting where it is said «1000+»."""
    each = [rows.order_by().values("pk")[: COUNTED + 1].query.sql_with_params() for rows in several]
    counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) counted)" for sql, _ in each)  # noqa: S608
    return f"SELECT {counts}", [value for _sql, values in each for value in values]


def _counted(sql: str, values: list[Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [f"{COUNTED}+" if count > COUNTED else str(count) for count in cursor.fetchone()]


def page(tab: Tab, sections: list[int], *, after: str = "", burst: int | None = None) -> QueuePage:
    """One page of a tab, or of one burst in it, the oldest first where something is to do."""
    lines = _lines(sections) if tab == Tab.HELD and not burst and not after else []
    values: dict[str, Any] = {"burst": burst} if burst else {}
    if place := _place(after):
        values |= {"at": place[0], "number": place[1]}
    # Which values there are makes another query; what they are does not.
    rows = _TAB(tab, tuple(sections), tuple(values), **values)
    return _page(rows, _order(tab), lines)


def _tab_rows(
    tab: Tab,
    sections: tuple[int, ...],
    _given: tuple[str, ...],
    *,
    at: datetime | None = None,
    number: int = 0,
    burst: int | None = None,
) -> CommentQuerySet:
    comments = _in_tab(tab, sections)
    if tab in (Tab.WAITING, Tab.HELD):
        comments = comments.filter(burst=burst)
    return _ordered(comments, _order(tab), backwards=tab not in OPEN_TABS, at=at, number=number)


_TAB = Prepared(_tab_rows)


def found(words: str, sections: list[int], *, after: str = "") -> QueuePage:
    """Comments with all the words in them, in most of their forms, among the newest of all tabs; or
    the one with the number, be it ours («№ 75») or what its writer reads from the receipt."""
    if digits := _number(words):
        named = Comment.objects.filter(Q(receipt_code=digits) | Q(pk=int(digits)))
        if found := list(_limited(named, sections).for_queue()):
            return QueuePage(entries_of(found), writers=writers_of(found))
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    comments = _limited(Comment.objects.filter(pk__gt=newest - SEARCHED), sections)
    wanted = spelling.fold(words[:200]).split()[:6]
    if not wanted:
        return QueuePage([])
    for word in wanted:
        comments = comments.filter(_has(word))
    at, number = _place(after) or (None, 0)
    return _page(
        list(_ordered(comments, "created_at", backwards=True, at=at, number=number)), "created_at"
    )


def _has(word: str) -> Q:
    """The word, or most forms of it: words that begin with what it shares with them."""
    bases = {term[1:] for term in articles.wanted_terms(word)}
    base = min((b for b in bases if len(b) >= 3 and word.startswith(b)), key=len, default=word)
    if base == word:
        return Q(folded_text__contains=word)
    return Q(folded_text__startswith=base) | Q(folded_text__contains=f" {base}")


def _number(words: str) -> str:
    if code := receipt_codes.parse(words):
        return code
    digits = words.removeprefix("№").strip()
    return digits if digits.isdecimal() and len(digits) < 19 else ""


def _page(rows: list[Comment], order: str, lines: list[Line] | None = None) -> QueuePage:
    """Of one row more than a page has, which tells whether another page follows."""
    shown = rows[:PER_PAGE]
    following = _cursor(shown[-1], order) if len(rows) > PER_PAGE else ""
    return QueuePage(entries_of(shown), following, lines or [], writers_of(shown))


def _order(tab: Tab) -> str:
    return "second_look_asked_at" if tab == Tab.SECOND_LOOK else "created_at"


def _ordered(
    comments: CommentQuerySet,
    order: str,
    *,
    backwards: bool,
    at: datetime | None,
    number: int,
) -> CommentQuerySet:
    """A page, and one row more; of what comes after the comment with that moment and number."""
    if at:
        side = "lt" if backwards else "gt"
        beyond = Q(**{f"{order}__{side}": at}) | Q(**{f"pk__{side}": number})
        # The index sees the first of the two.
        comments = comments.filter(**{f"{order}__{side}e": at}).filter(beyond)
    sign = "-" if backwards else ""
    return comments.for_queue().order_by(f"{sign}{order}", f"{sign}pk")[: PER_PAGE + 1]


def _place(cursor: str) -> tuple[datetime, int] | None:
    moment, _dash, number = cursor.partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(cursor) < 40 and len(number) < 19):
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), int(number)
    except OverflowError:
        return None


def _cursor(comment: Comment, order: str) -> str:
    moment = (getattr(comment, order) - _EPOCH) // timedelta(microseconds=1)
    return f"{moment}-{comment.pk}"


def _in_tab(tab: Tab, sections: Sequence[int]) -> CommentQuerySet:
    comments = Comment.objects.all()
    if tab == Tab.WAITING:
        comments = comments.pending().filter(is_held=False)
    elif tab == Tab.HELD:
        comments = comments.pending().filter(is_held=True)
    elif tab == Tab.SECOND_LOOK:
        comments = comments.waiting_for_second_look()
    elif tab == Tab.REPORTED:
        comments = comments.reported()
    else:
        comments = comments.in_status(tab.value)
    return _limited(comments, sections)


def _limited(comments: CommentQuerySet, sections: Sequence[int]) -> CommentQuerySet:
    return comments.filter(article__section__in=sections) if sections else comments


def _lines(sections: list[int]) -> list[Line]:
    """The bursts of which something waits, the oldest first."""
    waiting = _limited(Comment.objects.pending(), sections)
    of_burst = waiting.filter(burst=OuterRef("pk")).oldest_first().values("pk")
    # The bursts of all years lie before the oldest that is open: an index knows that one.
    oldest = Comment.objects.pending().filter(burst__isnull=False).order_by("burst")
    recent = Burst.objects.filter(pk__gte=Subquery(oldest.values("burst")[:1]))
    opened = recent.annotate(first=Subquery(of_burst[:1])).exclude(first=None)
    bursts = list(opened.order_by("hour", "pk")[:BURSTS_SHOWN])
    named = Comment.objects.prefetch_related(Prefetch("article", articles.named()))
    firsts = named.in_bulk([burst.first for burst in bursts])
    if not bursts:
        return []
    folded = _counted(*_worded(waiting.filter(burst=burst) for burst in bursts))
    return [
        Line(burst, count, firsts[burst.first])
        for burst, count in zip(bursts, folded, strict=True)
        if burst.first in firsts
    ]

"""The approved comments of an article as readers meet them: in threads, a hundred to a page."""

import itertools
from dataclasses import dataclass
from functools import cached_property

from comments import articles
from comments.models import Comment

PER_PAGE = 100
PARAMETER = "comments"
LANGUAGE_PARAMETER = "comments_in"


@dataclass(frozen=True)
class Thread:
    first: Comment | None  # None where it stands elsewhere, or is not shown any more
    replies: list[Comment]

    @property
    def parent(self) -> Comment | None:
        """What the replies answer."""
        return self.first or self.replies[0].parent


@dataclass(frozen=True)
class StreamPage:
    comments: list[Comment]
    languages: dict[str, int]  # how many comments there are in each
    language: str  # the one that is looked at; "" for all of them
    number: int
    first: int  # the place of the first one shown, counted from 1

    @cached_property
    def threads(self) -> list[Thread]:
        groups = itertools.groupby(self.comments, lambda comment: comment.thread)
        return [_thread(list(comments)) for _number, comments in groups]

    @property
    def total(self) -> int:
        return sum(self.languages.values())

    @property
    def shown_total(self) -> int:
        return self.languages.get(self.language, 0) if self.language else self.total

    @property
    def last(self) -> int:
        return self.first + len(self.comments) - 1

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.last < self.shown_total else None


def _thread(comments: list[Comment]) -> Thread:
    if comments[0].parent_id is None:
        return Thread(comments[0], comments[1:])
    return Thread(None, comments)


def page(article_id: int, wanted: str = "", language: str = "") -> StreamPage:
    """One query where a page holds all of them; a number out of range means the nearest page."""
    # No number of more digits is needed, and int() refuses very long ones.
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 6 else 1
    language = language if language in articles.LANGUAGES else ""
    if number == 1 and not language:
        return _first_page(article_id)
    approved = Comment.objects.on(article_id).approved()
    counts = approved.per_language()
    language = language if language in counts else ""
    shown = counts[language] if language else sum(counts.values())
    number = min(number, max((shown + PER_PAGE - 1) // PER_PAGE, 1))
    start = (number - 1) * PER_PAGE
    rows = approved.in_language(language) if language else approved
    comments = list(rows.in_threads().for_readers()[start : start + PER_PAGE])
    return StreamPage(comments, counts, language, number, start + 1)


def _first_page(article_id: int) -> StreamPage:
    comments = _FIRST(PER_PAGE + 1, article_id=article_id)
    if len(comments) > PER_PAGE:
        counts = Comment.objects.on(article_id).approved().per_language()
    else:
        counts = _tally(comments)
    return StreamPage(comments[:PER_PAGE], counts, "", 1, 1)


_FIRST = articles.Prepared(
    lambda most, *, article_id: (
        Comment.objects.on(article_id).approved().in_threads().for_readers()[:most]
    )
)


def _tally(comments: list[Comment]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for comment in comments:
        counts[comment.language] = counts.get(comment.language, 0) + 1
    return counts


def address(comment: Comment, language: str | None = None) -> str:
    """Where an approved comment stands under its article."""
    above = Comment.objects.on(comment.article_id).approved().above(comment).count()
    number = above // PER_PAGE + 1
    query = f"?{PARAMETER}={number}" if number > 1 else ""
    return f"{articles.address(comment.article, language)}{query}#comment-{comment.pk}"

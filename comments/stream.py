"""The approved comments of an article as readers meet them: in order, a hundred to a page."""

from dataclasses import dataclass

from comments import articles
from comments.models import Comment

PER_PAGE = 100
PARAMETER = "comments"


@dataclass(frozen=True)
class StreamPage:
    comments: list[Comment]
    total: int
    number: int
    first: int  # the place of the first one shown, counted from 1

    @property
    def last(self) -> int:
        return self.first + len(self.comments) - 1

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.last < self.total else None


def page(article_id: int, wanted: str = "") -> StreamPage:
    """One query where a page holds all of them; a number out of range means the nearest page."""
    approved = Comment.objects.on(article_id).approved().oldest_first()
    # No number of more digits is needed, and int() refuses very long ones.
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 6 else 1
    total = None
    if number > 1:
        total = approved.count()
        number = min(number, max((total + PER_PAGE - 1) // PER_PAGE, 1))
    start = (number - 1) * PER_PAGE
    comments = list(approved[start : start + PER_PAGE + 1])
    if total is None:
        total = len(comments) if len(comments) <= PER_PAGE else approved.count()
    return StreamPage(comments[:PER_PAGE], total, number, start + 1)


def address(comment: Comment, language: str | None = None) -> str:
    """Where an approved comment stands under its article."""
    above = Comment.objects.on(comment.article_id).approved().before(comment).count()
    number = above // PER_PAGE + 1
    query = f"?{PARAMETER}={number}" if number > 1 else ""
    return f"{articles.address(comment.article, language)}{query}#comment-{comment.pk}"

"""Pages of a long list that cost the same at page 1 and at page 500."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from news.listed import Listing
from news.models import Article


@dataclass(frozen=True)
class Stretch:
    """A month of the list: when it begins and how many articles it was counted to have."""

    begins_at: datetime
    count: int


@dataclass(frozen=True)
class Cut:
    """Where a page begins: before the article at ``offset`` within a stretch, newest first."""

    stretch: int
    offset: int


class StretchPaginator(Paginator):
    """Finds a page's month by the counts, then skips within that month alone.

    The counts may be a minute old, the articles never are. The end of a page is found exactly as
    the beginning of the next one, so whatever happened since the counting, the pages share out
    the list without repeating or losing an article; one of them is merely longer or shorter.
    """

    def __init__(self, listing: Listing, per_page: int, stretches: Sequence[Stretch]) -> None:
        super().__init__((), per_page)
        self.listing = listing
        self.stretches = stretches
        self._ends = list(accumulate(stretch.count for stretch in stretches))
        # A page outgrows this only where a dozen articles appear within the counts' minute.
        self._most = per_page + per_page // 2

    @cached_property
    def count(self) -> int:
        return self._ends[-1] if self._ends else 0

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        articles = self._between(
            self._cut(number), self._cut(number + 1) if number < self.num_pages else None
        )
        if not articles and number > 1:
            raise EmptyPage(_("That page contains no results"))
        return Page(articles, number, self)

    def _cut(self, number: int) -> Cut:
        position = (number - 1) * self.per_page
        stretch = bisect_right(self._ends, position)
        return Cut(stretch, position - (self._ends[stretch - 1] if stretch else 0))

    def _between(self, start: Cut, end: Cut | None) -> list[Article]:
        if end and end.stretch == start.stretch:
            rows = self._rows(start, start, start.offset)
            return rows[: end.offset - start.offset]
        if start.offset == 0:
            return self._cut_off(self._rows(start, end), end)
        head = self._rows(start, start, start.offset)
        rest = Cut(start.stretch + 1, 0)
        if rest.stretch >= len(self.stretches) or (end == rest):
            return head
        lacking = max(self._most - len(head), self.per_page // 2)
        return head + self._cut_off(self._rows(rest, end)[:lacking], end)

    def _rows(self, first: Cut, last: Cut | None, start: int = 0) -> list[Article]:
        """Of one stretch through another; the first and the last of all are open to their ends."""
        before = since = None
        if first.stretch:
            before = self.stretches[first.stretch - 1].begins_at
        if last and last.stretch < len(self.stretches) - 1:
            since = self.stretches[last.stretch].begins_at
        return self.listing.rows(self._most, before=before, since=since, start=start)

    def _cut_off(self, articles: list[Article], end: Cut | None) -> list[Article]:
        """Without what belongs to the page that begins at ``end``."""
        if end is None:
            return articles
        newer_than = self.stretches[end.stretch - 1].begins_at
        before = [article for article in articles if _moment(article) >= newer_than]
        return before + [a for a in articles if _moment(a) < newer_than][: end.offset]


def _moment(article: Article) -> datetime:
    return cast(datetime, article.published_at)  # what is listed has been published

"""Pages of a long list that cost the same at page 1 and at page 500."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _


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

    def __init__(
        self,
        articles: Any,
        per_page: int,
        *,
        stretches: Sequence[Stretch],
        before: Callable[[datetime], Any],
    ) -> None:
        """``before`` gives those of ``articles`` that are older than a moment."""
        super().__init__(articles, per_page)
        self.stretches = stretches
        self.before = before
        self._ends = list(accumulate(stretch.count for stretch in stretches))

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

    def _between(self, start: Cut, end: Cut | None) -> list[Any]:
        # A page outgrows this only where a dozen articles appear within the counts' minute.
        most = self.per_page + self.per_page // 2
        if end and end.stretch == start.stretch:
            return list(self._down_to(start, start)[start.offset : end.offset])
        if start.offset == 0:
            return self._cut_off(self._down_to(start, end)[:most], end)
        head = list(self._down_to(start, start)[start.offset : start.offset + most])
        rest = Cut(start.stretch + 1, 0)
        if rest.stretch >= len(self.stretches) or (end == rest):
            return head
        return head + self._cut_off(self._down_to(rest, end)[:most], end)

    def _down_to(self, first: Cut, last: Cut | None) -> Any:
        """The articles from one stretch through another, together covering all of time."""
        articles: Any = self.object_list
        if first.stretch:
            articles = self.before(self.stretches[first.stretch - 1].begins_at)
        if last and last.stretch < len(self.stretches) - 1:
            articles = articles.filter(published_at__gte=self.stretches[last.stretch].begins_at)
        return articles

    def _cut_off(self, articles: Any, end: Cut | None) -> list[Any]:
        """Without what belongs to the page that begins at ``end``."""
        if end is None:
            return list(articles)
        newer_than = self.stretches[end.stretch - 1].begins_at
        before = [article for article in articles if article.published_at >= newer_than]
        return (
            before
            + [article for article in articles if article.published_at < newer_than][: end.offset]
        )

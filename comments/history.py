"""Every decision that was taken, the newest first, as moderators look back at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

from comments.models import Comment, ModerationDecision

PER_PAGE = 50
MINE = "me"


@dataclass(frozen=True)
class Wanted:
    """What is asked for: by whom, to which end, before which decision."""

    who: str = ""
    what: str = ""
    before: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Wanted":
        before, who = query.get("before", ""), query.get("who", "")
        return cls(
            who=who if who == MINE or _is_number(who) else "",
            what=query["what"] if query.get("what") in Comment.Status.values else "",
            before=int(before) if _is_number(before) else None,
        )

    def query(self, *, after: int) -> str:
        given = {"who": self.who, "what": self.what, "before": str(after)}
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True)
class HistoryPage:
    decisions: list[ModerationDecision]
    following: int | None = None


def page(wanted: Wanted, sections: list[int], *, me: User) -> HistoryPage:
    decisions = ModerationDecision.objects.select_related("decided_by", "comment")
    if sections:
        decisions = decisions.filter(comment__article__section__in=sections)
    if wanted.who:
        decisions = decisions.filter(decided_by=me.pk if wanted.who == MINE else int(wanted.who))
    if wanted.what:
        decisions = decisions.filter(status_after=wanted.what)
    if wanted.before:
        decisions = decisions.filter(pk__lt=wanted.before)
    rows = list(decisions.order_by("-pk")[: PER_PAGE + 1])
    following = rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None
    return HistoryPage(rows[:PER_PAGE], following)


def people() -> list[tuple[str, str]]:
    """Who has decided anything: numbers and names."""
    theirs = ModerationDecision.objects.filter(decided_by=OuterRef("pk"))
    decided = User.objects.filter(Exists(theirs))
    named = ((str(user.pk), user.get_full_name() or user.get_username()) for user in decided)
    return sorted(named, key=lambda pair: pair[1])


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19

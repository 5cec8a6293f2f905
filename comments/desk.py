"""What a moderator's form asks for, carried out by the verbs one comment at a time.

Beside every comment the form carries what the moderator saw (``seen-12=pending:1``: the status,
the version of the text), so that neither a decision taken meanwhile by somebody else nor a
correction by the writer is overlooked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from comments import appeals, moderation
from comments.models import Comment

VERBS = ("approve", "reject", "spam", "uphold", "keep", "undo", "appeal", "no_appeal")


@dataclass
class Outcome:
    verb: str
    done: int = 0
    refusals: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """«12 comments approved. Not changed: 1. Already rejected by …»"""
        parts = [_done(self.verb, self.done)] if self.done else []
        for refusal, count in self.refusals.items():
            not_changed = ngettext(
                "%(count)d comment not changed: %(reason)s",
                "%(count)d comments not changed: %(reason)s",
                count,
            )
            parts.append(not_changed % {"count": count, "reason": refusal})
        return " ".join(parts)


def carry_out(
    verb: str,
    numbers: Iterable[str],
    *,
    by: User,
    seen: Mapping[str, str],
    reason: str = "",
    note: str = "",
) -> Outcome:
    """Apply one verb to comments given by their numbers, the oldest first.

    ``seen`` maps ``seen-{number}`` to ``Comment.as_seen`` on the moderator's screen.
    """
    outcome = Outcome(verb)
    known = [number for number in numbers if number.isdecimal() and len(number) < 19]
    for comment in Comment.objects.filter(pk__in=known).oldest_first():
        _as_seen(comment, seen.get(f"seen-{comment.pk}", ""))
        try:
            _apply(verb, comment, by=by, reason=reason, note=note)
        except ValidationError as refusal:
            outcome.refusals[" ".join(refusal.messages)] += 1
        else:
            outcome.done += 1
    return outcome


def _as_seen(comment: Comment, seen: str) -> None:
    status, _colon, rest = seen.partition(":")
    version, _colon, look = rest.partition(":")
    comment.status = status or comment.status
    if version.isdecimal() and len(version) < 6:
        comment.version = int(version)
    if look:
        comment.second_look_decided_at = None


def _apply(verb: str, comment: Comment, *, by: User, reason: str, note: str) -> None:
    if verb == "approve":
        moderation.approve(comment, by=by)
    elif verb == "reject":
        moderation.reject(comment, by=by, reason=reason, note=note)
    elif verb == "spam":
        moderation.mark_as_spam(comment, by=by)
    elif verb == "uphold":
        moderation.uphold(comment, by=by, note=note)
    elif verb == "keep":
        moderation.keep(comment, by=by)
    elif verb in ("appeal", "no_appeal"):
        appeals.mark(comment, by=by, is_appeal=verb == "appeal")
    else:
        moderation.undo(comment, by=by)


def _done(verb: str, count: int) -> str:
    messages = {
        "approve": ngettext("%(count)d comment approved.", "%(count)d comments approved.", count),
        "reject": ngettext("%(count)d comment rejected.", "%(count)d comments rejected.", count),
        "spam": ngettext(
            "%(count)d comment marked as spam.", "%(count)d comments marked as spam.", count
        ),
        "uphold": ngettext(
            "%(count)d comment stays as it was.", "%(count)d comments stay as they were.", count
        ),
        "keep": ngettext(
            "%(count)d comment stays public.", "%(count)d comments stay public.", count
        ),
        "appeal": ngettext(
            "%(count)d comment is an appeal: its writer sees where to send it.",
            "%(count)d comments are appeals: their writers see where to send them.",
            count,
        ),
        "no_appeal": ngettext(
            "%(count)d comment is no appeal.", "%(count)d comments are no appeals.", count
        ),
        "undo": ngettext(
            "Decision on %(count)d comment taken back.",
            "Decisions on %(count)d comments taken back.",
            count,
        ),
    }
    return messages[verb] % {"count": count}

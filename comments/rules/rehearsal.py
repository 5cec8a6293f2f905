"""What a rule would have held of what people have decided: told before it is switched on."""

from collections import Counter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, ModerationDecision, ModerationRule, RuleKind, RuleVersion
from comments.rules import holding, word_list
from comments.rules.drafts import Finding
from comments.rules.holds import draft_of

DECISIONS = 1000
SHOWN = 50


def rehearse(version: RuleVersion) -> None:
    """Ask the rule about the last thousand decided comments, and keep what came of it."""
    held: Counter[str] = Counter()
    shown: list[int] = []
    comments = _last_decided()
    for comment in comments:
        if holding.ask(version, draft_of(comment)):
            held[comment.status] += 1
            if len(shown) < SHOWN:
                shown.append(comment.pk)
    version.rehearsal = {"read": len(comments), "held": dict(held), "comments": shown}
    version.rehearsed_at = timezone.now()
    version.save(update_fields=["rehearsal", "rehearsed_at"])


def would_hold(version: RuleVersion) -> list[tuple[Comment, Finding]]:
    """The comments that the last rehearsal found, as they are today."""
    numbers = version.rehearsal.get("comments", [])
    comments = Comment.objects.filter(pk__in=numbers).with_article().newest_first()
    asked = ((comment, holding.ask(version, draft_of(comment))) for comment in comments)
    return [(comment, finding) for comment, finding in asked if finding]


@transaction.atomic
def change(
    rule: ModerationRule, *, by, words: str = "", threshold: int = 1, minutes: int = 60
) -> RuleVersion:
    """Write a new version; what is in force stays so until the new one is switched on."""
    _require(by)
    if len(word_list.entries(words)) > word_list.MAX_ENTRIES:
        raise ValidationError(
            _("A list has %(limit)d lines at most: make a second one."),
            code="too_many_words",
            params={"limit": word_list.MAX_ENTRIES},
        )
    if rule.kind in (RuleKind.WORDS, RuleKind.APPEAL) and not word_list.entries(words):
        raise ValidationError(_("Write one word or phrase at least."), code="no_words")
    ModerationRule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.newest_version
    if newest and (newest.words, newest.threshold, newest.minutes) == (words, threshold, minutes):
        return newest
    return rule.versions.create(
        number=newest.number + 1 if newest else 1,
        words=words,
        threshold=threshold,
        minutes=minutes,
        made_by=by,
    )


@transaction.atomic
def switch_on(rule: ModerationRule, *, by) -> None:
    """Put the newest version in force; it must have been rehearsed."""
    _require(by)
    ModerationRule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.newest_version
    if newest is None or newest.rehearsed_at is None:
        raise ValidationError(
            _("Rehearse this version first: see what it would have held."), code="not_rehearsed"
        )
    _put_in_force(rule, newest)


def switch_off(rule: ModerationRule, *, by) -> None:
    _require(by)
    _put_in_force(rule, None)


def _put_in_force(rule: ModerationRule, version: RuleVersion | None) -> None:
    rule.live_version = version
    rule.save(update_fields=["live_version"])


def _require(by) -> None:
    if not by.has_perm("comments.change_moderationrule"):
        raise PermissionDenied


def _last_decided() -> list[Comment]:
    """The last ones on which a person decided, and which are still decided."""
    numbers: dict[int, None] = {}
    newest = ModerationDecision.objects.order_by("-pk").values_list("comment_id", flat=True)
    for number in newest[: 3 * DECISIONS]:
        numbers.setdefault(number)
    wanted = list(numbers)[:DECISIONS]
    return list(Comment.objects.filter(pk__in=wanted).decided().newest_first())

"""The rules that hold: each looks at a draft and answers with a finding, or with nothing."""

import re
from collections.abc import Callable
from datetime import timedelta

from comments.models import Burst, Comment, RuleKind, RuleVersion
from comments.rules import word_list
from comments.rules.drafts import Draft, Finding, Fold

_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:kz|ru|com|org|net|info|рф|қаз|"
    r"site|online|shop|xyz|top|me|io|click|link)\b(?:/\S*)?",
    re.IGNORECASE,
)


def findings(draft: Draft) -> list[Finding]:
    """Ask every rule in force, in the order of their kinds."""
    found = (ask(version, draft) for version in in_force())
    return [finding for finding in found if finding]


def in_force() -> list[RuleVersion]:
    order = RuleKind.values
    versions = RuleVersion.objects.filter(in_force_for__isnull=False).select_related("rule")
    return sorted(versions, key=lambda version: (order.index(version.rule.kind), version.rule_id))


def ask(version: RuleVersion, draft: Draft) -> Finding | None:
    return _RULES[RuleKind(version.rule.kind)](version, draft)


def _repeat(version: RuleVersion, draft: Draft) -> Finding | None:
    if not draft.text_hash:
        return None
    if _earlier(version, draft, text_hash=draft.text_hash) < version.threshold:
        return None
    return Finding(version, fold=Fold(Burst.Kind.TEXT, draft.text_hash))


def _links(version: RuleVersion, draft: Draft) -> Finding | None:
    spans = [match.span() for match in _LINK.finditer(draft.text)]
    return Finding(version, list(spans)) if len(spans) >= version.threshold else None


def _words(version: RuleVersion, draft: Draft) -> Finding | None:
    hits = word_list.compiled(version.words).hits(draft.text)
    return Finding(version, list(hits)) if len(hits) >= version.threshold else None


def _sender(version: RuleVersion, draft: Draft) -> Finding | None:
    if not draft.sender_hash:
        return None
    if _earlier(version, draft, sender_hash=draft.sender_hash) < version.threshold:
        return None
    return Finding(version, fold=Fold(Burst.Kind.SENDER, draft.sender_hash))


def _new_writer(version: RuleVersion, draft: Draft) -> Finding | None:
    """A new writer has fewer approved comments than the rule asks for."""
    before = Comment.objects.approved().filter(
        sender_hash=draft.sender_hash, created_at__lt=draft.sent_at
    )
    if draft.sender_hash and before[: version.threshold].count() >= version.threshold:
        return None
    return Finding(version)


def _burst(version: RuleVersion, draft: Draft) -> Finding | None:
    if _earlier(version, draft, article_id=draft.article_id) < version.threshold:
        return None
    return Finding(version, fold=Fold(Burst.Kind.ARTICLE, str(draft.article_id)))


def _earlier(version: RuleVersion, draft: Draft, **same: object) -> int:
    """How many like it came within the minutes before; counted no further than need be."""
    since = draft.sent_at - timedelta(minutes=version.minutes)
    before = Comment.objects.filter(**same, created_at__gt=since, created_at__lte=draft.sent_at)
    if draft.number:
        before = before.filter(pk__lt=draft.number)
    return before.order_by()[: version.threshold].count()


_RULES: dict[RuleKind, Callable[[RuleVersion, Draft], Finding | None]] = {
    RuleKind.REPEAT: _repeat,
    RuleKind.LINKS: _links,
    RuleKind.WORDS: _words,
    RuleKind.SENDER: _sender,
    RuleKind.NEW_WRITER: _new_writer,
    RuleKind.BURST: _burst,
    RuleKind.APPEAL: _words,
}

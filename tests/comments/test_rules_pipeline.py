"""Whatever is written, under whatever rules: rules hold and say why, and people decide."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.models import Comment, ModerationRule, RuleKind
from comments.rules import holding, holds, limits, shipped
from tests.factories import ArticleFactory

LISTED = ["казино", "лёгкий заработок", "алаяқ"]
FOLDING = {RuleKind.REPEAT, RuleKind.SENDER, RuleKind.BURST}
PIECES = ["Рақмет!", "казино", "к@зин0", "лёгкого заработка", "www.example.kz", "алаяқтар", "\n"]
rules = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(RuleKind),
        "threshold": st.integers(1, 3),
        "minutes": st.integers(1, 120),
        "is_on": st.booleans(),
    }
)
sent = st.tuples(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join),
    st.sampled_from(["a" * 64, "b" * 64, ""]),
    st.integers(0, 90),  # minutes after the one before
)


def make(rule):
    made = ModerationRule.objects.create(kind=rule["kind"])
    version = made.versions.create(
        number=1,
        words="\n".join(LISTED),
        threshold=rule["threshold"],
        minutes=rule["minutes"],
        rehearsed_at=timezone.now(),
    )
    if rule["is_on"]:
        made.live_version = version
        made.save()
    return made


def send(article, text, sender_hash, moment):
    comment = Comment(
        article=article, author_name="Житель", text=text, language="ru", sender_hash=sender_hash
    )
    comment.created_at = moment
    findings = holds.look_at(comment)
    comment.save()
    holds.keep(comment, findings)
    return Comment.objects.get(pk=comment.pk)


class Pipeline(TestCase):
    def setUp(self):
        ModerationRule.objects.all().delete()

    @settings(max_examples=25, deadline=None)
    @given(st.text(min_size=1, max_size=300))
    def test_no_text_breaks_it_or_is_decided_by_it(self, text):
        shipped.create_missing()
        comment = send(ArticleFactory(), text.replace("\x00", " "), "", timezone.now())
        assert comment.status == "pending"
        assert comment.is_held == comment.holds.exists()
        for hold in comment.holds.all():
            assert all(0 <= a < b <= len(comment.text) for a, b, *_entry in hold.spans)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(rules, max_size=5), st.lists(sent, min_size=1, max_size=6))
    def test_it_holds_for_rules_in_force_alone_in_their_order_and_never_decides(self, some, many):
        live = {made.pk for made in map(make, some) if made.live_version_id}
        article, moment = ArticleFactory(), timezone.now() - timedelta(days=1)
        for text, sender_hash, minutes in many:
            moment += timedelta(minutes=minutes)
            send(article, text, sender_hash, moment)
        order = RuleKind.values
        for comment in Comment.objects.filter(article=article):
            held_by = [hold.version.rule for hold in comment.holds.select_related("version__rule")]
            assert comment.status == "pending"
            assert comment.is_held == bool(held_by)
            assert {rule.pk for rule in held_by} <= live
            assert not comment.burst or any(rule.kind in FOLDING for rule in held_by)
            own = [rule for rule in held_by if rule.kind not in FOLDING]
            assert own == sorted(own, key=lambda rule: (order.index(rule.kind), rule.pk))

    @settings(max_examples=20, deadline=None)
    @given(st.lists(rules, max_size=4), sent)
    def test_the_same_comment_is_held_for_the_same_reasons_when_asked_again(self, some, one):
        for rule in some:
            make(rule)
        text, sender_hash, _minutes = one
        comment = send(ArticleFactory(), text, sender_hash, timezone.now())
        before = [(hold.version_id, hold.spans) for hold in comment.holds.all()]
        holds.look_again(comment)
        after = [(hold.version_id, hold.spans) for hold in comment.holds.all()]
        assert before == after
        again = holding.findings(holds.draft_of(comment))
        assert [finding.version.pk for finding in again] == [version for version, _spans in after]

    @settings(max_examples=20, deadline=None)
    @given(st.integers(2900, 3100), st.booleans(), st.integers(0, 4))
    def test_limits_alone_refuse_and_the_first_of_them_is_told(self, length, is_closed, earlier):
        with self.settings(COMMENTS_MAX_LENGTH=3000, COMMENTS_PER_HOUR=3):
            article = ArticleFactory(comments_state="closed" if is_closed else "open")
            for number in range(earlier):
                send(article, f"Слово {number}", "c" * 64, timezone.now())
            comment = Comment(article=article, text="а" * length, sender_hash="c" * 64)
            expected = (
                "max_length" if length > 3000
                else "closed" if is_closed
                else "too_many" if earlier >= 3
                else None
            )  # fmt: skip
            assert refused(comment) == expected


def refused(comment):
    try:
        limits.check(comment)
    except ValidationError as refusal:
        return refusal.code
    return None

"""A second look is one of other eyes; a report is answered; whatever was decided comes back."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from comments import moderation, moderators
from comments.models import Comment, CommentReport, ModerationDecision, Moderator
from tests.factories import ArticleFactory, CommentFactory, SectionFactory, UserFactory

Status = Comment.Status


@pytest.fixture
def other(db):
    return UserFactory(username="other", role="Moderators")


@pytest.fixture
def asked(moderator):
    comment = CommentFactory()
    moderation.reject(comment, by=moderator, reason="insult")
    return ask(comment)


def ask(comment):
    Comment.objects.filter(pk=comment.pk).update(second_look_asked_at=timezone.now())
    return Comment.objects.get(pk=comment.pk)


def report(comment):
    return CommentReport.objects.create(
        comment=comment, reason="insult", language="kk", sender_hash="a" * 64
    )


@pytest.mark.parametrize("verb", [moderation.approve, moderation.uphold, moderation.undo])
def test_who_rejected_does_not_look_a_second_time(asked, moderator, verb):
    with pytest.raises(ValidationError) as refusal:
        verb(asked, by=moderator)
    assert refusal.value.code == "own_decision"
    assert Comment.objects.waiting_for_second_look().get() == asked


def test_another_moderator_leaves_it_rejected_with_words(asked, other):
    moderation.uphold(asked, by=other, note="Слово всё же обидное")
    decision = asked.decisions.first()
    assert (decision.status_after, decision.reason) == ("rejected", "insult")
    assert (decision.note, decision.is_second_look) == ("Слово всё же обидное", True)
    assert not Comment.objects.waiting_for_second_look().exists()
    with pytest.raises(ValidationError) as refusal:
        moderation.uphold(asked, by=other)
    assert refusal.value.code == "not_asked"


def test_the_second_look_itself_can_be_taken_back(asked, other):
    moderation.approve(asked, by=other)
    assert Comment.objects.get().status == Status.APPROVED
    moderation.undo(asked, by=other)
    comment = Comment.objects.get()
    assert comment.status == Status.REJECTED
    assert comment.waits_for_second_look


def test_of_two_who_look_a_second_time_the_slower_is_told(asked, other, admin):
    theirs = Comment.objects.get()
    moderation.uphold(asked, by=other)
    with pytest.raises(ValidationError) as refusal:
        moderation.approve(theirs, by=admin)
    assert refusal.value.code == "already_decided"
    assert "other" in refusal.value.messages[0]


def test_a_report_is_settled_by_any_decision_and_reopened_with_it(moderator):
    comment = CommentFactory()
    moderation.approve(comment, by=moderator)
    for verb in (moderation.keep, moderation.mark_as_spam):
        CommentReport.objects.all().delete()
        report(comment)
        verb(comment, by=moderator)
        assert CommentReport.objects.get().settled_by == moderator
        moderation.undo(comment, by=moderator)
        assert CommentReport.objects.get().settled_at is None
        assert Comment.objects.get().status == Status.APPROVED
    CommentReport.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        moderation.keep(comment, by=moderator)
    assert refusal.value.code == "not_reported"


def test_a_moderator_of_one_section_decides_in_no_other(moderator):
    mine, theirs = SectionFactory(slug="mine"), SectionFactory(slug="theirs")
    Moderator.objects.create(user=moderator).sections.add(mine)
    moderation.approve(CommentFactory(article=ArticleFactory(section=mine)), by=moderator)
    with pytest.raises(PermissionDenied):
        moderation.approve(CommentFactory(article=ArticleFactory(section=theirs)), by=moderator)
    assert moderators.sections_of(moderator) == [mine.pk]


class Life(RuleBasedStateMachine):
    """Whatever moderators and the writer do, in whatever order: the history tells the state."""

    def __init__(self):
        super().__init__()
        self.people = [
            UserFactory(username=f"m{ModerationDecision.objects.count()}-{n}-{id(self)}")
            for n in (1, 2)
        ]
        for person in self.people:
            person.is_superuser = True
        self.number = CommentFactory().pk
        self.steps = 0

    @rule(
        who=st.integers(0, 1),
        verb=st.sampled_from(["approve", "reject", "mark_as_spam", "uphold", "keep", "undo"]),
    )
    def decide(self, who, verb):
        comment = Comment.objects.get(pk=self.number)
        before = comment.status, comment.second_look_decided_at
        extra = {"reason": "insult"} if verb == "reject" else {}
        try:
            getattr(moderation, verb)(comment, by=self.people[who], **extra)
        except ValidationError:
            after = Comment.objects.get(pk=self.number)
            assert (after.status, after.second_look_decided_at) == before
        else:
            self.steps += 1

    @rule()
    def ask_for_a_second_look(self):
        comment = Comment.objects.get(pk=self.number)
        if comment.status in (Status.REJECTED, Status.SPAM) and not comment.second_look_asked_at:
            ask(comment)

    @rule()
    def complain(self):
        comment = Comment.objects.get(pk=self.number)
        if (
            comment.status == Status.APPROVED
            and not comment.reports.filter(settled_at=None).exists()
        ):
            report(comment)

    @invariant()
    def the_history_tells_the_state(self):
        comment = Comment.objects.get(pk=self.number)
        decisions = list(comment.decisions.all())
        assert len(decisions) == self.steps
        assert comment.status == (decisions[0].status_after if decisions else Status.PENDING)
        for later, earlier in itertools.pairwise(decisions):
            assert later.status_before == earlier.status_after
        for place, decision in enumerate(decisions):
            assert not decision.reason or decision.status_after == Status.REJECTED
            if decision.is_second_look:
                assert decision.decided_by_id != decisions[place + 1].decided_by_id


class LifeTest(TestCase):
    def test_any_order_of_decisions(self):
        run_state_machine_as_test(
            Life, settings=settings(max_examples=15, stateful_step_count=12, deadline=None)
        )

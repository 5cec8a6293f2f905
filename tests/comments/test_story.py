"""Whatever the writer and two moderators do, in whatever order."""

from datetime import timedelta

import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comments import moderation, writer
from comments.identity import retention
from comments.models import Comment
from tests.factories import CommentFactory, UserFactory

Status = Comment.Status


class Story(RuleBasedStateMachine):
    """Against a model that knows the rules in a few lines."""

    def __init__(self):
        super().__init__()
        self.comment = CommentFactory()
        self.by = UserFactory(is_superuser=True, username=f"m{self.comment.pk}")
        self.status, self.text, self.asked, self.erased = Status.PENDING, self.comment.text, 0, 0
        self.changes = 0  # how often its words were put in place of others
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.now = self.clock.start()
        self.in_time = True

    def teardown(self):
        self.clock.stop()

    def stored(self):
        return Comment.objects.get(pk=self.comment.pk)

    def attempt(self, verb, *args, allowed, **kwargs):
        try:
            verb(self.stored(), *args, **kwargs)
        except ValidationError:
            assert not allowed
        else:
            assert allowed
        return allowed

    def decide(self, verb, status, **kwargs):
        allowed = self.status not in (status, Status.WITHDRAWN)
        if self.attempt(verb, by=self.by, allowed=allowed, **kwargs):
            self.status = status

    @precondition(lambda self: not self.asked)  # then another moderator is needed
    @rule()
    def approve(self):
        self.decide(moderation.approve, Status.APPROVED)

    @precondition(lambda self: not self.asked)
    @rule()
    def reject(self):
        self.decide(moderation.reject, Status.REJECTED, reason="insult")

    @precondition(lambda self: not self.asked)
    @rule()
    def spam(self):
        self.decide(moderation.mark_as_spam, Status.SPAM)

    @rule(behind=st.sampled_from([0, 0, 1]))
    def correct(self, behind):
        """``behind``: in a window that shows the words before the last correction."""
        text = f"{self.text}!"
        version = self.stored().version - behind
        allowed = self.status == Status.PENDING and self.in_time and not behind
        if self.attempt(
            writer.correct, author_name="Айгүл", text=text, version=version, allowed=allowed
        ):
            self.text = text
            self.changes += 1

    @rule()
    def ten_minutes_pass(self):
        self.now.shift(timedelta(minutes=10, seconds=1))
        self.in_time = False

    @rule()
    def a_year_passes_and_what_is_over_is_purged(self):
        """Words that were refused or withdrawn go; what waits or is public stays."""
        self.now.shift(timedelta(days=366))
        self.in_time = False
        retention.purge()
        waits = self.stored().waits_for_second_look
        if self.status in (*writer.REFUSED, Status.WITHDRAWN) and not waits:
            self.status, self.text, self.erased = Status.WITHDRAWN, "", 1

    @rule()
    def withdraw(self):
        if self.attempt(writer.withdraw, allowed=self.status not in writer.REFUSED):
            self.status = Status.WITHDRAWN

    @rule()
    def ask(self):
        allowed = self.status in writer.REFUSED and not self.asked
        self.asked |= self.attempt(writer.ask_second_look, allowed=allowed)

    @precondition(lambda self: self.status != Status.PENDING)
    @rule()
    def erase(self):
        self.attempt(writer.erase, allowed=True)
        self.status, self.text, self.erased = Status.WITHDRAWN, "", 1

    @invariant()
    def as_expected(self):
        stored = self.stored()
        assert (stored.status, stored.text) == (self.status, self.text)
        assert bool(stored.erased_at) == bool(self.erased)
        assert bool(stored.folded_text) == bool(self.text)
        assert stored.version == 1 + self.changes
        assert stored.second_look_asked_at is None or self.asked
        # What the receipt offers is what the verbs allow.
        offered = bool(writer.correctable_until(stored))
        assert offered == (self.status == Status.PENDING and self.in_time)
        assert writer.may_withdraw(stored) == (self.status in (Status.PENDING, Status.APPROVED))
        assert writer.may_ask_second_look(stored) == (
            self.status in writer.REFUSED and not self.asked
        )
        assert (stored.withdrawn_at is not None) == (stored.status == Status.WITHDRAWN)
        assert stored.is_approved == Comment.objects.approved().filter(pk=stored.pk).exists()
        assert timezone.now() >= stored.created_at


class TestStory(TestCase):
    def test_every_order_of_events(self):
        run_state_machine_as_test(
            Story,
            settings=hypothesis_settings(
                max_examples=25, stateful_step_count=12, deadline=None, derandomize=True
            ),
        )

"""The verbs: what they change, what they record, what they refuse."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comments import moderation
from comments.models import Comment, ModerationDecision
from tests.factories import CommentFactory, UserFactory

Status = Comment.Status


@pytest.fixture
def comment(db):
    return CommentFactory()


def decide(verb, comment, by):
    extra = {"reason": "insult"} if verb is moderation.reject else {}
    verb(comment, by=by, **extra)


VERBS = [
    (moderation.approve, Status.APPROVED),
    (moderation.reject, Status.REJECTED),
    (moderation.mark_as_spam, Status.SPAM),
]


@pytest.mark.parametrize(("verb", "status"), VERBS)
@pytest.mark.parametrize("before", [s for s in Status.values if s != Status.WITHDRAWN])
def test_every_decision_can_follow_every_other_and_is_kept(
    comment, moderator, verb, status, before
):
    Comment.objects.update(status=before)
    comment.refresh_from_db()
    if before == status:
        with pytest.raises(ValidationError) as refusal:
            decide(verb, comment, moderator)
        assert refusal.value.code == "same"
        assert not comment.decisions.exists()
        return
    decide(verb, comment, moderator)
    assert Comment.objects.get().status == comment.status == status
    decision = comment.decisions.get()
    assert (decision.status_before, decision.status_after) == (before, status)
    assert (decision.decided_by, decision.reason) == (
        moderator,
        "insult" if status == Status.REJECTED else "",
    )


@pytest.mark.parametrize("role", ["Press officers", "Editors", None])
def test_only_moderators_decide(comment, moderator, role):
    person = UserFactory(role=role)
    moderation.approve(comment, by=moderator)
    for verb in (moderation.reject, moderation.mark_as_spam, moderation.undo):
        with pytest.raises(PermissionDenied):
            decide(verb, comment, person)
    assert Comment.objects.get().status == Status.APPROVED
    assert ModerationDecision.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "because", "INSULT"])
def test_a_rejection_takes_a_reason_of_the_published_list(comment, moderator, reason):
    with pytest.raises(ValidationError) as refusal:
        moderation.reject(comment, by=moderator, reason=reason)
    assert refusal.value.code == "reason_required"
    assert Comment.objects.get().status == Status.PENDING


def test_a_decision_can_be_taken_back_and_that_is_kept_too(comment, moderator):
    moderation.approve(comment, by=moderator)
    moderation.undo(comment, by=moderator)
    assert Comment.objects.get().status == comment.status == Status.PENDING
    assert [d.status_after for d in comment.decisions.all()] == [Status.PENDING, Status.APPROVED]
    moderation.undo(comment, by=moderator)
    assert comment.status == Status.APPROVED


def test_a_rejection_that_comes_back_brings_its_reason(comment, moderator):
    moderation.reject(comment, by=moderator, reason="advertising", note="Реклама салона")
    moderation.approve(comment, by=moderator)
    moderation.undo(comment, by=moderator)
    assert comment.status == Status.REJECTED
    assert comment.decisions.first().reason == "advertising"
    assert comment.decisions.first().note == "Реклама салона"


def test_nothing_to_take_back(comment, moderator):
    with pytest.raises(ValidationError) as refusal:
        moderation.undo(comment, by=moderator)
    assert refusal.value.code == "undecided"


def test_the_second_moderator_is_told_who_decided_what_and_when(comment, moderator):
    second = UserFactory(username="second", role="Moderators", first_name="Дана", last_name="Сейіт")
    theirs = Comment.objects.get()
    moderation.approve(theirs, by=second)
    for verb in (moderation.approve, moderation.reject, moderation.mark_as_spam, moderation.undo):
        with pytest.raises(ValidationError) as refusal:
            decide(verb, comment, moderator)
        assert refusal.value.code == "already_decided"
        message = refusal.value.messages[0]
        assert "Дана Сейіт" in message
        assert f"{comment.decisions.get().decided_at:%Y}" in message
    assert Comment.objects.get().status == Status.APPROVED
    assert ModerationDecision.objects.count() == 1


def test_a_status_changed_behind_the_verbs_is_noticed(comment, moderator):
    Comment.objects.update(status=Status.SPAM)
    with pytest.raises(ValidationError) as refusal:
        moderation.approve(comment, by=moderator)
    assert refusal.value.code == "already_decided"


def test_what_its_writer_withdrew_is_beyond_the_moderators(comment, moderator):
    Comment.objects.update(status=Status.WITHDRAWN, withdrawn_at=comment.created_at)
    comment.refresh_from_db()
    for verb in (moderation.approve, moderation.reject, moderation.mark_as_spam, moderation.undo):
        with pytest.raises(ValidationError) as refusal:
            decide(verb, comment, moderator)
        assert refusal.value.code == "withdrawn"
    assert Comment.objects.get().status == Status.WITHDRAWN


def test_nobody_decides_about_a_text_that_was_corrected_meanwhile(comment, moderator):
    Comment.objects.update(text="Исправлено", version=2)
    for verb in (moderation.approve, moderation.reject, moderation.mark_as_spam):
        with pytest.raises(ValidationError) as refusal:
            decide(verb, comment, moderator)
        assert refusal.value.code == "corrected"
    comment.refresh_from_db()
    moderation.approve(comment, by=moderator)
    assert Comment.objects.get().status == Status.APPROVED


def test_a_decision_outlives_the_account_that_took_it(comment, moderator):
    moderation.approve(comment, by=moderator)
    moderator.delete()
    assert comment.decisions.get().moderator

"""Two requests at the same moment, on real connections: PostgreSQL only."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from comments import answers, appeals, desk, digest, moderation, submission, writer
from comments.identity import backends, codes, vault
from comments.models import AppealMark, Burst, Comment, Digest, ModerationDecision, Question
from news.models import OutgoingMail
from tests.factories import ArticleFactory, CommentFactory, QuestionFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks: PostgreSQL"),
]


def at_once(*works):
    """Start all at the same moment, each on a connection of its own; their results."""
    start = threading.Barrier(len(works))
    results = []

    def run(work):
        start.wait()
        try:
            results.append(work())
        except ValidationError as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_moderators_exactly_one_decides():
    one, two = (
        User.objects.create_superuser(username=name, password="secret") for name in ("one", "two")
    )
    comment = CommentFactory()
    mine, theirs = Comment.objects.get(), Comment.objects.get()
    results = at_once(
        lambda: moderation.approve(mine, by=one),
        lambda: moderation.mark_as_spam(theirs, by=two),
    )
    assert sorted(results, key=str) == [None, "already_decided"]
    comment.refresh_from_db()
    assert ModerationDecision.objects.get().status_after == comment.status


def test_a_double_click_is_one_comment():
    article, key = ArticleFactory(), uuid.uuid4()

    def click():
        words = submission.Words(article.pk, None, "Айгүл", "Рақмет!")
        return submission.submit(words, key=key, language="kk", address="203.0.113.7")

    comments = at_once(click, click, click, click)
    assert len(set(comments)) == 1
    assert Comment.objects.get() == comments[0]


def send(article, text, key=None, sender="203.0.113.7"):
    words = submission.Words(article.pk, None, "Айгүл", text)
    return submission.submit(words, key=key or uuid.uuid4(), language="kk", address=sender)


def test_two_tabs_are_one_comment():
    article = ArticleFactory()
    comments = at_once(*[lambda: send(article, "Рақмет!")] * 4)
    assert Comment.objects.get() in comments
    assert len(set(comments)) == 1


def test_a_burst_does_not_pass_the_limit(settings):
    settings.COMMENTS_PER_HOUR = 3
    article = ArticleFactory()
    results = at_once(*[lambda n=n: send(article, f"Ой {n}") for n in range(8)])
    assert results.count("too_many") == 5
    assert Comment.objects.count() == 3


def test_codes_asked_for_at_once_do_not_pass_the_limit(settings):
    """Each costs money."""
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]
    settings.COMMENTS_CODES_PER_HOUR = 3
    sent = []

    class Pigeon(backends.Sms):
        def deliver(self, contact, code, language):
            sent.append(contact)

    def ask(number):
        return codes.send(Pigeon(), number, agreement=None, sender_hash=number, language="kk")

    results = at_once(*[lambda n=n: ask(f"+7701000000{n}") for n in range(8)])
    assert results.count("too_many") == 5
    assert len(sent) == 3


def test_either_the_writer_corrects_or_the_moderator_decides():
    one = User.objects.create_superuser(username="one", password="secret")
    comment = CommentFactory()
    mine, theirs = Comment.objects.get(), Comment.objects.get()
    results = at_once(
        lambda: moderation.approve(mine, by=one),
        lambda: writer.correct(theirs, author_name="Айгүл", text="Иначе", version=1),
    )
    comment.refresh_from_db()
    if comment.text == "Иначе":
        assert "corrected" in results
        assert comment.status == "pending"
    else:
        assert "too_late" in results
        assert comment.status == "approved"


def test_what_is_withdrawn_is_not_published():
    one = User.objects.create_superuser(username="one", password="secret")
    CommentFactory()
    mine, theirs = Comment.objects.get(), Comment.objects.get()
    at_once(lambda: moderation.approve(mine, by=one), lambda: writer.withdraw(theirs))
    assert Comment.objects.get().status == "withdrawn"


def test_a_whole_burst_and_one_of_its_comments_are_decided_once_each():
    one, two = (
        User.objects.create_superuser(username=name, password="secret") for name in ("one", "two")
    )
    burst = Burst.objects.create(kind="article", subject="1", hour=timezone.now())
    comments = CommentFactory.create_batch(20, is_held=True, burst=burst)
    seen = Comment.objects.get(pk=comments[7].pk)
    at_once(
        lambda: moderation.decide_burst(burst, Comment.Status.SPAM, by=one),
        lambda: moderation.approve(seen, by=two),
        lambda: moderation.decide_burst(burst, Comment.Status.SPAM, by=two),
    )
    assert not Comment.objects.pending().exists()
    for comment in Comment.objects.all():
        assert comment.decisions.get().status_after == comment.status


def test_of_two_who_pass_an_answer_exactly_one_publishes_it():
    writer, one, two = (
        User.objects.create_superuser(username=name, password="secret")
        for name in ("writer", "one", "two")
    )
    question = QuestionFactory()
    answers.write(question, text="Ертең", language="kk", by=writer)
    mine, theirs = Question.objects.get(), Question.objects.get()
    results = at_once(
        lambda: answers.pass_answer(mine, by=one) and None,
        lambda: answers.pass_answer(theirs, by=two) and None,
    )
    assert sorted(results, key=str) == [None, "changed"]
    assert Comment.objects.filter(parent=question.comment).count() == 1


def test_two_moderators_with_the_same_hundred_comments_decide_each_once():
    one, two = (
        User.objects.create_superuser(username=name, password="secret") for name in ("one", "two")
    )
    comments = CommentFactory.create_batch(100, article=ArticleFactory())
    numbers = [str(comment.pk) for comment in comments]
    seen = {f"seen-{comment.pk}": comment.as_seen for comment in comments}
    mine, theirs = at_once(
        lambda: desk.carry_out("approve", numbers, by=one, seen=seen),
        lambda: desk.carry_out("spam", numbers, by=two, seen=seen),
    )
    assert mine.done + theirs.done == 100
    assert sum(mine.refusals.values()) + sum(theirs.refusals.values()) == 100
    assert ModerationDecision.objects.count() == 100
    for comment in Comment.objects.all():
        assert comment.decisions.get().status_after == comment.status


def test_two_moderators_who_mark_one_appeal_leave_one_mark():
    one, two = (
        User.objects.create_superuser(username=name, password="secret") for name in ("one", "two")
    )
    comment = CommentFactory()
    at_once(
        lambda: appeals.mark(comment, by=one, is_appeal=True),
        lambda: appeals.mark(comment, by=two, is_appeal=True),
    )
    assert AppealMark.objects.get().is_appeal


def test_two_timers_at_once_write_one_digest(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    reader = User.objects.create_superuser(username="one", password="x", email="one@example.kz")
    now = timezone.now()
    Digest.objects.create(
        user=reader, frequency="at_once", language="kk", told_until=now - timedelta(minutes=5)
    )
    CommentFactory(created_at=now - timedelta(minutes=1))
    assert sorted(at_once(*[digest.post_due] * 3)) == [0, 0, 1]
    assert OutgoingMail.objects.count() == 1

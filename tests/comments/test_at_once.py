"""Two requests at the same moment, on real connections: PostgreSQL only."""

import threading
import uuid

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from comments import moderation, submission
from comments.models import Comment, ModerationDecision
from tests.factories import ArticleFactory, CommentFactory

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
        return submission.submit(
            article,
            author_name="Айгүл",
            text="Рақмет!",
            key=key,
            language="kk",
            address="203.0.113.7",
        )

    comments = at_once(click, click, click, click)
    assert len(set(comments)) == 1
    assert Comment.objects.get() == comments[0]

"""A reader reports a comment."""

import pytest

from comments.models import Comment, CommentReport
from tests.comments.conftest import OURS
from tests.factories import CommentFactory


@pytest.fixture
def comment(article):
    return CommentFactory(article=article, status=Comment.Status.APPROVED)


def send(client, comment, *, headers=OURS, sender="203.0.113.7", **fields):
    data = {"reason": "insult", "words": ""} | fields
    return client.post(f"/ru/c/{comment.pk}/report/", data, headers=headers, REMOTE_ADDR=sender)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_quotes_the_comment_and_the_published_reasons(client, comment, language):
    response = client.get(f"/{language}/c/{comment.pk}/report/")
    page = response.content.decode()
    assert response.status_code == 200
    assert comment.text in page
    assert page.count('type="radio"') == 6
    assert "noindex" in page
    assert not response.cookies


def test_a_report_waits_for_the_moderators(client, comment):
    response = send(client, comment, words="Это <b>обидно</b>\x00")
    report = CommentReport.objects.get()
    assert (report.comment, report.reason, report.words) == (
        comment, "insult", "Это <b>обидно</b>"
    )  # fmt: skip
    assert report.settled_at is None
    assert "203.0.113" not in report.sender_hash
    page = client.get(response.url).content.decode()
    assert response.status_code == 303
    assert 'role="status"' in page
    comment.refresh_from_db()
    assert comment.is_approved  # people decide


def test_the_same_reader_again_is_the_same_report(client, comment):
    send(client, comment)
    send(client, comment, reason="advertising")
    assert CommentReport.objects.get().reason == "advertising"
    send(client, comment, sender="203.0.113.8")
    assert CommentReport.objects.count() == 2


@pytest.mark.parametrize("fields", [{"reason": ""}, {"reason": "x"}, {"words": "я" * 501}])
def test_an_error_keeps_what_was_written(client, comment, fields):
    response = send(client, comment, **({"words": "Обидно"} | fields))
    page = response.content.decode()
    assert response.status_code == 400
    assert "error-summary" in page
    assert "_error" in page
    assert fields.get("words", "Обидно") in page
    assert not CommentReport.objects.exists()


def test_one_reader_reports_so_many_an_hour(client, article, comment, settings, clock):
    settings.COMMENTS_REPORTS_PER_HOUR = 2
    others = CommentFactory.create_batch(2, article=article, status=Comment.Status.APPROVED)
    statuses = [send(client, one).status_code for one in (comment, *others)]
    assert statuses == [303, 303, 429]
    assert send(client, comment, reason="other").status_code == 303  # not one more
    clock.shift(3601)
    assert send(client, others[1]).status_code == 303


def test_only_our_own_page_may_report(client, comment):
    assert send(client, comment, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not CommentReport.objects.exists()


def test_what_was_settled_can_be_reported_anew(client, comment, clock):
    send(client, comment)
    CommentReport.objects.update(settled_at=comment.created_at)
    send(client, comment)
    assert CommentReport.objects.count() == 2

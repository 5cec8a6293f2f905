"""Letters to writers and moderators: confirmed first, sparing, without a word of a writer's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comments import digest, moderation, notices
from comments.identity import vault
from comments.models import Digest, WriterNotice
from news.models import OutgoingMail
from tests.comments.conftest import OURS
from tests.factories import CommentFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "aigul@example.kz"


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]


@pytest.fixture
def comment():
    return CommentFactory(author_name="Buy pills", text="Visit https://spam.example/")


def letters():
    return list(OutgoingMail.objects.order_by("pk"))


def test_an_address_is_asked_first_and_told_nothing_that_a_writer_wrote(client, comment, moderator):
    notice = notices.ask(comment, ADDRESS, "ru")
    moderation.approve(comment, by=moderator)
    (confirmation,) = letters()
    assert confirmation.to == ADDRESS
    for words in ("pills", "spam.example", comment.receipt_token):
        assert words not in confirmation.subject + confirmation.body
    link = re.search(r"/ru/letters/\S+", confirmation.body)[0]
    assert client.get(link).status_code == 200
    notice.refresh_from_db()
    assert notice.confirmed_at is None  # a mail program that opens links confirms nothing
    client.post(link, {"step": "confirm"}, headers=OURS)
    decision = letters()[1]
    assert f"/ru/r/{comment.receipt_token}/" in decision.body
    assert "spam.example" not in decision.body


def test_each_decision_is_told_once_in_the_writers_language(comment, moderator):
    notices.confirm(notices.ask(comment, ADDRESS, "ru"))
    moderation.reject(comment, by=moderator, reason="insult")
    notices.decided(comment)
    told = letters()[1:]
    assert len(told) == 1
    assert told[0].subject == "Решение по вашему комментарию"
    moderation.undo(comment, by=moderator)
    assert len(letters()) == 3


def test_whoever_wants_no_letters_gets_none_and_is_forgotten(client, comment, moderator):
    notice = notices.ask(comment, ADDRESS, "kk")
    notices.confirm(notice)
    client.post(f"/kk/letters/{notice.token}/", {"step": "stop"}, headers=OURS)
    assert not WriterNotice.objects.exists()
    moderation.approve(comment, by=moderator)
    assert not letters()
    assert client.get(f"/kk/letters/{notice.token}/").status_code == 404


def test_nobody_is_flooded_with_requests_to_confirm():
    for number in range(notices.PER_ADDRESS):
        notices.ask(CommentFactory(), ADDRESS, "ru", sender_hash=str(number))
    sent = len(letters())
    # Nothing more goes out, and nobody is told that others have asked.
    assert notices.ask(CommentFactory(), ADDRESS.upper(), "ru", sender_hash="another")
    assert len(letters()) == sent


def test_the_same_receipt_again_and_again_sends_no_flood_either(comment):
    sent = 0
    for number in range(2 * notices.PER_HOUR):
        notices.ask(comment, f"a{number}@example.kz", "ru", sender_hash=f"a{number}")
        notices.ask(comment, ADDRESS, "ru", sender_hash=f"b{number}")
        sent += OutgoingMail.objects.filter(to=ADDRESS).count()
    assert sent == notices.PER_HOUR


def test_one_connection_asks_for_so_many_letters_an_hour(client, comment):
    where = f"/ru/r/{comment.receipt_token}/letters/"
    answers = [
        client.post(where, {"address": f"a{number}@example.kz"}, headers=OURS)
        for number in range(notices.PER_HOUR + 1)
    ]
    assert [answer.status_code for answer in answers] == [200] * notices.PER_HOUR + [400]
    assert "через час" in answers[-1].text
    assert f"a{notices.PER_HOUR}@example.kz" in answers[-1].text


def test_an_address_is_kept_unreadable(comment):
    notices.ask(comment, ADDRESS, "ru")
    row = WriterNotice.objects.values().get()
    assert not any("aigul" in str(value) for value in row.values())


def test_without_a_mail_server_nothing_is_offered(settings):
    assert notices.are_on()
    settings.EMAIL_URL = ""
    assert not notices.are_on()


# --- moderators ---


@pytest.fixture
def reader():
    moderator = UserFactory(role="Moderators", email="moderator@example.kz")
    Digest.objects.create(user=moderator, frequency="hourly", language="kk")
    return moderator


def test_a_digest_is_due_once_an_hour_and_only_where_something_new_waits(reader):
    start = timezone.now()
    assert digest.post_due(start + timedelta(minutes=61)) == 0  # the queue is empty
    with time_machine.travel(start + timedelta(minutes=5)):
        CommentFactory(text="Құпия", author_name="Болат")
    assert digest.post_due(start + timedelta(minutes=30)) == 0  # not yet an hour
    assert digest.post_due(start + timedelta(minutes=61)) == 1
    assert digest.post_due(start + timedelta(minutes=62)) == 0
    assert digest.post_due(start + timedelta(minutes=200)) == 0  # told of already
    (letter,) = letters()
    assert "/admin/comments/comment/" in letter.body
    assert "Құпия" not in letter.body
    assert "Болат" not in letter.body


def test_whoever_lost_the_right_gets_no_digest(reader):
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        CommentFactory()
    reader.groups.clear()
    assert digest.post_due(timezone.now() + timedelta(hours=2)) == 0


def test_a_moderator_sets_their_own_digest_and_sees_nobody_elses(client, reader):
    other = UserFactory(role="Moderators", email="other@example.kz")
    client.force_login(other)
    own = client.get("/admin/comments/digest/", follow=True)
    assert own.status_code == 200
    client.post(own.request["PATH_INFO"], {"frequency": "daily", "language": "ru"})
    assert Digest.objects.get(user=other).frequency == "daily"
    theirs = Digest.objects.get(user=reader)
    response = client.post(
        f"/admin/comments/digest/{theirs.pk}/change/", {"frequency": "never", "language": "ru"}
    )
    assert response.status_code in (302, 403)
    theirs.refresh_from_db()
    assert theirs.frequency == "hourly"

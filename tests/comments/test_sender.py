"""The sender's address: believed only where it should be, kept nowhere."""

import logging

import pytest
from django.db import connection

from comments.models import Comment
from comments.sender import client_address, keyed_hash


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),
        (1, "nonsense", "203.0.113.7"),
        (1, "", "203.0.113.7"),
    ],
)
def test_forwarding_headers_are_believed_only_from_trusted_proxies(
    rf, settings, proxies, forwarded, seen
):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": forwarded})
    assert client_address(request).strip() == seen


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("203.0.113.7", "203.0.113.7:51234", True),
        ("2001:db8::1", "[2001:db8::1]:443", True),
        ("203.0.113.7", "203.0.113.8", False),
    ],
)
def test_one_subscriber_is_one_sender(one, other, same):
    assert (keyed_hash(one) == keyed_hash(other)) is same


def test_the_hash_depends_on_the_key(settings):
    before = keyed_hash("203.0.113.7")
    settings.COMMENTS_SENDER_KEY = "another"
    assert keyed_hash("203.0.113.7") != before
    assert len(before) == 64


def test_the_address_is_neither_stored_nor_logged(article, write, caplog):
    caplog.set_level(logging.DEBUG)
    write(article, sender="203.0.113.77")
    assert Comment.objects.get().sender_hash == keyed_hash("203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM comments_comment")
        assert "203.0.113" not in str(cursor.fetchall())
    ours = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert "203.0.113" not in "".join(ours)

"""After erasure and purge no row of any table and no line of a log leads to the writer.

A whole life of a comment is played first, with everything that may quote its writer.
"""

import io
import logging

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from comments import answers, moderation
from comments.identity import contacts, vault
from comments.models import Agreement, Comment, Identity, OneTimeCode
from news.models import OutgoingMail
from portal import logs
from tests.comments.conftest import OURS, address, key_in
from tests.factories import DepartmentFactory, UserFactory, local

pytestmark = pytest.mark.django_db
CONTACT, LETTERS, PLACE = "aigul.seitova@example.kz", "letters.to.me@example.kz", "203.0.113.77"
NAME, TEXT = "Айгүл Сейітова", "Мой дом на Степной, 17"
DAYS = 24 * 60 * 60


@pytest.fixture(autouse=True)
def _email(settings, db):
    Agreement.objects.update(in_force_from=local(2026, 1, 1))
    settings.COMMENTS_IDENTITY = "email"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]


@pytest.fixture
def log():
    """Everything that any part of the portal says, at whatever level, as its log writes it."""
    told = io.StringIO()
    handler, root = logging.StreamHandler(told), logging.getLogger()
    handler.setFormatter(logs.LineFormatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture
def post(client, article, clock):
    """Post a form of the portal as the writer, from their own connection."""

    def post(where, step="", **data):
        if where == "comment":
            where = address(article)
            form = {"name": NAME, "text": TEXT, "submission_key": post.key, "step": step}
            data = form | data
        elif step:
            data["step"] = step
        return client.post(where, data, headers=OURS, REMOTE_ADDR=PLACE)

    post.key = key_in(client.get(address(article)))
    clock.shift(30)
    return post


def the_code():
    return mail.outbox[-1].body.split(" ")[0]


@pytest.fixture
def comment(client, post, clock, log):
    """Written, corrected, given to a department, refused, looked at again, published, reported."""
    post("comment")
    post("comment", "contact", contact=CONTACT, agreement="on")
    challenge = str(OneTimeCode.objects.get().pk)
    post("comment", "code", challenge=challenge, code="000000")
    receipt = post("comment", "code", challenge=challenge, code=the_code()).url
    comment = Comment.objects.get()
    post(f"{receipt}correct/", name=NAME, text=f"{TEXT}!", version=1)
    post(f"{receipt}letters/", address=LETTERS)
    post(f"/ru/letters/{comment.notice.token}/", "confirm")
    one, two = UserFactory.create_batch(2, is_superuser=True)
    comment = Comment.objects.get()
    question = answers.assign(comment, DepartmentFactory(), by=one)
    answers.write(question, text=f"{NAME}, здравствуйте", language="ru", by=one)
    answers.send_back(question, by=two, words=f"Не называйте {NAME}")
    comment = Comment.objects.get()
    moderation.reject(comment, by=one, reason="personal_data", note=f"Вы написали: {TEXT}")
    post(f"{receipt}second-look/", words=f"Это мой адрес: {TEXT}")
    moderation.approve(Comment.objects.get(), by=two)
    client.get(comment.article.get_absolute_url("ru"))
    post(f"/ru/c/{comment.pk}/report/", reason="insult", words=f"{NAME} живёт не там")
    post("/ru/r/", code="000000000000")
    call_command("send_mail", stdout=io.StringIO())
    assert {message.to[0] for message in mail.outbox} == {CONTACT, LETTERS}
    return Comment.objects.get()


def by_command(*who):
    return lambda _client, _comment: call_command(
        "personal_data", "erase", *who, stdout=io.StringIO()
    )


def by_code(_client, comment):
    call_command("personal_data", "erase", "--code", comment.receipt_code, stdout=io.StringIO())


def by_themselves(client, _comment):
    mine = {"headers": OURS, "REMOTE_ADDR": PLACE}
    question = client.post("/ru/my-data/", {"step": "contact", "contact": CONTACT}, **mine)
    challenge = question.context["form"].initial["challenge"]
    asked = {"step": "code", "challenge": str(challenge), "code": the_code()}
    page = client.post("/ru/my-data/", asked, **mine)
    client.post("/ru/my-data/", {"step": "erase", "proof": page.context["proof"]}, **mine)


@pytest.mark.parametrize(
    "erase", [by_command("--contact", CONTACT.upper()), by_code, by_themselves]
)
def test_nothing_is_left(client, comment, clock, log, erase):
    hashes = [comment.sender_hash, comment.identity.contact_hash, contacts.keyed_hash(LETTERS)]
    sealed = [comment.identity.contact_sealed, comment.notice.address_sealed]
    secrets = [CONTACT, LETTERS, PLACE, NAME, TEXT, NAME.casefold(), *hashes, *sealed]
    assert found(secrets), "the test would notice"
    erase(client, comment)
    assert NAME not in client.get(comment.article.get_absolute_url("ru")).text
    # Erased at once; what the law wants kept is the identity, and the code that proved it a day.
    at_once = {CONTACT, LETTERS, NAME, TEXT, NAME.casefold(), comment.sender_hash}
    assert {secret for _table, secret in found(at_once)} <= {comment.sender_hash}
    assert not OutgoingMail.objects.filter(to=LETTERS).exists()
    clock.shift(93 * DAYS)
    call_command("purge_personal_data", stdout=io.StringIO())
    assert not Identity.objects.exists()
    assert found(secrets) == []
    told = log.getvalue()
    assert "/ru/r/" in told
    assert [secret for secret in [*secrets, comment.receipt_token] if secret in told] == []


def found(secrets):
    """In which table which of them still stands, whatever the column."""
    places = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told = " ".join(str(value) for row in cursor.fetchall() for value in row)
            places += [(table, secret) for secret in secrets if secret and secret in told]
    return places

"""Mail through a real SMTP server: delayed when it is down, never lost, never doubled."""

import socket
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from news import outbox
from news.models import OutgoingMail
from portal import env, jobs
from tests.postman import Postman

pytestmark = pytest.mark.django_db


def post(name="aigul", **given):
    given = {"subject": "Пікіріңіз жарияланды", "body": "Сәлеметсіз бе!\n", **given}
    outbox.post(to=f"{name}@example.kz", language="kk", key=given.pop("key", name), **given)


def later(**by):
    return time_machine.travel(timezone.now() + timedelta(**by))


def test_a_message_arrives_as_it_was_written(postman):
    post(subject="Пікіріңіз\r\nBcc: everybody@example.kz")
    call_command("send_mail")
    [message] = postman.accepted
    assert message["Subject"].strip() == "Пікіріңіз Bcc: everybody@example.kz"
    assert message["Bcc"] is None
    assert message["From"] == "portal@testserver"
    assert message["Content-Language"] == "kk"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == "Сәлеметсіз бе!"
    assert jobs.last("send_mail").summary == "1 sent, 0 delayed, 0 failed"


def test_the_same_key_is_one_message_however_often_it_is_posted_and_sent(postman):
    for _ in range(3):
        post()
        call_command("send_mail")
    assert postman.received() == ["aigul@example.kz"]


def test_what_is_undone_sends_nothing(postman):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    call_command("send_mail")
    assert postman.received() == []


def test_without_a_mail_server_nothing_is_written(settings):
    settings.EMAIL_URL = ""
    post()
    assert not OutgoingMail.objects.exists()
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_mail")


def test_an_address_that_is_none_is_refused_at_once():
    with pytest.raises(ValidationError):
        post("aigul@example.kz, everybody")


def test_a_server_that_is_down_for_a_week_loses_nothing(mail_port):
    post("first")
    post("second")
    for _ in range(3):
        with pytest.raises(CommandError), later(days=2):
            call_command("send_mail")
    assert "cannot be reached" in jobs.last("send_mail").summary
    assert OutgoingMail.objects.filter(status="waiting").count() == 2
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=mail_port)
    controller.start()
    try:
        with later(days=8):
            call_command("send_mail")
    finally:
        controller.stop()
    assert postman.received() == ["first@example.kz", "second@example.kz"]


def test_a_server_that_says_nothing_holds_up_nobody_for_long(settings, mail_port):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", mail_port)):  # accepts, and is silent
        post()
        with pytest.raises(CommandError):
            call_command("send_mail")
    assert OutgoingMail.objects.get().claimed_until is None


def test_a_server_that_dies_in_the_middle_gets_the_message_again_under_its_own_number(postman):
    for name in ("first", "second", "third"):
        post(name)
    number = OutgoingMail.objects.get(key="second").message_id
    postman.answers["second@example.kz"] = "hang up"
    call_command("send_mail")
    assert postman.received() == ["first@example.kz", "third@example.kz"]
    postman.answers.clear()
    call_command("send_mail")  # too soon
    assert len(postman.accepted) == 2
    with later(minutes=3):
        call_command("send_mail")
        call_command("send_mail")
    assert postman.received() == ["first@example.kz", "third@example.kz", "second@example.kz"]
    assert postman.accepted[-1]["Message-ID"] == number


def test_a_message_is_tried_for_days_and_then_given_up_in_sight(postman):
    postman.answers["aigul@example.kz"] = "451 come back later"
    post()
    call_command("send_mail")
    message = OutgoingMail.objects.get()
    assert (message.status, message.last_error) == ("waiting", "SMTPDataError 451")
    with later(days=6), pytest.raises(CommandError, match="health page"):
        call_command("send_mail")
    assert OutgoingMail.objects.get().status == "failed"
    postman.answers.clear()
    call_command("send_mail")
    assert postman.received() == []
    call_command("send_mail", "--retry-failed")
    assert postman.received() == ["aigul@example.kz"]


def test_a_refusal_for_good_is_not_repeated(postman):
    postman.answers["aigul@example.kz"] = "550 nobody of that name: aigul@example.kz"
    post()
    with pytest.raises(CommandError):
        call_command("send_mail")
    message = OutgoingMail.objects.get()
    assert (message.status, message.last_error) == ("failed", "SMTPDataError 550")


def test_a_sender_that_was_killed_leaves_its_message_to_the_next(postman):
    post()
    OutgoingMail.objects.update(claimed_until=timezone.now() + outbox.CLAIM)
    call_command("send_mail")
    assert postman.received() == []  # perhaps it is still at it
    with later(minutes=11):
        call_command("send_mail")
    assert postman.received() == ["aigul@example.kz"]


def test_messages_are_forgotten_some_time_after_they_were_sent(postman):
    post("old")
    call_command("send_mail")
    with later(days=15):
        post("new")
        call_command("send_mail")
    assert [message.key for message in OutgoingMail.objects.all()] == ["new"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail", ("mail", 25, "", False, False)),
        ("smtp+tls://u%40x:p%2Fw@mail:2525", ("mail", 2525, "p/w", True, False)),
        ("smtps://u:p@mail", ("mail", 465, "p", False, True)),
    ],
)
def test_the_mail_server_is_read_from_one_address(monkeypatch, address, expected):
    monkeypatch.setenv("EMAIL_URL", address)
    mail = env.mail("EMAIL_URL")
    found = tuple(mail[name] for name in ("host", "port", "password", "use_tls", "use_ssl"))
    assert found == expected


@pytest.mark.parametrize("address", ["mail.example.kz", "smtp://", "smtp://mail:x", "imap://mail"])
def test_an_address_that_is_no_mail_server_is_named(monkeypatch, address):
    monkeypatch.setenv("EMAIL_URL", address)
    with pytest.raises(env.SettingsError, match="EMAIL_URL"):
        env.mail("EMAIL_URL")

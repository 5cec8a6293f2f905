"""Signing in: slowed down after failures, the same for every name, a new password by mail."""

import re

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core import mail
from django.urls import reverse

from news.models import StaffLanguage
from portal.accounts import throttle
from portal.models import AuditEntry
from tests.factories import UserFactory, local
from tests.servers import wait_until

pytestmark = pytest.mark.django_db
NOON = local(2026, 11, 20, 12)


def attempt(client, username="press", password="wrong", address="203.0.113.9", **more):
    return client.post(
        reverse("admin:login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        **more,
    )


def fail(client, times=5, **more):
    for _ in range(times):
        last = attempt(client, **more)
    return last


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "15 минуттан кейін"),
        ("ru", "Попробуйте через 15 минут, в 12:15"),
        ("en", "Try again in 15 minutes, at 12:15"),
    ],
)
def test_after_five_failures_a_page_says_how_long_to_wait(client, press, language, words):
    client.cookies["language"] = language
    with time_machine.travel(NOON, tick=False):
        response = fail(client)
    assert response.status_code == 429
    assert words in response.text
    assert response.headers["Retry-After"] == "900"
    assert "no-store" in response.headers["Cache-Control"]


def test_the_right_password_does_not_help_until_the_pause_is_over(client, press):
    with time_machine.travel(NOON, tick=False) as clock:
        fail(client)
        clock.shift(14 * 60)
        assert attempt(client, password="secret").status_code == 429
        clock.shift(2 * 60)
        assert attempt(client, password="secret").status_code == 302
    assert is_signed_in(client)


def test_a_success_forgets_the_failures(client, press):
    fail(client, 4)
    attempt(client, password="secret")
    client.logout()
    assert fail(client, 4).status_code == 200


def test_nobody_can_lock_an_officer_out_from_afar(client, press):
    fail(client)
    response = attempt(client, password="secret", address="198.51.100.7")
    assert response.status_code == 302


def test_many_addresses_together_are_slowed_down_too(client, press, monkeypatch):
    monkeypatch.setattr(throttle, "PER_ACCOUNT", 8)
    for number in range(8):
        attempt(client, address=f"198.51.100.{number}")
    assert attempt(client, password="secret", address="192.0.2.1").status_code == 429


def test_one_address_trying_many_names_is_slowed_down_too(client, press, monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 8)
    for number in range(8):
        attempt(client, username=f"name{number}")
    assert attempt(client, password="secret").status_code == 429


def test_behind_a_proxy_the_readers_address_counts(client, press, settings):
    settings.TRUSTED_PROXIES = 1
    forged = "203.0.113.1, 203.0.113.77"
    for number in range(5):  # what the writer says of itself stands before the proxy's word
        attempt(client, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.77")
    assert attempt(client, password="secret", HTTP_X_FORWARDED_FOR=forged).status_code == 429
    other = attempt(client, password="secret", HTTP_X_FORWARDED_FOR="203.0.113.78")
    assert other.status_code == 302


def test_no_address_is_stored_in_clear(client, press):
    attempt(client)
    stored = AccessAttempt.objects.get()
    assert "203.0.113" not in f"{stored.ip_address} {stored.get_data} {stored.post_data}"
    assert "wrong" not in stored.post_data


def test_a_name_that_exists_looks_like_one_that_does_not(client, press):
    UserFactory(username="reader", is_staff=False)
    UserFactory(username="gone", is_active=False)
    token = re.compile(r'value="[A-Za-z0-9]{64}"|name="username" value="[^"]*"|value="\w+"')
    pages = {
        name: token.sub("", attempt(client, username=name, password=password).text)
        for name, password in [
            ("press", "wrong"),
            ("nobody", "wrong"),
            ("reader", "secret"),
            ("gone", "secret"),
        ]
    }
    assert len(set(pages.values())) == 1
    known = fail(client, 5, username="press", address="192.0.2.1")
    unknown = fail(client, 5, username="nobody", address="192.0.2.2")
    assert known.status_code == unknown.status_code == 429
    assert token.sub("", known.text) == token.sub("", unknown.text)


def test_an_administrator_unlocks_an_account(client, press, admin):
    fail(client)
    client.force_login(admin)
    chosen = {"action": "unlock", "_selected_action": [press.pk]}
    response = client.post(reverse("admin:auth_user_changelist"), chosen)
    assert response.status_code == 302
    client.logout()
    assert attempt(client, password="secret").status_code == 302
    assert AuditEntry.objects.filter(event="unlocked", by=admin, target_id=press.pk).exists()


def test_without_a_cache_sign_in_works(client, press, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert attempt(client, password="secret").status_code == 302
    client.logout()
    assert fail(client).status_code == 429


# --- a forgotten password ---


@pytest.fixture
def mailing(settings, press):
    settings.EMAIL_URL = "smtp://127.0.0.1:25"
    settings.SITE_URL = "https://portal.example.kz"
    press.email = "press@example.kz"
    press.save()
    return press


def ask(client, email="press@example.kz", **more):
    return client.post(reverse("admin_password_reset"), {"email": email}, **more)


def test_a_forgotten_password_is_replaced_by_a_link_in_the_mail(client, mailing):
    client.cookies["language"] = "ru"
    assert reverse("admin_password_reset") in client.get(reverse("admin:login")).text
    assert ask(client, headers={"host": "127.0.0.1"}).status_code == 302
    wait_until(lambda: mail.outbox)
    message = mail.outbox[0]
    assert message.subject == "Новый пароль на portal.example.kz"
    assert "Ваше имя пользователя: press" in message.body
    address = re.search(r"https://portal\.example\.kz(\S+)", message.body)[1]
    form = client.get(address, follow=True)
    where = form.redirect_chain[-1][0]
    typed = {"new_password1": "tuğan-jer-2026", "new_password2": "tuğan-jer-2026"}
    assert client.post(where, typed).status_code == 302
    assert attempt(client, password="tuğan-jer-2026").status_code == 302
    assert client.get(address, follow=True).context["validlink"] is False
    events = AuditEntry.objects.values_list("event", flat=True)
    assert {"password_asked", "password_changed", "signed_in"} <= set(events)


def test_the_letter_is_in_the_language_its_reader_works_in(client, mailing):
    StaffLanguage.objects.create(user=mailing, language="kk")
    client.cookies["language"] = "ru"
    ask(client)
    wait_until(lambda: mail.outbox)
    assert "жаңа құпиясөз" in mail.outbox[0].subject
    assert "Пайдаланушы аты" in mail.outbox[0].body


def test_an_unknown_address_gets_the_same_answer(client, mailing):
    known, unknown = ask(client), ask(client, "nobody@example.kz")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    wait_until(lambda: mail.outbox)
    assert len(mail.outbox) == 1


def test_asking_is_limited(client, mailing):
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            assert ask(client, "nobody@example.kz").status_code == 302
        refused = ask(client, "nobody@example.kz")
    assert refused.status_code == 200
    assert "errornote" in refused.text


def test_without_a_mail_server_the_page_says_whom_to_ask(client, press, settings):
    settings.EMAIL_URL = ""
    page = client.get(reverse("admin_password_reset"))
    assert '<form method="post">' not in page.text
    assert ask(client).status_code == 405

"""One-time codes, contacts, the gateway, and what is kept of them."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from comments import moderation, receipt_codes, writer
from comments.identity import backends, codes, contacts, identities, retention, sms_gateway, vault
from comments.identity.gateway_stand_in import GatewayStandIn
from comments.models import (
    Agreement,
    Burst,
    Comment,
    Identity,
    IdentityLook,
    OneTimeCode,
    Purge,
)
from tests.factories import CommentFactory, UserFactory

NUMBER = "+77011234567"


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]


@pytest.fixture
def gateway(settings):
    gateway = GatewayStandIn()
    gateway.start()
    settings.SMS_GATEWAY_URL = f"{gateway.address}/send?key={{key}}"
    settings.SMS_GATEWAY_BODY = "recipient={number}&text={text}"
    settings.SMS_GATEWAY_KEY = "s e&c=r"
    yield gateway
    gateway.stop()


@pytest.fixture
def agreement(db):
    return Agreement.current()


@pytest.fixture
def send(agreement, gateway):
    def send(number=NUMBER, sender_hash="a" * 64):
        code = codes.send(
            backends.Sms(), number, agreement=agreement, sender_hash=sender_hash, language="ru"
        )
        return code, gateway.messages[-1][1].split(" ")[0]

    return send


# --- contacts ---


@pytest.mark.parametrize(
    "typed",
    ["+7 701 123 45 67", "8 (701) 123-45-67", "7701 1234567", "701‑123‑45‑67", " +77011234567 "],
)
def test_a_number_is_understood_however_it_is_written(typed):
    assert contacts.parse_number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "112", "+7 495 123 45 67", "+1 701 123 4567", "٧٧٠١١٢٣٤٥٦٧"])
def test_what_is_no_mobile_number_is_told_with_an_example(typed):
    with pytest.raises(ValidationError, match="701 123 45 67"):
        contacts.parse_number(typed)


def test_an_address_is_one_in_any_case():
    address = contacts.parse_address(" Aigul@Example.KZ ")
    assert address == "Aigul@example.kz"
    assert contacts.keyed_hash(address) == contacts.keyed_hash("aigul@example.kz")
    with pytest.raises(ValidationError):
        contacts.parse_address("aigul@")


def test_a_masked_contact_tells_its_owner_and_nobody_else():
    assert contacts.masked(NUMBER) == "+7\u00a0…\u00a067"
    assert contacts.masked("aigul@example.kz") == "a…@example.kz"


# --- the gateway ---


def test_a_message_arrives_word_for_word(gateway):
    sms_gateway.send(NUMBER, "Код: 1 & 2 + 3 = «шесть»")
    assert gateway.messages[-1] == ("77011234567", "Код: 1 & 2 + 3 = «шесть»")


def test_a_json_gateway_gets_json(gateway, settings):
    settings.SMS_GATEWAY_BODY = '{"to": "{number}", "text": "{text}", "key": "{key}"}'
    request = sms_gateway._request("7701", 'a "quoted"\nword')
    assert request.data.decode().count('\\"quoted\\"\\nword') == 1
    assert request.get_header("Content-type").startswith("application/json")


def test_an_error_of_the_gateways_is_tried_again_once(gateway):
    gateway.answers.append((503, "busy"))
    sms_gateway.send(NUMBER, "x")
    assert len(gateway.messages) == 1


@pytest.mark.parametrize("answer", [(200, '{"code": 7}'), (401, "no"), (302, "elsewhere")])
def test_a_refusal_is_final_and_logged_without_number_text_or_key(gateway, caplog, answer):
    gateway.answers.extend([answer] * 3)
    with pytest.raises(sms_gateway.GatewayError):
        sms_gateway.send(NUMBER, "secret text")
    assert len(gateway.answers) == 2
    for secret in ("7701", "secret text", "s e&c"):
        assert secret not in caplog.text


def test_a_gateway_that_answers_drop_by_drop_is_not_waited_for(monkeypatch):
    class Drops:
        def read1(self, _size):
            clock.append(clock[-1] + 1)
            return b"."

    clock = [0.0]
    monkeypatch.setattr(sms_gateway.time, "monotonic", lambda: clock[-1])
    with pytest.raises(TimeoutError):
        sms_gateway._read(Drops())
    assert len(clock) < 10


def test_a_gateway_that_is_gone_is_told_to_the_caller(settings):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/send?to={number}&text={text}"
    with pytest.raises(sms_gateway.GatewayError):
        sms_gateway.send(NUMBER, "x")


# --- codes ---


def test_the_right_code_is_good_once(send):
    code, digits = send()
    assert digits.isdecimal()
    assert len(digits) == 6
    assert digits not in f"{code.code_hash} {code.contact_sealed}"
    assert codes.check(code.pk, f" {digits[:3]} {digits[3:]} ").pk == code.pk
    with pytest.raises(ValidationError):
        codes.check(code.pk, digits)


def test_five_tries_then_even_the_right_code_is_refused(send):
    code, digits = send()
    wrong = f"{(int(digits) + 1) % 1_000_000:06}"
    for _try in range(codes.TRIES):
        with pytest.raises(ValidationError):
            codes.check(code.pk, wrong)
    with pytest.raises(ValidationError) as refusal:
        codes.check(code.pk, digits)
    assert refusal.value.code == "code_expired"


def test_a_code_lives_ten_minutes(send):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code, digits = send()
        clock.shift(601)
        with pytest.raises(ValidationError):
            codes.check(code.pk, digits)


@pytest.mark.parametrize(
    ("limit", "calls"),
    [
        ("COMMENTS_CODES_PER_CONTACT", [(NUMBER, "a"), (NUMBER, "a"), (NUMBER, "a")]),
        (
            "COMMENTS_CODES_PER_SENDER",
            [("+77010000001", "a"), ("+77010000002", "a"), (NUMBER, "a")],
        ),
        ("COMMENTS_CODES_PER_HOUR", [("+77010000001", "a"), ("+77010000002", "b"), (NUMBER, "c")]),
    ],
)
def test_a_flood_of_codes_is_stopped_and_says_until_when(send, settings, gateway, limit, calls):
    setattr(settings, limit, 2)
    for number, sender in calls[:2]:
        send(number, sender * 64)
    with pytest.raises(ValidationError, match=r"\d\d:\d\d") as refusal:
        send(calls[2][0], calls[2][1] * 64)
    assert refusal.value.code == "too_many"
    assert len(gateway.messages) == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        send(calls[2][0], calls[2][1] * 64)


def test_that_others_ask_for_codes_to_a_number_is_told_to_nobody(send, settings, gateway):
    settings.COMMENTS_CODES_PER_CONTACT = 2
    for sender in "ab":
        send(NUMBER, sender * 64)
    code, _digits = send(NUMBER, "c" * 64)  # as ever, and yet
    assert len(gateway.messages) == 2
    for _try in range(codes.TRIES):
        with pytest.raises(ValidationError) as refusal:
            codes.check(code.pk, "123456")
    assert refusal.value.code == "code_expired"
    # What was not sent fills no limit of the number: its owner is not kept out for ever.
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        send(NUMBER, "d" * 64)
    assert len(gateway.messages) == 3


def test_a_gateway_that_is_down_is_down_for_numbers_of_which_there_is_enough(
    send, settings, gateway
):
    settings.COMMENTS_CODES_PER_CONTACT = 1
    send(NUMBER, "a" * 64)
    gateway.answers.append((401, "no"))
    with pytest.raises(backends.DeliveryError):
        send("+77010000001", "b" * 64)
    with pytest.raises(backends.DeliveryError):
        send(NUMBER, "c" * 64)


def test_a_dead_mail_server_is_told_to_the_caller(agreement, smtp_down):
    with pytest.raises(backends.DeliveryError):
        codes.send(
            backends.Email(), "a@example.kz", agreement=agreement, sender_hash="", language="kk"
        )


@pytest.fixture
def smtp_down(settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    def refuse(*_args, **_kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib, "SMTP", refuse)


# --- identities ---


def test_a_contact_is_one_identity_and_kept_unreadable(agreement):
    first = identities.confirm("sms", NUMBER, agreement)
    assert identities.confirm("sms", NUMBER, agreement) == first
    row = Identity.objects.values().get()
    assert not any("7701" in str(value) for value in row.values())


def test_a_device_is_recognised_until_its_owner_withdraws_or_the_agreement_changes(agreement):
    identity = identities.confirm("sms", NUMBER, agreement)
    token = identities.device_token(identity)
    assert identities.recognise(token) == identity
    assert identities.recognise(token + "x") is None
    Agreement.objects.create(text_kk="жаңа", text_ru="новое")
    assert identities.recognise(token) is None
    again = identities.confirm("sms", NUMBER, Agreement.current())
    assert identities.recognise(token) == again == identity
    identities.withdraw_consent(identity)
    assert identities.recognise(token) is None


def test_a_look_needs_permission_and_a_purpose_and_is_on_record(agreement, moderator):
    identity = identities.confirm("sms", NUMBER, agreement)
    with pytest.raises(PermissionDenied):
        identities.look(identity, by=moderator, purpose="любопытство")
    inspector = UserFactory(is_superuser=True)
    with pytest.raises(ValidationError):
        identities.look(identity, by=inspector, purpose=" ")
    assert not IdentityLook.objects.exists()
    assert identities.look(identity, by=inspector, purpose="Запрос № 5") == NUMBER
    look = IdentityLook.objects.get()
    look.purpose = "ничего"
    with pytest.raises(ValidationError):
        look.save()


def test_an_old_key_opens_until_everything_is_under_the_new_one(agreement, settings):
    identity = identities.confirm("sms", NUMBER, agreement)
    old = settings.COMMENTS_IDENTITY_KEYS[0]
    settings.COMMENTS_IDENTITY_KEYS = [Fernet.generate_key().decode(), old]
    assert vault.unseal(identity.contact_sealed) == NUMBER
    resealed = vault.reseal(identity.contact_sealed)
    settings.COMMENTS_IDENTITY_KEYS = settings.COMMENTS_IDENTITY_KEYS[:1]
    assert vault.unseal(resealed) == NUMBER
    with pytest.raises(vault.UnreadableError):
        vault.unseal(identity.contact_sealed)


# --- retention ---


def test_an_identity_goes_three_months_after_its_end_and_its_comment_stays(agreement):
    identity = identities.confirm("sms", NUMBER, agreement)
    comment = CommentFactory(identity=identity)
    identities.withdraw_consent(identity)
    retention.purge(timezone.now() + timedelta(days=91))
    assert Identity.objects.exists()
    retention.purge(timezone.now() + timedelta(days=93))
    assert not Identity.objects.exists()
    comment.refresh_from_db()
    assert comment.identity is None
    assert Purge.objects.filter(rule="identities", deleted=1).count() == 1


def test_an_agreement_nobody_uses_lapses_after_a_year(agreement):
    identity = identities.confirm("sms", NUMBER, agreement)
    retention.purge(timezone.now() + timedelta(days=364))
    identity.refresh_from_db()
    assert identity.is_in_force
    retention.purge(timezone.now() + timedelta(days=367))
    identity.refresh_from_db()
    assert identity.ended_by == Identity.Ended.LAPSED


def test_codes_and_senders_are_forgotten(send):
    send()
    CommentFactory(sender_hash="f" * 64)
    retention.purge(timezone.now() + timedelta(hours=25))
    assert not OneTimeCode.objects.exists()
    assert Comment.objects.get().sender_hash
    retention.purge(timezone.now() + timedelta(days=91))
    assert Comment.objects.get().sender_hash == ""


@pytest.mark.parametrize("status", ["rejected", "spam", "withdrawn"])
def test_the_words_of_what_was_refused_or_withdrawn_go_after_a_year(status, moderator):
    comment = CommentFactory()
    if status == "withdrawn":
        writer.withdraw(comment)
    elif status == "spam":
        moderation.mark_as_spam(comment, by=moderator)
    else:
        moderation.reject(comment, by=moderator, reason="insult")
    public = CommentFactory(status="approved")
    retention.purge(timezone.now() + timedelta(days=364))
    assert Comment.objects.exclude(text="").count() == 2
    retention.purge(timezone.now() + timedelta(days=366))
    assert list(Comment.objects.exclude(text="")) == [public]
    assert Purge.objects.filter(rule="refused", deleted=1).count() == 1
    assert comment.decisions.count() == (status != "withdrawn")  # the public account stays true


def test_what_waits_for_a_second_look_or_was_decided_lately_is_kept(moderator):
    asked, lately = CommentFactory.create_batch(2, created_at=timezone.now() - timedelta(days=400))
    with time_machine.travel(timezone.now() - timedelta(days=399)):
        moderation.mark_as_spam(asked, by=moderator)
    writer.ask_second_look(asked)
    moderation.mark_as_spam(lately, by=moderator)
    retention.purge()
    assert Comment.objects.exclude(text="").count() == 2


def test_the_lines_of_bursts_go_with_the_senders(db):
    burst = Burst.objects.create(kind="sender", subject="f" * 64, hour=timezone.now())
    comment = CommentFactory(burst=burst, is_held=True)
    retention.purge(timezone.now() + timedelta(days=91))
    assert not Burst.objects.exists()
    comment.refresh_from_db()
    assert comment.burst is None


def test_an_inspector_reads_what_was_deleted_and_when(client, db):
    rules = {purge.rule for purge in retention.purge()}
    assert rules == set(retention.RULES)
    client.force_login(UserFactory(is_superuser=True))
    client.cookies["language"] = "ru"
    page = client.get("/admin/comments/purge/").text
    assert "имена и тексты отклонённых и отозванных комментариев" in page
    assert "refused" not in page.split("result_list")[1]


def test_an_inspector_finds_who_wrote_a_comment(client, agreement):
    wanted = identities.confirm("sms", NUMBER, agreement)
    other = identities.confirm("sms", "+77770000000", agreement)
    comment = CommentFactory.create_batch(2, identity=wanted)[0]
    CommentFactory(identity=other)
    client.force_login(UserFactory(is_superuser=True))
    code = receipt_codes.grouped(comment.receipt_code)
    for asked in ("8 (701) 123-45-67", f"№ {comment.pk}", str(comment.pk), code):
        page = client.get("/admin/comments/identity/", {"q": asked})
        assert list(page.context["cl"].queryset) == [wanted], asked
    for asked in ("701 123", "0" * 40, "№", "99999999"):
        page = client.get("/admin/comments/identity/", {"q": asked})
        assert list(page.context["cl"].queryset) == []

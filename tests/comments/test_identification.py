"""A citizen proves who they are on the way to the queue, and takes it back again."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from comments import notices
from comments.identity import identities, vault
from comments.identity.gateway_stand_in import GatewayStandIn
from comments.models import Agreement, Comment, Identity, IdentityLook, OneTimeCode, WriterNotice
from news.models import OutgoingMail
from tests.comments.conftest import OURS, address, key_in
from tests.factories import CommentFactory, UserFactory, local

pytestmark = pytest.mark.django_db
NUMBER = "+77011234567"
TEXT = "Когда откроют мост?"


@pytest.fixture(autouse=True)
def _sms(settings, db):
    # The tests' clock stands before the day on which the database was made.
    Agreement.objects.update(in_force_from=local(2026, 1, 1))
    settings.COMMENTS_IDENTITY = "sms"
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]


@pytest.fixture
def gateway(settings):
    gateway = GatewayStandIn()
    gateway.start()
    settings.SMS_GATEWAY_URL = f"{gateway.address}/send"
    settings.SMS_GATEWAY_BODY = "recipient={number}&text={text}"
    yield gateway
    gateway.stop()


def fields(page):
    """What the page's form would send along, the pressed button aside."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.fixture
def send(client, article, clock):
    def send(step="", **data):
        if not send.data:
            send.data = {
                "submission_key": key_in(client.get(address(article))),
                "name": "Айгүл", "text": TEXT, "website": "",
            }  # fmt: skip
            clock.shift(30)
        response = client.post(
            address(article), send.data | data | {"step": step}, headers=OURS,
            REMOTE_ADDR="203.0.113.7",
        )  # fmt: skip
        if response.status_code == 200:
            send.data = fields(response)
        return response

    send.data = {}
    return send


@pytest.fixture
def prove(send, gateway):
    """All the way into the queue; the last answer."""

    def prove(number=NUMBER):
        send()
        send("contact", contact=number, agreement="on")
        digits = gateway.messages[-1][1].split(" ")[0]
        return send("code", code=digits)

    return prove


def test_nothing_is_stored_before_the_writer_is_known_and_nothing_is_lost(send, gateway):
    first = send()
    assert TEXT in first.text
    assert "Соглашение" in first.text
    second = send("contact", contact="8 701 123 45 67", agreement="on")
    assert "+7\u00a0…\u00a067" in second.text
    assert TEXT in second.text
    assert not Comment.objects.exists()
    digits = gateway.messages[-1][1].split(" ")[0]
    assert send("code", code="000000" if digits != "000000" else "111111").status_code == 400
    done = send("code", code=digits)
    assert done.status_code == 303
    comment = Comment.objects.get()
    assert (comment.text, comment.status) == (TEXT, "pending")
    assert comment.identity.kind == "sms"


def test_the_next_comment_from_this_device_needs_no_code(client, article, prove, write, clock):
    cookie = prove().cookies["writer"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    clock.shift(60)
    assert write(article, text="Ещё один вопрос").status_code == 303
    assert Comment.objects.filter(identity__isnull=False).count() == 2


def test_sending_the_last_page_twice_gives_one_comment(send, gateway):
    send()
    send("contact", contact=NUMBER, agreement="on")
    digits = gateway.messages[-1][1].split(" ")[0]
    first, second = send("code", code=digits), send("code", code=digits)
    assert first.status_code == second.status_code == 303
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"contact": "112", "agreement": "on"}, "701 123 45 67"),
        ({"contact": NUMBER}, "только по соглашению"),
        ({"contact": "", "agreement": "on"}, "код отправить нельзя"),
    ],
)
def test_an_error_stands_at_its_field_and_the_comment_is_kept(send, gateway, data, words):
    send()
    response = send("contact", **data)
    assert response.status_code == 400
    assert words in response.text
    assert TEXT in response.text
    assert not gateway.messages


def test_a_gateway_that_is_down_is_told_and_the_comment_is_kept(send, settings):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    settings.SMS_GATEWAY_BODY = "recipient={number}&text={text}"
    send()
    response = send("contact", contact=NUMBER, agreement="on")
    assert response.status_code == 503
    assert TEXT in response.text
    assert "отправить не удалось" in response.text


def test_a_known_number_is_answered_exactly_like_an_unknown_one(send, gateway):
    identities.confirm("sms", NUMBER, Agreement.current())
    send()
    known = send("contact", contact=NUMBER, agreement="on")
    unknown = send("contact", contact="+77770000067", agreement="on")
    drop = re.compile(r'value="[^"]*"')
    assert drop.sub("", known.text) == drop.sub("", unknown.text)


def test_the_writer_can_go_back_and_change_the_comment(send):
    send()
    page = send("edit")
    assert 'name="text"' in page.text
    assert TEXT in page.text


# --- my data ---


@pytest.fixture
def my_data(client, gateway):
    def my_data(step, **data):
        return client.post("/ru/my-data/", {"step": step} | data, headers=OURS)

    return my_data


def prove_again(my_data, gateway):
    page = my_data("contact", contact=NUMBER)
    digits = gateway.messages[-1][1].split(" ")[0]
    return fields(my_data("code", code=digits, **fields(page)))["proof"]


def test_a_person_sees_takes_and_erases_what_is_kept(client, prove, my_data, gateway, clock):
    prove()
    proof = prove_again(my_data, gateway)
    taken = json.loads(my_data("export", proof=proof).content)
    assert taken["identities"][0]["contact"] == NUMBER
    assert taken["comments"][0]["text"] == TEXT
    assert my_data("erase", proof=proof).status_code == 200
    assert Comment.objects.get().text == ""
    assert not Identity.objects.filter(ended_at=None).exists()


def test_withdrawing_consent_stops_the_device_at_once(
    prove, my_data, gateway, write, article, clock
):
    prove()
    my_data("withdraw", proof=prove_again(my_data, gateway))
    clock.shift(60)
    assert write(article, text="Ещё один").status_code == 200  # asked for a code again
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("status", ["pending", "approved", "rejected"])
def test_withdrawing_consent_stops_what_is_under_way(
    client, prove, my_data, gateway, article, settings, status
):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    prove()
    comment = Comment.objects.get()
    notices.confirm(notices.ask(comment, "aigul@example.kz", "ru"))
    Comment.objects.update(status=status)
    my_data("withdraw", proof=prove_again(my_data, gateway))
    comment.refresh_from_db()
    assert comment.status == ("rejected" if status == "rejected" else "withdrawn")
    assert not WriterNotice.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert not OneTimeCode.objects.exists()
    assert TEXT not in client.get(article.get_absolute_url("ru")).text
    assert Identity.objects.get().ended_by == "withdrawn"  # kept for the term of the law


def test_whoever_sits_at_a_device_next_is_told_whose_it_is_and_can_be_another(
    client, article, prove, send, clock
):
    assert "Подтверждено" not in client.get(address(article)).text
    prove()
    page = client.get(address(article)).text
    assert "+7\u00a0…\u00a067" in page
    assert NUMBER not in page
    clock.shift(60)
    send.data = {"submission_key": key_in(client.get(address(article))), "name": "Ерлан",
                 "text": "Я другой", "website": ""}  # fmt: skip
    answer = send("forget")
    assert "Я другой" in answer.text
    assert "+7\u00a0…\u00a067" not in answer.text
    assert client.cookies["writer"].value == ""
    clock.shift(60)
    again = send(name="Ерлан", text="Я другой")
    assert "Номер мобильного телефона" in again.text
    assert Comment.objects.count() == 1


def test_a_code_of_my_data_accepts_no_agreement(send, my_data, gateway):
    page = my_data("contact", contact=NUMBER)
    digits = gateway.messages[-1][1].split(" ")[0]
    send()
    answer = send("code", code=digits, challenge=fields(page)["challenge"])
    assert answer.status_code == 400
    assert TEXT in answer.text
    assert not Identity.objects.exists()


def test_another_code_can_be_asked_for_and_a_refusal_leaves_the_one_before(send, gateway, settings):
    settings.COMMENTS_CODES_PER_CONTACT = 2
    send()
    send("contact", contact=NUMBER, agreement="on")
    assert send("contact").status_code == 200
    digits = gateway.messages[-1][1].split(" ")[0]
    refused = send("contact")
    assert refused.status_code == 429
    assert "+7\u00a0…\u00a067" in refused.text
    assert len(gateway.messages) == 2
    assert send("code", code=digits).status_code == 303


def test_two_tabs_on_two_connections_are_one_comment_of_one_person(client, article, prove, clock):
    prove()
    clock.shift(30)
    tab = {"submission_key": key_in(client.get(address(article))), "name": "Айгүл", "text": TEXT}
    clock.shift(30)
    again = client.post(address(article), tab, headers=OURS, REMOTE_ADDR="198.51.100.9")
    assert again.url == Comment.objects.get().get_receipt_url()


def test_one_connection_does_not_hand_out_the_receipt_of_somebody_else(
    client, article, prove, settings, write
):
    prove()
    settings.COMMENTS_IDENTITY = "none"
    client.cookies.clear()
    assert write(article, text=TEXT).status_code == 303
    assert Comment.objects.count() == 2


def test_nobody_gets_in_without_a_code_or_with_an_old_proof(my_data, gateway, prove, clock):
    prove()
    assert my_data("export", proof="forged").status_code == 400
    proof = prove_again(my_data, gateway)
    clock.shift(16 * 60)
    assert my_data("export", proof=proof).status_code == 400
    assert my_data("contact", contact=NUMBER).status_code == 200


def test_where_nobody_is_identified_there_is_no_such_page(client, settings):
    settings.COMMENTS_IDENTITY = "none"
    assert client.get("/ru/my-data/").status_code == 404


# --- staff ---


def test_an_identity_is_seen_with_permission_second_factor_and_purpose_only(
    client, prove, moderator, monkeypatch
):
    prove()
    identity = Identity.objects.get()
    look = f"/admin/comments/identity/{identity.pk}/look/"
    client.force_login(moderator)
    assert client.get(look).status_code == 403
    inspector = UserFactory(is_superuser=True)
    client.force_login(inspector)
    assert NUMBER not in client.get(f"/admin/comments/identity/{identity.pk}/change/").text
    assert NUMBER not in client.post(look, {"purpose": "Запрос № 5"}).text
    assert not IdentityLook.objects.exists()
    monkeypatch.setattr("comments.admin.identities._has_second_factor", lambda user: True)
    assert NUMBER not in client.post(look, {"purpose": ""}).text
    assert NUMBER in client.post(look, {"purpose": "Запрос № 5"}).text
    assert IdentityLook.objects.get().looked_by == inspector
    found = client.get("/admin/comments/identity/?q=8 701 123 45 67").text
    assert f"/{identity.pk}/change/" in found
    assert f"/{identity.pk}/change/" not in client.get("/admin/comments/identity/?q=1234567").text


def test_an_accepted_agreement_stays_word_for_word(client, prove):
    prove()
    client.force_login(UserFactory(is_superuser=True))
    agreement = Agreement.objects.get()
    page = f"/admin/comments/agreement/{agreement.pk}/change/"
    assert 'name="text_ru"' not in client.get(page).text
    assert client.post(page, {"text_ru": "x", "text_kk": "x"}).status_code == 403
    client.post(
        "/admin/comments/agreement/add/",
        {"text_kk": "Жаңа", "text_ru": "Новое", "in_force_from_0": "01.11.2026",
         "in_force_from_1": "10:00:00"},
    )  # fmt: skip
    assert Agreement.current().version == 2


# --- commands ---


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_an_operator_exports_and_erases_by_code_number_or_address(prove, moderator):
    prove()
    inspector = UserFactory(is_superuser=True)
    comment = Comment.objects.get()
    for who in (("--contact", "8 701 123 45 67"), ("--code", comment.receipt_code),
                ("--code", comment.receipt_token)):  # fmt: skip
        asked = ("personal_data", "export", *who)
        with pytest.raises(CommandError, match="--purpose"):
            run(*asked)
        with pytest.raises(CommandError, match="may not"):
            run(*asked, "--by", moderator.username, "--purpose", "любопытство")
        told = run(*asked, "--by", inspector.username, "--purpose", "Запрос № 5")
        assert json.loads(told)["comments"][0]["text"] == TEXT
    assert list(IdentityLook.objects.values_list("purpose", flat=True)) == ["Запрос № 5"] * 3
    run("personal_data", "erase", "--code", comment.receipt_code)
    comment.refresh_from_db()
    assert comment.erased_at
    with pytest.raises(CommandError):
        run("personal_data", "export", "--contact", "+77770000000")


def test_keys_are_rotated_and_the_old_one_taken_away(prove, settings):
    prove()
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key(), *settings.COMMENTS_IDENTITY_KEYS]
    run("rotate_identity_keys")
    settings.COMMENTS_IDENTITY_KEYS = settings.COMMENTS_IDENTITY_KEYS[:1]
    assert vault.unseal(Identity.objects.get().contact_sealed) == NUMBER
    settings.COMMENTS_IDENTITY_KEYS = [vault.new_key()]
    with pytest.raises(CommandError, match="none of the keys"):
        run("rotate_identity_keys")


def test_letters_are_offered_on_the_receipt(client, settings):
    settings.EMAIL_URL = "smtp://127.0.0.1"
    comment = CommentFactory()
    page = client.get(f"/ru/r/{comment.receipt_token}/")
    assert f"/ru/r/{comment.receipt_token}/letters/" in page.text
    wrong = client.post(
        f"/ru/r/{comment.receipt_token}/letters/", {"address": "aigul@"}, headers=OURS
    )
    assert wrong.status_code == 400
    assert "aigul@" in wrong.text

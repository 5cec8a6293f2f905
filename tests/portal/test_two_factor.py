"""Signing in with a code, recovery codes, and the list of signed-in browsers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import sessions, two_factor
from portal.models import AuditEntry, StaffSession
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
INDEX, CODE = reverse("admin:index"), reverse("admin:account_code")
ENROL, ACCOUNT = reverse("admin:account_two_factor"), reverse("admin:account")


def code_of(user, *, confirmed=True):
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    return f"{totp.token():06d}"


def sign_in(user, **more):
    client = Client(**more)
    answer = client.post(
        reverse("admin:login") + f"?next={INDEX}",
        {"username": user.username, "password": "secret", "next": INDEX},
    )
    assert answer.status_code == 302
    return client


def enrol(client, user):
    """Through the pages; the recovery codes as they were shown."""
    client.post(ENROL, {"begin": "1"})
    shown = client.post(ENROL, {"code": code_of(user, confirmed=False)})
    assert shown.status_code == 200
    return re.findall(r"<li><code>([^<]+)</code>", shown.text)


def next_code(user, travel):
    """A code is taken once; the next one comes with the next half minute."""
    travel.shift(timedelta(seconds=31))
    return code_of(user)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def steps(client, address=INDEX):
    return [where.partition("?")[0] for where, _ in client.get(address, follow=True).redirect_chain]


def test_without_a_role_that_requires_it_the_password_is_enough(press):
    assert sign_in(press).get(INDEX).status_code == 200


@pytest.mark.parametrize(
    ("required", "who", "must"),
    [
        (["superusers"], "admin", True),
        (["superusers"], "editor", False),
        (["Editors"], "editor", True),
        (["Editors"], "press", False),
        (["news.publish_article"], "editor", True),
        (["news.publish_article"], "press", False),
        (["Editors", "news.publish_article"], "admin", False),
        (["none"], "admin", False),
    ],
)
def test_the_setting_names_groups_permissions_and_superusers(
    request, settings, required, who, must
):
    settings.STAFF_TWO_FACTOR_ROLES = required
    client = sign_in(request.getfixturevalue(who))
    assert (client.get(INDEX).status_code == 302) == must


def test_whoever_must_have_a_telephone_is_led_to_it_and_sees_nothing_else(settings, editor):
    settings.STAFF_TWO_FACTOR_ROLES = ["Editors"]
    client = sign_in(editor)
    for address in (INDEX, reverse("admin:news_article_changelist"), ACCOUNT):
        assert steps(client, address)[-1] == ENROL
    page = client.get(ENROL)
    assert "errornote" in page.text
    assert reverse("admin:news_article_changelist") not in page.text


def test_from_enrolment_to_the_next_sign_in(clock, settings, editor):
    settings.STAFF_TWO_FACTOR_ROLES = ["Editors"]
    client = sign_in(editor)
    client.post(ENROL, {"begin": "1"})
    page = client.get(ENROL).text
    assert "<svg" in page
    assert " style=" not in page
    wrong = client.post(ENROL, {"code": "000000"})
    assert 'class="errorlist"' in wrong.text
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    clock.shift(timedelta(minutes=1))  # a wrong code costs a pause
    code = code_of(editor, confirmed=False)
    shown = client.post(ENROL, {"code": f"{code[:3]} {code[3:]}"})
    codes = re.findall(r"<li><code>([^<]+)</code>", shown.text)
    assert len(set(codes)) == 10
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.get(INDEX).status_code == 200

    again = sign_in(editor)
    address = reverse("admin:news_article_changelist") + "?q=1"
    chain = again.get(address, follow=True).redirect_chain
    assert chain[-1][0].startswith(CODE)
    data = {"code": next_code(editor, clock), "next": address}
    assert again.post(CODE, data).url == address
    assert again.get(address).status_code == 200


def test_a_code_is_taken_once(clock, editor):
    client = sign_in(editor)
    enrol(client, editor)
    code = next_code(editor, clock)
    assert sign_in(editor).post(CODE, {"code": code}).status_code == 302
    assert sign_in(editor).post(CODE, {"code": code}).status_code == 200


def test_a_recovery_code_lets_in_once_and_is_told_of(clock, editor):
    codes = enrol(sign_in(editor), editor)
    client = sign_in(editor)
    assert client.post(CODE, {"code": codes[0].upper()}).status_code == 302
    assert client.get(INDEX).status_code == 200
    other = sign_in(editor)
    assert other.post(CODE, {"code": codes[0]}).status_code == 200
    assert AuditEntry.objects.filter(event="recovery_used", by=editor).count() == 1
    # New ones replace all the earlier, without putting their owner out.
    shown = client.post(reverse("admin:account_codes"))
    fresh = re.findall(r"<li><code>([^<]+)</code>", shown.text)
    assert not set(fresh) & set(codes)
    assert client.get(INDEX).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert other.post(CODE, {"code": codes[1]}).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert other.post(CODE, {"code": fresh[1]}).status_code == 302


def test_guessing_codes_is_slowed_down_and_says_so(clock, editor):
    enrol(sign_in(editor), editor)
    client = sign_in(editor)
    client.cookies["language"] = "ru"
    for _ in range(4):
        clock.shift(timedelta(seconds=40))
        page = client.post(CODE, {"code": "000000"}).text
    assert "подождите до" in page
    assert client.post(CODE, {"code": code_of(editor)}).status_code == 200
    assert AuditEntry.objects.filter(event="code_wrong", by=editor).count() == 5
    assert client.post(CODE, {"code": next_code(editor, clock)}).status_code == 302


def test_switching_on_signs_the_other_browsers_out(editor):
    elsewhere, client = sign_in(editor), sign_in(editor)
    enrol(client, editor)
    assert elsewhere.get(INDEX).status_code == 302
    assert client.get(INDEX).status_code == 200


def test_it_can_be_switched_off_unless_the_role_requires_it(settings, press, editor):
    client = sign_in(press)
    enrol(client, press)
    assert client.post(reverse("admin:account_two_factor_off")).status_code == 302
    assert sign_in(press).get(INDEX).status_code == 200
    settings.STAFF_TWO_FACTOR_ROLES = ["Editors"]
    client = sign_in(editor)
    enrol(client, editor)
    assert client.post(reverse("admin:account_two_factor_off")).status_code == 403


def test_a_superuser_resets_somebody_elses_lost_telephone(client, admin, editor):
    there = sign_in(editor)
    enrol(there, editor)
    client.force_login(admin)
    chosen = {"action": "reset_two_factor", "_selected_action": [editor.pk]}
    client.post(reverse("admin:auth_user_changelist"), chosen)
    assert there.get(INDEX).status_code == 302
    assert sign_in(editor).get(INDEX).status_code == 200
    assert AuditEntry.objects.filter(event="two_factor_reset", by=admin).exists()


def test_whoever_has_given_only_the_password_cannot_replace_the_telephone(editor):
    enrol(sign_in(editor), editor)
    key = TOTPDevice.objects.get().key
    client = sign_in(editor)
    for address in (ENROL, reverse("admin:account_codes"), ACCOUNT):
        assert client.post(address, {"begin": "1"}).status_code in (302, 405)
    assert TOTPDevice.objects.get().key == key


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_code_leads_nowhere_else(clock, editor, target):
    enrol(sign_in(editor), editor)
    client = sign_in(editor)
    data = {"code": next_code(editor, clock), "next": target}
    assert client.post(CODE, data).url == INDEX


def test_secrets_of_others_are_shown_to_nobody(client, admin, editor):
    enrol(sign_in(editor), editor)
    client.force_login(admin)
    for path in ("otp_totp/totpdevice/", "otp_static/staticdevice/", "axes/accessattempt/"):
        assert client.get(INDEX + path).status_code == 404


@pytest.mark.parametrize("address", [CODE, ENROL, ACCOUNT])
def test_strangers_and_readers_are_sent_to_the_sign_in(client, address):
    assert client.get(address).url == reverse("admin:login")
    client.force_login(UserFactory(is_staff=False))
    assert client.get(address).url == reverse("admin:login")


# --- signed-in browsers ---

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
YANDEX = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
    "YaBrowser/25.2.0 Mobile Safari/537.36"
)


def test_ones_own_browsers_are_listed_by_family_without_addresses(press, editor):
    sign_in(editor)
    sign_in(press, HTTP_USER_AGENT=YANDEX, REMOTE_ADDR="203.0.113.5")
    client = sign_in(press, HTTP_USER_AGENT=FIREFOX)
    page = client.get(ACCOUNT).text
    assert "Firefox, Windows" in page
    assert "Yandex, Android" in page
    assert StaffSession.objects.filter(user=press).count() == 2
    assert "203.0.113" not in page
    assert "140.0" not in "".join(StaffSession.objects.values_list("browser", flat=True))


def test_all_others_are_signed_out_by_one_button(press):
    others = [sign_in(press), sign_in(press)]
    client = sign_in(press)
    assert client.post(reverse("admin:account_sign_out"), {"others": "1"}).status_code == 302
    assert client.get(INDEX).status_code == 200
    for other in others:
        assert other.get(INDEX).status_code == 302
    assert AuditEntry.objects.filter(event="sessions_ended", by=press).exists()


def test_signing_out_everywhere_means_here_too(press):
    other, client = sign_in(press), sign_in(press)
    client.post(reverse("admin:account_sign_out"), {"all": "1"})
    assert client.get(INDEX).status_code == other.get(INDEX).status_code == 302
    assert not StaffSession.objects.exists()


def test_an_administrator_signs_somebody_out(client, admin, press):
    there = sign_in(press)
    client.force_login(admin)
    chosen = {"action": "sign_out", "_selected_action": [press.pk]}
    client.post(reverse("admin:auth_user_changelist"), chosen)
    assert there.get(INDEX).status_code == 302
    assert client.get(INDEX).status_code == 200


def test_changing_the_password_keeps_this_browser_only(press):
    other, client = sign_in(press), sign_in(press)
    typed = {
        "old_password": "secret",
        "new_password1": "tuğan-jer-2026",
        "new_password2": "tuğan-jer-2026",
    }
    assert client.post(reverse("admin:password_change"), typed).status_code == 302
    assert client.get(INDEX).status_code == 200
    assert other.get(INDEX).status_code == 302


def test_browsers_of_the_past_are_forgotten(press, settings):
    sign_in(press)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert sessions.of(press).count() == 0
        assert sessions.purge() == 1


def test_public_pages_ask_for_no_session(client, press, django_assert_num_queries):
    client.force_login(press)
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_only_a_superuser_resets(press, editor):
    with pytest.raises(PermissionDenied):
        two_factor.reset(editor, by=press)

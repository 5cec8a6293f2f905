"""Signing in to the admin: with a telephone, after too many tries, without a password."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from portal.models import AuditEntry
from tests.factories import UserFactory
from tests.servers import wait_until

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU"}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
OLD_LINK = {"kk": "Бұл сілтеме пайдаланылған", "ru": "Эта ссылка уже использована"}
NEW_PASSWORD = "tuğan-jer-2026"


@pytest.fixture(params=LOCALES)
def language(request):
    return request.param


@pytest.fixture
def officer():
    return UserFactory(username="aigul", role="Editors", email="aigul@example.kz")


@pytest.fixture
def browser_of(open_page, language):
    """Another browser of the officer, on the page that asks for the password."""

    def browser_of(**options):
        page = open_page(locale=LOCALES[language], **options)
        page.goto("/admin/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        return page

    return browser_of


def give_password(page, password="secret", username="aigul"):
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("#login-form [type=submit]")


def give_code(page, code):
    page.fill("[name=code]", code)
    page.click("#code-form [type=submit]")


def sign_out(page):
    page.click("#logout-form button")
    page.goto("/admin/")


def code_made_from(secret):
    """What an authenticator shows for the secret as a person types it in."""
    return f"{TOTP(b32decode(secret.replace(' ', ''))).token():06d}"


def is_in(page):
    expect(page.locator(".desk")).to_be_visible()


def events():
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


def test_an_editor_joins_a_telephone_and_loses_it(browser_of, officer, settings, clock):
    settings.STAFF_TWO_FACTOR_ROLES = ["Editors"]
    page = browser_of()
    give_password(page)
    expect(page.locator(".errornote")).to_be_visible()  # why there is no desk yet
    page.click("[name=begin]")
    expect(page.locator(".account-qr svg")).to_be_visible()
    secret = page.locator(".account-secret").text_content()
    give_code(page, "000000")
    expect(page.locator(".errorlist")).to_be_visible()
    clock.shift(timedelta(minutes=1))
    give_code(page, code_made_from(secret))
    expect(page.locator(".account-codes li")).to_have_count(10)
    kept = page.locator(".account-codes li").all_text_contents()
    page.click(".account-page a.button")
    is_in(page)

    sign_out(page)
    give_password(page)
    clock.shift(timedelta(minutes=1))
    give_code(page, code_made_from(secret))
    is_in(page)

    sign_out(page)
    give_password(page)
    give_code(page, kept[0].strip().upper())
    is_in(page)
    other = browser_of()
    give_password(other)
    give_code(other, kept[0].strip())
    expect(other.locator(".errorlist")).to_be_visible()
    clock.shift(timedelta(minutes=1))
    give_code(other, kept[1].strip())
    is_in(other)
    seen = events()
    assert seen.count("two_factor_on") == 1
    assert seen.count("recovery_used") == 2
    assert seen.count("code_wrong") == 1


def test_after_too_many_tries_the_page_says_how_long_and_keeps_the_name(
    browser_of, officer, clock, language
):
    page = browser_of()
    page.goto("/admin/news/article/")
    for _ in range(5):
        give_password(page, "wrong")
    note = page.locator(".errornote")
    expect(note).to_contain_text("15 мин")
    expect(note).to_contain_text("12:15")
    expect(page.locator("[name=username]")).to_have_value("aigul")
    expect(page.locator("[name=password]")).to_have_value("")
    page.fill("[name=password]", "secret")
    page.click("#login-form [type=submit]")
    expect(note).to_contain_text("12:15")  # the right password does not help yet
    clock.shift(timedelta(minutes=16))
    page.fill("[name=password]", "secret")
    page.click("#login-form [type=submit]")
    expect(page).to_have_url(re.compile("/admin/news/article/$"))
    seen = events()
    assert seen.count("sign_in_failed") == 6
    assert "locked" in seen
    assert seen[-1] == "signed_in"


def test_one_browser_signs_out_all_the_others(browser_of, officer):
    home, office = browser_of(user_agent=FIREFOX), browser_of()
    for page in (home, office):
        give_password(page)
        is_in(page)
    office.goto("/admin/account/")
    expect(office.locator(".account-page tbody tr")).to_have_count(2)
    expect(office.locator(".account-page tbody")).to_contain_text("Firefox, Windows")
    office.click("[name=others]")
    expect(office.locator(".messagelist .success")).to_be_visible()
    expect(office.locator(".account-page tbody tr")).to_have_count(1)
    home.goto("/admin/news/article/")
    expect(home.locator("#login-form")).to_be_visible()

    give_password(home)
    expect(home).to_have_url(re.compile("/admin/news/article/$"))
    home.goto("/admin/account/")
    home.click("[name=all]")
    expect(home.locator("#login-form")).to_be_visible()
    office.reload()
    expect(office.locator("#login-form")).to_be_visible()
    assert events().count("sessions_ended") == 2


@pytest.fixture
def letters(postman, settings, live_server):
    """Mail as the officer's mailbox gets it, with links to this very portal."""
    settings.SITE_URL = live_server.url
    return postman.accepted


def ask_for_a_password(page, address):
    page.click(".password-reset-link a")
    page.fill("[name=email]", address)
    page.click("#content form [type=submit]")
    expect(page).to_have_url(re.compile("/password-reset/done/$"))
    return page.locator("#content").text_content()


def test_a_forgotten_password_is_replaced_by_mail(
    browser_of, officer, letters, language, live_server
):
    page = browser_of()
    known = ask_for_a_password(page, officer.email)
    page.goto("/admin/")
    assert ask_for_a_password(page, "nobody@example.kz") == known
    wait_until(lambda: letters)
    [letter] = letters
    assert letter["To"] == officer.email
    assert {"kk": "жаңа құпиясөз", "ru": "Новый пароль"}[language] in letter["Subject"]
    address = re.search(rf"{live_server.url}\S+", letter.get_content())[0]

    page.goto(address)
    for password in ("12345", NEW_PASSWORD):
        page.fill("[name=new_password1]", password)
        page.fill("[name=new_password2]", password)
        page.click("#content form [type=submit]")
        if password != NEW_PASSWORD:
            expect(page.locator(".errorlist").first).to_be_visible()
    page.click("#content a")
    give_password(page)
    expect(page.locator(".errornote")).to_be_visible()  # the old one
    give_password(page, NEW_PASSWORD)
    is_in(page)

    late = browser_of()
    late.goto(address)
    expect(late.locator("[name=new_password1]")).to_have_count(0)
    expect(late.locator("#content")).to_contain_text(OLD_LINK[language])
    late.click("#content a.button")
    expect(late.locator("[name=email]")).to_be_visible()
    assert {"password_asked", "password_changed", "sign_in_failed"} <= set(events())

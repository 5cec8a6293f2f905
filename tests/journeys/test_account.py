"""An officer joins a telephone to the account and signs in with its code, in a real browser."""

from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from tests.journeys.axe import faults


def code_of(*, confirmed):
    device = TOTPDevice.objects.get(confirmed=confirmed)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    return f"{totp.token():06d}"


def test_a_telephone_is_joined_and_then_asked_for(sign_in, clock):
    # axe writes styles of its own, which the pages' policy would stop.
    page = sign_in("Press officers", "press", width=768, bypass_csp=True)
    page.click("text=Моя учётная запись")
    assert not faults(page)
    page.click("text=Включить")
    assert not faults(page)
    page.click("text=Начать")
    expect(page.locator(".account-qr svg")).to_be_visible()
    assert not faults(page)
    page.fill("input[name=code]", code_of(confirmed=False))
    page.click("text=Включить")
    expect(page.locator(".account-codes li")).to_have_count(10)
    assert not faults(page)
    page.click("text=Коды сохранены")
    page.click("#logout-form button")
    page.goto(reverse("admin:login"))
    page.fill("input[name=username]", "press")
    page.fill("input[name=password]", "secret")
    page.click("#login-form [type=submit]")
    expect(page.locator("#code-form")).to_be_visible()
    assert not faults(page)
    clock.shift(31)
    page.fill("input[name=code]", code_of(confirmed=True))
    page.keyboard.press("Enter")
    expect(page.locator("#logout-form")).to_be_attached()

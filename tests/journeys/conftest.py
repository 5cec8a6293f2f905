"""Real Chromium against a real server; every request that leaves 127.0.0.1 fails the test."""

import os
import shutil
import threading
from contextlib import suppress
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from news import pictures
from news.models import Picture
from tests.factories import UserFactory, local
from tests.servers import wait_until

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Playwright keeps an event loop in this thread; Django would take our queries for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium: apt-get install chromium fonts-dejavu")
                )


@pytest.fixture(scope="session")
def browser():
    assert CHROMIUM, "CI needs Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def in_hand():
    """The requests that the live server is answering."""
    threads = set()

    def begin(**_signal):
        threads.add(threading.get_ident())

    def end(**_signal):
        threads.discard(threading.get_ident())

    request_started.connect(begin)
    request_finished.connect(end)
    yield threads
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def open_page(browser, live_server, in_hand):
    """Open pages in a fresh browser profile; at the end nothing may have gone wrong in them.

    ``open_page(javascript=False, width=360)`` gives a Playwright page whose addresses are
    relative to the portal.
    """
    contexts, troubles = [], []

    def watch(page):
        page.on("console", lambda message: message.type == "error" and note(message.text))
        page.on("pageerror", lambda error: note(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((live_server.url, "data:", "blob:", "about:"))
                or troubles.append(f"left the site: {request.url}")
            ),
        )

        page.on(
            "response",
            lambda response: (
                response.status < 400
                or response.request.is_navigation_request()
                or troubles.append(f"{response.status}: {response.url}")
            ),
        )

    def note(text):
        # A refused form answers 400 and Chromium logs it; what a page lacks is noted above.
        if "Failed to load resource" not in text:
            troubles.append(text)

    def open_page(*, javascript=True, width=1280, height=900, locale="ru-RU", **options):
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale=locale,
            **options,
        )
        context.set_default_timeout(15_000)
        context.on("page", watch)
        contexts.append(context)
        return context.new_page()

    yield open_page
    found = list(troubles)
    for context in contexts:
        context.set_offline(True)  # a page that closes says good-bye: not to an emptied database
        context.close()
    with suppress(AssertionError):  # whoever is at it still makes the emptying fail, and loudly
        wait_until(lambda: not in_hand, seconds=5)
    assert found == []


@pytest.fixture
def sign_in(open_page):
    """A page on the admin's desk, signed in with a role, in Russian."""

    def sign_in(role, username, **options):
        UserFactory(username=username, role=role)
        page = open_page(**options)
        page.goto("/admin/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", "secret")
        page.click("#login-form [type=submit]")
        expect(page.locator("#logout-form")).to_be_attached()
        return page

    return sign_in


@pytest.fixture
def clock():
    """Noon of a November day, for the live server too; it goes on and can be moved."""
    with time_machine.travel(local(2026, 11, 20, 12), tick=True) as clock:
        yield clock


@pytest.fixture
def photograph():
    """The bytes of a JPEG, as a camera would hand them over."""
    file = BytesIO()
    Image.new("RGB", (1280, 800), "#5eafc4").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def picture(photograph, transactional_db):
    """A picture of the library with everything on disk that a browser may ask for."""
    picture = Picture(alt_kk="Дала үстіндегі таң", alt_ru="Рассвет над степью")
    pictures.store(picture, pictures.accept(SimpleUploadedFile("степь.jpg", photograph)))
    return picture


@pytest.fixture(autouse=True)
def _roles(transactional_db):
    """Transactional tests empty the tables, the groups' among them."""
    from portal import roles

    roles.synchronise()

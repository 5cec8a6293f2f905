"""A form of the admin that arrives after the session has ended."""

import re
from html import unescape

import pytest
from django.test import Client

from news.models import Article
from tests.factories import SectionFactory, UserFactory
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(press):
    """With the CSRF check on, as browsers meet it."""
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(press)
    return client


def form_of(response) -> dict[str, str]:
    """The fields that the page sends when its button is pressed."""
    form = response.text.partition('enctype="multipart/form-data"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def test_what_was_typed_comes_back_and_is_saved_after_signing_in_again(browser, press):
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(page("add")).text)[1]
    texts = {"headline_ru": "Мост «Нура»", "body_ru": "<p>Мост <b>открыт</b>.</p>"}
    form = typed(section=SectionFactory().pk, **texts) | {"csrfmiddlewaretoken": token}
    browser.session.flush()
    response = browser.post(page("add"), form)
    assert response.status_code == 403
    assert "no-store" in response["Cache-Control"]
    assert "Мост открыт." in response.text
    assert not Article.objects.exists()

    browser.force_login(press)
    browser.get(page("add"))  # in another tab: it brings another token
    browser.cookies["csrftoken"] = "x" * 32
    confirm = browser.post(page("add"), form_of(response))
    assert confirm.status_code == 403
    saved = browser.post(page("add"), form_of(confirm))
    assert saved.status_code == 302
    article = Article.objects.get()
    assert article.headline_ru == "Мост «Нура»"
    assert article.body_ru == "<p>Мост <strong>открыт</strong>.</p>"


def test_a_form_of_another_site_brings_nothing_back(press):
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    client.force_login(press)
    response = client.post(page("add"), {"csrfmiddlewaretoken": "x", "headline_ru": "Чужое"})
    assert response.status_code == 403
    assert "Чужое" not in response.text


def test_what_was_typed_is_shown_as_text_only(client):
    form = {"csrfmiddlewaretoken": "x", "headline_ru": '"><script>alert(1)</script>'}
    text = client.post(page("add"), form).text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    "form",
    [
        {"csrfmiddlewaretoken": "x"},
        {"revision": "3"},
        {"csrfmiddlewaretoken": "x", "old_password": "secret", "new_password1": "hidden"},
    ],
)
def test_forms_without_words_and_those_with_passwords_lead_to_the_sign_in(client, form):
    UserFactory()
    response = client.post("/admin/password_change/", form)
    assert response.status_code == 302
    assert "/login/" in response.url

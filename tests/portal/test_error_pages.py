"""Error pages: in the reader's language, with a way home, whatever else has failed."""

import html5lib
import pytest
from django.db import OperationalError
from django.test import Client

from portal import error_pages, logs
from portal.context_processors import TITLE_KK

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", error_pages.TEXTS)
def test_each_is_a_whole_page_in_three_languages_without_a_database(status, language):
    text = error_pages.text_of(status, language)
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(text)
    html = "{http://www.w3.org/1999/xhtml}"
    assert parser.errors == []
    assert document.get("lang") == language
    assert len(document.findall(f".//{html}h1")) == 1
    assert TITLE_KK in text
    assert all(f'href="/{code}/"' in text for code in LANGUAGES)
    titles = [
        element.text for element in document.iter() if element.tag in (f"{html}h1", f"{html}h2")
    ]
    assert len(set(titles)) == 3


def broken(*args, **kwargs):
    raise OperationalError("server closed the connection; password=secret")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("kk", "Сайт бұл бетті дәл қазір көрсете алмай тұр"),
        ("ru", "Сайт сейчас не может показать эту страницу"),
        ("en", "The site cannot show this page just now"),
    ],
)
def test_a_database_that_is_away_is_said_with_a_number_to_tell_us(monkeypatch, language, title):
    monkeypatch.setattr("portal.views.Home.get_context_data", broken)
    monkeypatch.setattr(logs, "request_id", lambda: "0123456789abcdef")
    response = Client(raise_request_exception=False).get(f"/{language}/")
    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert f'<h1 class="page-title">{title}</h1>' in text
    assert "<strong>0123456789abcdef</strong>" in text
    assert "secret" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_is_said_even_when_the_menu_cannot_be_read(monkeypatch, language):
    monkeypatch.setattr("portal.context_processors.site", broken)
    monkeypatch.setattr("django.shortcuts.loader.render_to_string", broken)
    response = Client(raise_request_exception=False).get(f"/{language}/nothing/")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()
    assert f'href="/{language}/"' in response.content.decode()

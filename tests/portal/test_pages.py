"""Addresses that belong to no app: the root, health, robots, uploads, errors."""

import pytest
from django.test import Client

from tests.factories import ArticleFactory, PictureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "accepts", "expected"),
    [
        (None, "", "/kk/"),
        (None, "de-DE", "/kk/"),
        (None, "ru-RU,ru;q=0.9", "/ru/"),
        (None, "kk-KZ", "/kk/"),
        ("en", "ru", "/en/"),
        ("xx", "ru", "/ru/"),
    ],
)
def test_the_root_leads_to_the_visitors_language(client, cookie, accepts, expected):
    if cookie:
        client.cookies["language"] = cookie
    response = client.get("/", headers={"Accept-Language": accepts})
    assert response.status_code == 302
    assert response.url == expected


@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/de/news/",
        "/kk/r/unknown/",
        "/media/../manage.py",
        "/media/x%00y",
        "/kk/%00/",
        "/kk/news/%E2%80%AE/",
    ],
)
def test_unknown_addresses_are_not_found_in_the_readers_language(client, path):
    response = client.get(path, headers={"Accept-Language": "ru"})
    assert response.status_code == 404
    assert "Traceback" not in response.content.decode()


def test_an_unknown_host_is_refused(client):
    assert client.get("/kk/", headers={"Host": "evil.example"}).status_code == 400


def test_health_and_readiness(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").content == b"ready\n"


def test_readiness_names_what_fails(client, monkeypatch):
    from django.core.cache import caches

    monkeypatch.setattr(type(caches["default"]), "set", lambda *args: 1 / 0)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready: cache\n"


def test_a_failure_is_an_honest_page_without_a_trace(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("portal.views.Home.get_context_data", fail)
    client = Client(raise_request_exception=False)
    response = client.get("/kk/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "secret detail" not in text
    assert all(f'lang="{language}"' in text for language in ("kk", "ru", "en"))


def test_uploads_are_served_so_that_nothing_in_them_runs(client):
    picture = PictureFactory()
    response = client.get(picture.file.url)
    response.close()
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_every_page_forbids_foreign_and_inline_scripts(client):
    article = ArticleFactory()
    for address in ("/kk/", article.get_absolute_url("kk"), "/kk/nothing/"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_pages_for_readers_set_no_cookie(client):
    article = ArticleFactory()
    for address in ("/kk/", "/kk/news/", article.get_absolute_url("kk")):
        assert not client.get(address).cookies


def test_pages_travel_compressed_and_pictures_as_they_are(client):
    picture = PictureFactory()
    packed = {"Accept-Encoding": "gzip"}
    assert client.get("/kk/", headers=packed)["Content-Encoding"] == "gzip"
    response = client.get(picture.file.url, headers=packed)
    response.close()
    assert not response.has_header("Content-Encoding")

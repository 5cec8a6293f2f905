"""Zoom and the version for the visually impaired: a plain form, remembered on every page."""

import pytest

from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def html_tag(client, address):
    text = client.get(address).content.decode()
    return text[text.index("<html") :].split(">", 1)[0]


def test_the_choice_stays_on_every_page(client):
    article = ArticleFactory()
    address = article.get_absolute_url("ru")
    response = client.post("/ru/preferences/", {"zoom": "200", "next": address}, **OURS)
    assert response.status_code == 303
    assert response.url == address
    for page in (address, "/kk/", "/ru/news/", "/en/nothing/"):
        assert "zoom-200" in html_tag(client, page)


def test_one_choice_leaves_the_other_alone(client):
    client.post("/kk/preferences/", {"scheme": "contrast"}, **OURS)
    client.post("/kk/preferences/", {"zoom": "200"}, **OURS)
    assert "zoom-200 scheme-contrast" in html_tag(client, "/kk/")
    client.post("/kk/preferences/", {"reset": "1"}, **OURS)
    assert "zoom-100 scheme-standard" in html_tag(client, "/kk/")


@pytest.mark.parametrize("cookie", ["", "300.standard", "200", "200.contrast.x", '"><script>'])
def test_an_unknown_choice_counts_as_none(client, cookie):
    client.cookies["comfort"] = cookie
    assert "zoom-100 scheme-standard" in html_tag(client, "/kk/")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"]
)
def test_the_form_never_leads_out(client, elsewhere):
    response = client.post("/kk/preferences/", {"zoom": "200", "next": elsewhere}, **OURS)
    assert response.status_code == 303
    assert response.url == "/kk/"


def test_other_sites_cannot_choose_for_the_reader(client):
    response = client.post("/kk/preferences/", {"zoom": "200"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert "comfort" not in response.cookies


def test_caches_are_told_that_pages_differ(client):
    assert "Cookie" in client.get("/kk/")["Vary"]

"""Zoom and the version for the visually impaired: a plain form, remembered on every page."""

import pytest
from django.test import RequestFactory

from portal import comfort
from tests.factories import ArticleFactory, PictureFactory

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


@pytest.mark.parametrize(
    ("cookie", "classes"),
    [
        ("", "zoom-100 scheme-standard"),
        ("300.standard", "zoom-100 scheme-standard"),
        ('"><script>', "zoom-100 scheme-standard"),
        ("200.contrast", "zoom-200 scheme-contrast low-vision"),  # as it was before 2027
        ("200", "zoom-200 scheme-standard"),
        ("7.night.x.wide", "zoom-100 scheme-night lines-wide low-vision"),
        ("150.blue.widest.wide.serif.grey.off.more", "zoom-150 scheme-blue letters-widest"),
        ("150..wide", "zoom-150 scheme-standard letters-wide"),
    ],
)
def test_what_is_unknown_counts_as_the_default_of_its_setting(client, cookie, classes):
    client.cookies["comfort"] = cookie
    assert f'class="{classes}' in html_tag(client, "/kk/")


def test_any_cookie_leads_to_one_of_the_known_variants():
    request = RequestFactory().get("/")
    request.COOKIES["comfort"] = "300.night.x.wide.serif.<>.off.further"
    assert comfort.of(request).key == "100.night.normal.wide.serif.on.off"
    assert comfort.Comfort().key == "100.standard.normal.normal.usual.on.on"


def test_the_default_of_a_setting_is_its_first_value():
    defaults = comfort.Comfort()
    for name, values in comfort.SETTINGS.items():
        assert getattr(defaults, name) == next(iter(values))
        assert comfort.LABELS[name]


def test_a_link_fills_the_form_in_and_changes_nothing(client):
    client.post("/kk/preferences/", {"letters": "wide"}, **OURS)
    text = client.get("/kk/preferences/?scheme=night&zoom=150&face=%3Cb%3E").content.decode()
    assert 'value="night" checked' in text
    assert 'value="150" checked' in text
    assert 'value="usual" checked' in text
    assert 'class="sample zoom-150 scheme-night letters-normal' in text  # the link says it all
    assert "?zoom=150&amp;scheme=night" in text
    assert "zoom-100 scheme-standard letters-wide" in html_tag(client, "/kk/")


def test_saving_keeps_every_setting_and_leads_back(client):
    page = "/ru/news/?page=1"
    form = client.get("/ru/preferences/", HTTP_REFERER=f"http://testserver{page}").content.decode()
    assert f'name="next" value="{page}"' in form
    wishes = {name: list(values)[-1] for name, values in comfort.SETTINGS.items()}
    assert client.post("/ru/preferences/", {**wishes, "next": page}, **OURS).url == page
    assert client.cookies["comfort"].value == ".".join(wishes.values())


@pytest.mark.parametrize(
    "referer", ["https://example.org/ru/", "http://testserver/kk/preferences/", "x"]
)
def test_the_way_back_stays_on_the_site(client, referer):
    text = client.get("/ru/preferences/", HTTP_REFERER=referer).content.decode()
    assert 'name="next" value=""' in text


def test_one_click_turns_the_low_vision_version_on_and_off(client):
    assert 'name="scheme" value="contrast"' in client.get("/ru/").content.decode()
    client.post("/ru/preferences/", {"scheme": "contrast"}, **OURS)
    client.post("/ru/preferences/", {"letters": "wide"}, **OURS)
    text = client.get("/ru/").content.decode()
    assert 'name="scheme"' not in text
    assert 'name="reset"' in text
    client.post("/ru/preferences/", {"reset": "1"}, **OURS)
    assert html_tag(client, "/ru/").endswith('class="zoom-100 scheme-standard"')


def test_without_pictures_none_is_loaded_and_each_is_described(client):
    article = ArticleFactory(main_picture=PictureFactory(weight=50_000))
    client.cookies["comfort"] = comfort.Comfort(pictures="off").key
    for page in ("/ru/", "/ru/news/", article.get_absolute_url("ru")):
        text = client.get(page).content.decode()
        assert "<img" not in text
        assert "<picture" not in text
        assert "Рассвет над степью" in text
        assert f'href="{article.main_picture.src}"' in text
        assert "48,8" in text  # kilobytes


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

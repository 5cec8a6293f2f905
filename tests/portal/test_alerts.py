"""Banners on every page: by the clock, by gravity, in the reader's language, closed by a form."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from news.models import Alert
from tests.factories import ArticleFactory, local

pytestmark = pytest.mark.django_db
NOW = local(2026, 3, 15, 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def reader():
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def make(level="announcement", hours=(-1, 1), **fields):
    return Alert.objects.create(
        level=level,
        starts_at=NOW + timedelta(hours=hours[0]),
        ends_at=NOW + timedelta(hours=hours[1]),
        **{"text_kk": f"Назар аударыңыз {level}", "text_ru": f"Внимание {level}"} | fields,
    )


def alerts_on(client, address="/ru/"):
    text = client.get(address).content.decode()
    return re.findall(r'class="alert alert--(\w+)" role="(\w+)"', text)


def test_the_gravest_stands_first_and_is_an_alert():
    for level in ("announcement", "minor", "mourning", "major"):
        make(level)
    assert alerts_on(Client()) == [
        ("major", "alert"),
        ("mourning", "status"),
        ("minor", "status"),
        ("announcement", "status"),
    ]


def test_an_alert_is_shown_from_its_moment_to_its_moment(client, clock):
    alert = make(hours=(1, 2))
    for moment, shown in ((59, False), (1, True), (59, True), (1, False)):
        clock.shift(timedelta(minutes=moment))
        assert bool(alerts_on(client)) is shown
        assert alert.is_in_force is shown


def test_every_page_shows_it_errors_too(client):
    make("major")
    article = ArticleFactory()
    address = article.get_absolute_url("ru")
    for path in ("/ru/", "/ru/news/", address, address + "comments/", "/ru/preferences/", "/ru/x/"):
        assert alerts_on(client, path) == [("major", "alert")]


def test_each_language_reads_its_own_text(client):
    make(text_kk="Су болмайды", text_ru="Воды не будет")
    assert "Су болмайды" in client.get("/kk/").content.decode()
    english = client.get("/en/").content.decode()
    assert '<span lang="ru">Воды не будет</span>' in english


def close(reader, alert, **data):
    return reader.post(f"/ru/alerts/{alert.pk}/close/", {"next": "/ru/news/?page=1"} | data)


def test_a_reader_closes_an_alert_and_stays_on_the_page(reader):
    first, other = make(), make("minor")
    response = close(reader, first)
    assert (response.status_code, response.url) == (303, "/ru/news/?page=1")
    assert alerts_on(reader) == [("minor", "status")]
    close(reader, other)
    assert alerts_on(reader) == []
    assert reader.cookies["closed_alerts"]["httponly"]


def test_an_alert_that_may_not_be_closed_stays(reader):
    alert = make("major", dismissible=False)
    assert "alert-close" not in reader.get("/ru/").content.decode()
    close(reader, alert)
    assert alerts_on(reader) == [("major", "alert")]


def test_the_cookie_keeps_only_what_is_in_force(reader, clock):
    old = make()
    close(reader, old)
    clock.shift(timedelta(hours=2))
    close(reader, make(hours=(0, 9)))
    assert str(old.pk) not in reader.cookies["closed_alerts"].value.split(".")
    reader.post("/ru/alerts/99999999999999999999/close/")
    assert "9999" not in reader.cookies["closed_alerts"].value


@pytest.mark.parametrize("value", ["x", "1,2", "1." * 40, "9" * 400, "-1", "1..2"])
def test_a_foreign_cookie_means_nothing(client, value):
    make()
    client.cookies["closed_alerts"] = value
    assert len(alerts_on(client)) == 1


def test_only_our_own_form_closes(client):
    alert = make()
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        refused = client.post(f"/ru/alerts/{alert.pk}/close/", headers=headers)
        assert refused.status_code == 403
    assert client.get(f"/ru/alerts/{alert.pk}/close/").status_code == 405
    assert len(alerts_on(client)) == 1


def test_closing_leads_nowhere_else(reader):
    assert close(reader, make(), next="https://evil.example/").url == "/ru/"


def test_closing_keeps_the_readers_list(reader):
    make()
    article = ArticleFactory().get_absolute_url("ru")
    referer = {"Referer": "http://testserver/ru/news/district/"}
    text = reader.get(article, headers=referer).content.decode()
    form = re.search(r'/close/">\s*<input type="hidden" name="next" value="([^"]+)"', text)[1]
    assert "from=%2Fru%2Fnews%2Fdistrict%2F" in form


@pytest.mark.parametrize("alerts", [1, 30])
def test_alerts_cost_one_query(client, django_assert_num_queries, alerts):
    address = reverse("preferences")
    with django_assert_num_queries(2):  # the menu's sections, the alerts
        client.get(address)
    for _number in range(alerts):
        make()
    with django_assert_num_queries(2):
        client.get(address)


# --- who warns ---


def typed(**changes):
    return {
        "level": "minor",
        "text_kk": "Су болмайды",
        "text_ru": "Воды не будет",
        "text_en": "",
        "link": "",
        "starts_at_0": "15.03.2026",
        "starts_at_1": "12:00",
        "ends_at_0": "16.03.2026",
        "ends_at_1": "12:00",
        "dismissible": "on",
    } | changes


def test_an_editor_warns(client, editor):
    client.force_login(editor)
    assert client.post(reverse("admin:news_alert_add"), typed()).status_code == 302
    alert = Alert.objects.get()
    assert (alert.text_ru, alert.is_in_force) == ("Воды не будет", True)
    assert alerts_on(client) == [("minor", "status")]


@pytest.mark.parametrize(
    "wrong", [{"text_kk": ""}, {"text_ru": ""}, {"ends_at_0": "14.03.2026"}, {"level": "x"}]
)
def test_an_alert_needs_both_languages_and_an_end_after_its_start(client, editor, wrong):
    client.force_login(editor)
    assert client.post(reverse("admin:news_alert_add"), typed(**wrong)).status_code == 200
    assert not Alert.objects.exists()


def test_a_press_officer_does_not_warn(client, press):
    client.force_login(press)
    assert client.post(reverse("admin:news_alert_add"), typed()).status_code == 403

"""«Вернуться к списку новостей» finds the reader's list again, whatever was done in between."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from news import lists
from tests.factories import ArticleFactory, CommentFactory, local

pytestmark = pytest.mark.django_db
LISTS = [
    "/ru/",
    "/ru/news/",
    "/ru/news/?page=2",
    "/ru/news/district/?page=2",
    "/ru/news/2018/",
    "/ru/news/2018/10/",
    "/ru/news/2018/10/30/",
    "/ru/search/?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&page=2",
]


@pytest.fixture
def article():
    return ArticleFactory(published_at=local(2018, 10, 30))


@pytest.fixture
def reader():
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def read(client, address, came_from):
    return client.get(address, headers={"Referer": f"http://testserver{came_from}"})


def text_of(response):
    return unescape(response.content.decode())


def link(response, pattern):
    return re.search(pattern, text_of(response), re.DOTALL)[1]


def back(response):
    return link(response, r'class="back-link"><a href="([^"]+)"')


@pytest.mark.parametrize("came_from", LISTS)
def test_the_list_is_known_from_where_the_link_was_followed(client, article, came_from):
    assert back(read(client, article.get_absolute_url("ru"), came_from)) == came_from


@pytest.mark.parametrize("came_from", LISTS)
def test_zooming_keeps_the_list(reader, article, came_from):
    page = read(reader, article.get_absolute_url("ru"), came_from)
    target = link(page, r'name="next" value="([^"]+)"')
    zoomed = reader.post("/ru/preferences/", {"zoom": "200", "next": target})
    assert zoomed.status_code == 303
    assert back(reader.get(zoomed.url)) == came_from


@pytest.mark.parametrize("came_from", LISTS)
def test_commenting_keeps_the_list(reader, article, came_from):
    page = read(reader, article.get_absolute_url("ru"), came_from)
    form = reader.get(link(page, r'class="comments__add"><a class="button" href="([^"]+)"'))
    assert form.status_code == 200
    key = link(form, r'name="submission_key" value="([^"]+)"')
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):  # spent on writing
        sent = reader.post(
            link(form, r'class="form comment-form" method="post" action="([^"]+)"'),
            {"name": "Айгүл", "text": "Жақсы жаңалық!", "website": "", "submission_key": key},
        )
    assert sent.status_code == 303, text_of(sent)
    receipt = reader.get(sent.url)
    assert back(reader.get(back(receipt))) == came_from
    Comment.objects.update(status="approved")
    published = reader.get(sent.url)
    below = link(published, r'<p><a href="([^"]+#comment-[0-9]+)"')
    assert back(reader.get(below)) == came_from


def test_a_refused_comment_keeps_the_list(reader, article):
    page = read(reader, article.get_absolute_url("ru"), "/ru/news/?page=2")
    address = link(page, r'class="comments__add"><a class="button" href="([^"]+)"')
    again = reader.post(address, {"name": "", "text": ""})
    assert again.status_code == 400
    assert link(again, r'class="form comment-form" method="post" action="([^"]+)"') == address


def test_pages_of_comments_keep_the_list(client, article):
    CommentFactory.create_batch(101, article=article, status="approved")
    page = read(client, article.get_absolute_url("ru"), "/ru/news/?page=2")
    address = link(page, r'<a href="([^"]+)" rel="next">')
    assert urlsplit(address).fragment == "comments"
    assert back(client.get(article.get_absolute_url("ru") + address)) == "/ru/news/?page=2"


def test_another_language_returns_to_that_languages_list(client, article):
    page = read(client, article.get_absolute_url("ru"), "/ru/news/district/?page=2")
    kazakh = link(page, r'href="(/kk/news/2018[^"]+)" lang="kk"')
    assert back(client.get(kazakh)) == "/kk/news/district/?page=2"


def test_turning_the_calendar_keeps_the_list(client, article):
    ArticleFactory(published_at=local(2018, 3, 8))
    page = read(client, article.get_absolute_url("ru"), "/ru/news/?page=2")
    turned = link(page, r'class="calendar-previous"><a href="([^"]+)"')
    assert back(client.get(article.get_absolute_url("ru") + turned)) == "/ru/news/?page=2"


def test_an_old_address_keeps_the_list_on_its_way_to_the_right_one(client, article):
    for end in ("", "comments/"):
        old = client.get(f"/ru/news/2018/10/30/{article.pk}-old/{end}?from=/ru/news/%3Fpage%3D2")
        assert old.status_code == 301
        assert parse_qs(urlsplit(old.url).query) == {"from": ["/ru/news/?page=2"]}


@pytest.mark.parametrize(
    "foreign",
    ["//evil.example/ru/news/", "https://evil.example/ru/news/", "/admin/", "javascript:alert(1)"],
)
def test_nobody_is_led_elsewhere(client, article, foreign):
    address = article.get_absolute_url("ru")
    assert back(client.get(address, {"from": foreign})) == "/ru/news/"
    assert back(client.get(address + "comments/", {"from": foreign})) == address


def test_a_list_named_already_stays():
    assert lists.keeping("/ru/news/", "/a/?from=%2Fru%2F") == "/a/?from=%2Fru%2F"
    assert lists.keeping("", "/a/") == "/a/"
    assert lists.keeping("/ru/", "/a/?b=1#c") == "/a/?b=1&from=%2Fru%2F#c"

"""A video is a link under a still picture: nothing of another site is loaded into our pages."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news import video
from tests.factories import ArticleFactory, PictureFactory
from tests.news.officers import page, typed

ADDRESS = "https://www.youtube.com/watch?v=abc123"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [ADDRESS, "https://youtu.be/abc123", "https://m.youtube.com/watch?v=1", "https://vimeo.com/1"],
)
def test_known_places_are_accepted(address):
    video.validate_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.youtube.com/watch?v=1",
        "https://example.org/watch?v=1",
        "https://youtube.com.example.org/",
        "https://example.org/youtube.com",
        "https://youtube.com@example.org/",
        "https://user:word@youtube.com/",
        "https://youtube.com:8443/",
        "javascript:alert(1)//youtube.com",
        "//youtube.com/watch",
        "https://",
        "https://[youtube.com",
        "youtube.com/watch?v=1",
    ],
)
def test_any_other_address_is_refused(address):
    with pytest.raises(ValidationError):
        video.validate_address(address)


@pytest.mark.parametrize(
    ("address", "site"),
    [(ADDRESS, "youtube.com"), ("https://youtu.be/a", "youtube.com"),
     ("https://m.youtube.com/a", "youtube.com"), ("https://vimeo.com/1", "vimeo.com")],
)  # fmt: skip
def test_the_place_is_called_what_readers_call_it(address, site):
    assert video.site_of(address) == site


def test_the_page_shows_the_main_picture_and_a_plain_link(client):
    picture = PictureFactory()
    article = ArticleFactory(video_url=ADDRESS, main_picture=picture)
    text = client.get(article.get_absolute_url("ru")).text
    figure = text.partition('class="figure video"')[2].partition("</figure>")[0]
    assert f'href="{ADDRESS}" rel="noopener noreferrer"' in figure
    assert "Видео: открыть на youtube.com" in figure
    assert picture.src in figure
    assert text.count("<picture>") == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_without_a_picture_the_headline_is_drawn(client, language):
    article = ArticleFactory(video_url=ADDRESS)
    text = client.get(article.get_absolute_url(language)).text
    figure = text.partition('class="figure video"')[2].partition("</figure>")[0]
    still = re.search(r'src="http://testserver([^"?]+)', figure)[1]
    assert client.get(still)["Content-Type"] == "image/png"


def test_what_is_not_public_has_no_drawn_picture_but_the_link(client, editor):
    article = ArticleFactory(video_url=ADDRESS, published_at=timezone.now() + timedelta(days=1))
    client.force_login(editor)
    text = client.get(page("preview", article, "ru")).text
    assert "Видео: открыть на youtube.com" in text
    assert "/share/" not in text.partition("<main")[2]


def test_nothing_of_the_other_site_is_loaded(client):
    article = ArticleFactory(video_url=ADDRESS, main_picture=PictureFactory())
    response = client.get(article.get_absolute_url("ru"))
    assert not re.findall(r'(?:src|srcset|data)="[^"]*youtu', response.text)
    assert "<iframe" not in response.text
    assert "youtu" not in response["Content-Security-Policy"]


def test_the_press_office_is_told_where_a_video_may_lie(client, press):
    article = ArticleFactory(draft=True)
    client.force_login(press)
    refused = client.post(
        page("change", article), typed(article, video_url="https://example.org/v")
    )
    assert refused.context["adminform"].form.errors.keys() == {"video_url"}
    client.post(page("change", article), typed(article, video_url=ADDRESS))
    article.refresh_from_db()
    assert article.video_url == ADDRESS

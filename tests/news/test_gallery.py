"""The pictures of an article: under its text, and each on a page of its own."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import gallery
from news.models import Article, ArticlePicture
from tests.factories import ArticleFactory, PictureFactory, local

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def with_gallery(pictures: int = 3, **fields) -> Article:
    article = ArticleFactory(**fields)
    for number in range(1, pictures + 1):
        picture = PictureFactory(alt_kk=f"Сурет {number}", alt_ru=f"Снимок {number}")
        ArticlePicture.objects.create(article=article, picture=picture, position=-number % 100)
    return article


def test_the_gallery_stands_under_the_text_in_its_order_without_scripts(client):
    article = with_gallery()
    text = client.get(article.get_absolute_url("ru")).text
    positions = [
        text.index(words)
        for words in (
            "На торжественное",
            'class="gallery"',
            'alt="Снимок 3"',
            'alt="Снимок 2"',
            'alt="Снимок 1"',
        )
    ]
    assert positions == sorted(positions)
    assert f'href="{gallery.address(article, 2, "ru")}"' in text
    assert "<script" not in text.partition('class="gallery"')[2].partition("</section>")[0]


def test_each_picture_has_a_page_with_its_neighbours(client):
    article = with_gallery(published_at=local(2018, 10, 30))
    response = client.get(gallery.address(article, 2, "ru"))
    text = response.text
    assert (
        f"/ru/news/2018/10/30/{article.address_name('ru')}/pictures/2/"
        in response.request["PATH_INFO"]
    )
    assert 'alt="Снимок 2"' in text
    assert f'href="{gallery.address(article, 1, "ru")}" rel="prev"' in text
    assert f'href="{gallery.address(article, 3, "ru")}" rel="next"' in text
    assert f'href="{article.get_absolute_url("ru")}"' in text
    assert (
        f'<link rel="canonical" href="http://testserver{article.get_absolute_url("ru")}">' in text
    )
    assert text.count("<h1") == 1
    assert f'href="{gallery.address(article, 2, "kk")}"' in text  # the language switch


def test_the_first_and_the_last_have_one_neighbour(client):
    article = with_gallery()
    assert 'rel="prev"' not in client.get(gallery.address(article, 1, "kk")).text
    assert 'rel="next"' not in client.get(gallery.address(article, 3, "kk")).text


@pytest.mark.parametrize("number", ["0", "4", "9" * 40])
def test_there_is_no_page_beyond_the_gallery(client, number):
    article = with_gallery()
    address = gallery.address(article, 1, "kk").replace("/pictures/1/", f"/pictures/{number}/")
    assert client.get(address).status_code == 404


def test_the_id_decides_and_the_rest_is_put_right(client):
    article = with_gallery(published_at=local(2018, 10, 30))
    response = client.get(f"/ru/news/2011/01/01/{article.pk}-old/pictures/1/")
    assert response.status_code == 301
    assert response.url == gallery.address(article, 1, "ru")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "draft"}, 404),
        ({"status": "in_review"}, 404),
        ({"status": "removed"}, 404),
        ({"published_at": timezone.now() + timedelta(days=1)}, 404),
        ({"status": "withdrawn", "withdrawn_at": timezone.now()}, 200),
    ],
)
def test_only_what_the_public_may_read_has_pictures(client, change, status):
    article = with_gallery(published_at=local(2018, 10, 30))
    address = gallery.address(article, 1, "kk")
    Article.objects.update(**change)
    assert client.get(address).status_code == status


def test_a_picture_stands_in_a_gallery_once():
    article = with_gallery(1)
    twice = ArticlePicture(article=article, picture=article.gallery.get().picture)
    with pytest.raises(ValidationError, match="галерея"):
        twice.full_clean()


def test_a_preview_shows_the_gallery_and_links_to_no_page(client, editor):
    article = with_gallery(status="draft", published_at=None)
    client.force_login(editor)
    text = client.get(f"/admin/news/article/{article.pk}/preview/kk/").text
    assert 'alt="Сурет 2"' in text
    assert "/pictures/" not in text.partition('class="gallery"')[2].partition("</section>")[
        0
    ].replace("/media/pictures/", "")


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_an_article_costs_the_same_however_many_pictures(client):
    bare, rich = ArticleFactory(), with_gallery(9)
    images = "".join(f'<img data-picture="{item.picture_id}">' for item in rich.gallery.all())
    Article.objects.filter(pk=rich.pk).update(body_kk=f"<p>Мәтін</p>{images}")
    client.get(bare.get_absolute_url("kk"))
    without = cost(client, bare.get_absolute_url("kk"))
    assert cost(client, rich.get_absolute_url("kk")) == without + 2  # those within the text
    assert cost(client, gallery.address(rich, 1, "kk")) <= 4

"""Pictures within the text: a number of the library in the database, a figure on the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article
from news.richtext import clean_html
from portal import checks
from tests.factories import ArticleFactory, PictureFactory
from tests.news.officers import page, typed


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<p>a<img data-picture="12" src="/x" alt="y" onerror="z()">b</p>', '<p>ab</p><12>'),
        ('<p><img data-picture="12"></p>', "<12>"),
        ('<p><strong><img data-picture="12">&nbsp;</strong></p><p>a</p>', "<12><p>a</p>"),
        ('<p><a href="/x"><img data-picture="12"></a></p>', "<12>"),
        ('<ul><li>a<img data-picture="12"></li></ul><p>b</p>', "<ul><li>a</li></ul><12><p>b</p>"),
        ('<img data-picture="12"><img data-picture="13">', "<12><13>"),
        ('<p>x<br><img data-picture="12"></p>', "<p>x<br></p><12>"),
    ],
)  # fmt: skip
def test_a_picture_stands_between_blocks_and_keeps_its_number_only(written, kept):
    for number in (12, 13):
        kept = kept.replace(f"<{number}>", f'<img data-picture="{number}">')
    assert clean_html(written) == kept
    assert clean_html(kept) == kept


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://example.org/a.png">',
        '<img src="/media/pictures/a.jpg" srcset="x">',
        '<img data-picture="0" src="/x">',
        '<img data-picture="-1">',
        '<img data-picture="1e3">',
        '<img data-picture="12 onerror=x">',
        '<img data-picture="١٢">',
        f'<img data-picture="{"9" * 30}">',
        '<img data-picture="">',
        '<img data-pictures="12">',
        '<picture><source srcset="x"></picture>',
    ],
)
def test_any_other_picture_stays_forbidden(picture):
    assert clean_html(f"<p>Мәтін</p>{picture}") == "<p>Мәтін</p>"


def test_a_text_that_speaks_of_markup_gets_no_picture():
    written = '<p>&lt;img data-picture="12"&gt;</p>'
    assert clean_html(written) == written


@pytest.mark.django_db
def test_the_page_shows_it_like_the_main_picture_in_its_own_language(client):
    picture = PictureFactory(caption_ru="У Нуры", recipe=1)
    body = f'<p>Бір</p><img data-picture="{picture.pk}"><p>Екі</p>'
    article = ArticleFactory(body_kk=body, body_ru=body)
    text = client.get(article.get_absolute_url("ru")).text
    prose = text.partition('<div class="prose">')[2].partition("</article>")[0]
    order = ["Бір", "<figure", "image/avif", 'alt="Рассвет над степью"', "У Нуры", "Екі"]
    positions = [prose.index(words) for words in order]
    assert positions == sorted(positions)
    assert "data-picture" not in text
    assert 'alt="Дала үстіндегі таң"' in client.get(article.get_absolute_url("kk")).text


@pytest.mark.django_db
def test_a_picture_that_is_gone_leaves_no_trace(client):
    article = ArticleFactory(body_kk='<p>Бір</p><img data-picture="999999"><p>Екі</p>')
    text = client.get(article.get_absolute_url("kk")).text
    prose = text.partition('<div class="prose">')[2].partition("</article>")[0]
    assert "data-picture" not in text
    assert "<figure" not in prose
    assert "<p>Екі</p>" in prose


@pytest.mark.django_db
def test_all_pictures_of_a_text_cost_one_query(client):
    def cost(article):
        address = article.get_absolute_url("kk")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    images = "".join(f'<img data-picture="{PictureFactory().pk}">' for _ in range(7))
    none = cost(ArticleFactory())
    assert cost(ArticleFactory(body_kk=f"<p>Мәтін</p>{images}")) == none + 1


@pytest.mark.django_db
def test_feeds_carry_it_as_a_plain_picture_under_a_full_address(client):
    picture = PictureFactory()
    ArticleFactory(body_kk=f'<p>Бір</p><img data-picture="{picture.pk}">')
    text = client.get("/kk/news/feed/").text
    assert f"img src=&quot;http://testserver{picture.src}&quot;" in text or (
        f'img src="http://testserver{picture.src}"' in text
    )
    assert "data-picture" not in text


@pytest.mark.django_db
def test_saving_in_the_admin_keeps_it_and_whoever_may_only_read_sees_it(client, press):
    picture = PictureFactory()
    article = ArticleFactory(draft=True)
    client.force_login(press)
    body = f'<p>Бір</p><p><img data-picture="{picture.pk}" src="/x"></p>'
    client.post(page("change", article), typed(article, body_kk=body))
    article.refresh_from_db()
    assert article.body_kk == f'<p>Бір</p><img data-picture="{picture.pk}">'
    Article.objects.update(status="published", published_at=article.updated_at)
    assert f'<img src="{picture.src}"' in client.get(page("change", article)).text


def test_toolbar_plugins_and_allow_list_must_agree(settings):
    def found():
        return {error.id for error in checks.the_editor_stays_hardened()}

    assert not found()
    news = settings.CKEDITOR_CONFIGS["news"]
    settings.CKEDITOR_CONFIGS = {"news": news | {"extraPlugins": ""}}
    assert found() == {"portal.E014"}
    settings.CKEDITOR_CONFIGS = {"news": news | {"extraPlugins": "librarypicture,uploadimage"}}
    assert found() == {"portal.E013"}

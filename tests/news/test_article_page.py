"""An article under its address, in the languages it has, in the states it goes through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, CommentFactory, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(
        headline_kk="Бұқар жырау ауданының әкімі",
        headline_ru="Новости района",
        published_at=local(2018, 10, 30),
    )


def test_each_language_has_its_own_address(article):
    assert (
        article.get_absolute_url("kk")
        == f"/kk/news/2018/10/30/{article.pk}-bukar-zhyrau-audanynyn-akimi/"
    )
    assert article.get_absolute_url("ru") == f"/ru/news/2018/10/30/{article.pk}-novosti-rayona/"


@pytest.mark.parametrize(
    "wrong",
    ["2018/10/30/{id}/", "2018/10/30/{id}-old-words/", "2017/01/02/{id}-novosti-rayona/",
     "2018/13/40/{id}-novosti-rayona/"],
)  # fmt: skip
def test_any_other_date_or_slug_moves_to_the_right_one(client, article, wrong):
    response = client.get(f"/ru/news/{wrong.format(id=article.pk)}?calendar=2018-10")
    assert response.status_code == 301
    assert response.url == article.get_absolute_url("ru") + "?calendar=2018-10"


@pytest.mark.parametrize("number", ["999999", "0", "9" * 18])
def test_an_unknown_number_is_not_found(client, db, number):
    assert client.get(f"/kk/news/2018/10/30/{number}-x/").status_code == 404


@pytest.mark.parametrize("path", ["", "news/", "news/2018/10/30/"])
def test_the_countrys_code_moves_to_the_languages(client, article, path):
    response = client.get(f"/kz/{path}?page=1")
    assert response.status_code == 301
    assert response.url == f"/kk/{path}?page=1"


def test_a_page_in_a_language_without_text_says_so(client):
    article = ArticleFactory(only_ru=True, published_at=local(2018, 10, 30))
    response = client.get(article.get_absolute_url("kk"))
    text = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="kk"' in text
    assert article.headline_ru in text
    assert (
        f'<link rel="canonical" href="http://testserver{article.get_absolute_url("ru")}">' in text
    )
    assert 'content="noindex' in text
    assert 'lang="ru"' in text.split("<h1", 1)[1].split(">", 1)[0] or 'lang="ru"' in text
    assert "Русский" in text


def test_a_withdrawn_article_stays_readable_under_a_notice_and_leaves_the_lists(client):
    article = ArticleFactory(withdrawn=True, published_at=local(2018, 10, 30))
    text = client.get(article.get_absolute_url("ru")).content.decode()
    assert "Данные уточняются." in text
    assert article.headline_ru in text
    assert article.headline_ru not in client.get("/ru/news/").content.decode()


def test_a_removed_article_says_that_it_is_gone(client, article):
    address = article.get_absolute_url("ru")
    Article.objects.update(status=Article.Status.REMOVED)
    response = client.get(address)
    assert response.status_code == 410
    assert "На торжественное открытие" not in response.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.IN_REVIEW},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_is_not_found(client, article, change):
    address = article.get_absolute_url("ru")
    Article.objects.update(**change)
    for path in (address, address + "comments/"):
        assert client.get(path).status_code == 404


def test_the_switch_leads_to_the_same_article(client, article):
    text = client.get(article.get_absolute_url("ru")).content.decode()
    assert f'href="{article.get_absolute_url("kk")}"' in text


def test_the_order_of_the_page(client, article):
    """interfaces.md, "The article page, top to bottom"."""
    CommentFactory(article=article, status="approved", text="Рахмет за школу")
    text = client.get(article.get_absolute_url("ru")).content.decode().partition("<body")[2]
    positions = [
        text.index(landmark)
        for landmark in (
            'value="200"',
            "Бұқар Жырау ауданы әкімдігінің ақпараттық порталы</",
            'id="calendar"',
            "<h1",
            "На торжественное открытие",
            "Г.Абилкасымова",
            "Комментарии (1):",
            "Рахмет за школу",
            "Добавить комментарий",
            "Вернуться к списку новостей",
            "© 2015",
        )
    ]
    assert positions == sorted(positions)


def test_back_leads_to_the_list_the_reader_came_from(client, article):
    address = article.get_absolute_url("ru")
    came = "http://testserver/ru/news/district/?page=3"
    text = client.get(address, headers={"Referer": came}).content.decode()
    assert 'href="/ru/news/district/?page=3"' in text
    turned = client.get(address, {"calendar": "2018-09", "from": "/ru/news/district/?page=3"})
    assert 'href="/ru/news/district/?page=3"' in turned.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/ru/news/", "http://testserver/admin/", "http://testserver//example.org/"],
)
def test_back_never_leads_out(client, article, elsewhere):
    address = article.get_absolute_url("ru")
    for request in ({"headers": {"Referer": elsewhere}}, {"data": {"from": elsewhere}}):
        text = client.get(address, **request).content.decode()
        back = text.index("Вернуться к списку новостей")
        assert 'href="/ru/news/"' in text[back - 300 : back]


def test_a_wide_table_scrolls_inside_itself(client, article):
    Article.objects.update(body_ru="<p>Бюджет</p><table><tbody><tr><td>1</td></tr></tbody></table>")
    text = client.get(article.get_absolute_url("ru")).content.decode()
    assert (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Таблица"><table>' in text
    )

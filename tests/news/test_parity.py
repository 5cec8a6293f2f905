"""The public page that says how much of the news is in Kazakh, and how soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Translation
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def shares(client):
    (_title, month), (_title, year) = client.get("/ru/languages/").context["periods"]
    return [{share.language: share for share in period} for period in (month, year)]


def known(article, **moments):
    for language, moment in moments.items():
        Translation.objects.create(
            article=article, language=language, source_language="ru", complete_at=moment
        )


def test_it_counts_what_is_public_in_each_language(client):
    ArticleFactory()
    ArticleFactory(only_ru=True)
    ArticleFactory(draft=True)
    ArticleFactory(published_at=timezone.now() + timedelta(days=1))
    ArticleFactory(english=True, published_at=timezone.now() - timedelta(days=100))
    ArticleFactory(published_at=timezone.now() - timedelta(days=800))
    month, year = shares(client)
    assert [(month[code].count, month[code].total) for code in ("kk", "ru", "en")] == [
        (1, 2), (2, 2), (0, 2),
    ]  # fmt: skip
    assert [(year[code].count, year[code].total) for code in ("kk", "ru", "en")] == [
        (2, 3), (3, 3), (1, 3),
    ]  # fmt: skip
    assert month["kk"].percent == 50


def test_it_says_how_soon_the_kazakh_text_was_there(client):
    hour = timedelta(hours=1)
    at_once, later, _unknown = ArticleFactory.create_batch(3)
    known(at_once, kk=at_once.published_at - hour, ru=at_once.published_at)
    known(later, kk=later.published_at + 2 * hour)
    month, _year = shares(client)
    assert (month["kk"].soon, month["kk"].timed) == (1, 2)
    assert month["kk"].percent_soon == 50
    text = client.get("/kk/languages/").text
    assert "50 % (" in text


def test_it_says_so_where_there_is_no_news(client):
    for language in ("kk", "ru", "en"):
        response = client.get(f"/{language}/languages/")
        assert response.status_code == 200
        assert "0 %" not in response.text


def test_it_costs_the_same_however_much_news(client, django_assert_num_queries):
    client.get("/ru/languages/")
    ArticleFactory()
    with django_assert_num_queries(6):
        client.get("/ru/languages/")
    ArticleFactory.create_batch(10)
    with django_assert_num_queries(6):
        client.get("/ru/languages/")

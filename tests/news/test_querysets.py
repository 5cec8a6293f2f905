"""What is public, in which language, and when."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article
from news.periods import Period
from tests.factories import ArticleFactory, local

pytestmark = pytest.mark.django_db


def test_the_clock_publishes_to_the_second():
    moment = local(2026, 3, 1, 12, 0)
    article = ArticleFactory(published_at=moment)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert not Article.objects.published().exists()
        assert not article.is_published
        assert article.is_scheduled
    with time_machine.travel(moment, tick=False):
        assert Article.objects.published().get() == article
        assert article.is_published


@pytest.mark.parametrize("status", Article.Status.values)
def test_one_article_and_the_queryset_agree_on_public(status):
    article = ArticleFactory(status=status, withdrawn_at=timezone.now())
    assert article.is_published == Article.objects.published().filter(pk=article.pk).exists()


def test_available_where_headline_and_text_exist():
    article = ArticleFactory(only_ru=True, headline_en="Only a headline")
    assert article.languages == ["ru"]
    assert not Article.objects.in_language("kk").exists()
    assert Article.objects.in_language("ru").get() == article


def test_a_day_begins_at_the_districts_midnight():
    ArticleFactory(published_at=local(2026, 5, 9, 0, 0))
    ArticleFactory(published_at=local(2026, 5, 9, 23, 59))
    ArticleFactory(published_at=local(2026, 5, 10, 0, 0))
    assert Article.objects.within(Period.of_day(2026, 5, 9)).count() == 2
    assert Article.objects.all().per_day() == {date(2026, 5, 9): 2, date(2026, 5, 10): 1}
    assert Article.objects.all().per_month() == {date(2026, 5, 1): 3}


def test_the_zone_change_of_2024_moves_no_day():
    """Almaty left UTC+6 for UTC+5 on 1 March 2024."""
    ArticleFactory(published_at=local(2024, 2, 29, 23, 59))
    ArticleFactory(published_at=local(2024, 3, 1, 0, 0))
    assert set(Article.objects.all().per_day()) == {date(2024, 2, 29), date(2024, 3, 1)}


def test_a_month_is_read_with_its_neighbours():
    for moment in (
        local(2018, 3, 2),
        local(2018, 10, 30),
        local(2018, 10, 30, 15),
        local(2020, 1, 5),
    ):
        ArticleFactory(published_at=moment)
    ArticleFactory(published_at=local(2017, 1, 1))
    days = Article.objects.around(Period.of_month(2018, 10), "kk").per_day()
    assert days == {date(2018, 3, 2): 1, date(2018, 10, 30): 2, date(2020, 1, 5): 1}


def test_the_database_refuses_public_articles_without_text_or_moment():
    for wrong in (
        {"published_at": None, "updated_at": timezone.now()},
        {"body_kk": "", "body_ru": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ArticleFactory(**wrong)

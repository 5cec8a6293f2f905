"""Long lists: each page holds what plain slicing would, and costs the same however deep."""

import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from news import list_counts
from news.listed import Listing
from news.models import Article
from news.pagination import StretchPaginator
from tests.factories import ArticleFactory, SectionFactory, local

pytestmark = pytest.mark.django_db


def write(moments, **fields):
    section = fields.pop("section", None) or SectionFactory()
    texts = {"headline_kk": "Жаңалық", "body_kk": "<p>.</p>"} | fields
    return Article.objects.bulk_create(
        Article(section=section, status="published", published_at=moment, **texts)
        for moment in moments
    )


def newest():
    return Article.objects.published().in_language("kk").newest_first()


def pages(per_page, stretches=None):
    stretches = list_counts.stretches("kk") if stretches is None else stretches
    paginator = StretchPaginator(Listing("kk"), per_page, stretches)
    return [[article.pk for article in paginator.page(number)] for number in paginator.page_range]


def sliced(per_page):
    keys = [article.pk for article in newest()]
    return [keys[start : start + per_page] for start in range(0, len(keys), per_page)] or [[]]


@pytest.mark.parametrize("seed", range(12))
def test_pages_are_what_plain_slicing_gives(seed):
    dice = random.Random(seed)
    spread = dice.choice([40, 400, 4000])
    write(
        local(2018, 1, 1) + timedelta(days=dice.randrange(spread), hours=dice.randrange(24))
        for _ in range(dice.randrange(1, 90))
    )
    for per_page in (1, 3, 7, 20):
        assert pages(per_page) == sliced(per_page)


def test_articles_of_the_same_moment_keep_their_order_across_pages():
    write([local(2018, 10, 30)] * 9)
    assert pages(4) == sliced(4)


def test_a_month_begins_at_midnight_in_utc_on_both_sides_of_the_cut():
    write(local(2018, 11, 1, hour) for hour in range(10))
    assert pages(3) == sliced(3)


def test_an_empty_list_has_one_empty_page():
    assert pages(5) == [[]]


@pytest.mark.parametrize("seed", range(12))
def test_stale_counts_neither_repeat_nor_lose_an_article(seed):
    dice = random.Random(seed)
    moments = [local(2018, 1, 1) + timedelta(days=dice.randrange(300)) for _ in range(60)]
    made = write(moments)
    stale = list_counts.stretches("kk")
    Article.objects.filter(pk__in=[a.pk for a in dice.sample(made, 6)]).update(
        status="withdrawn", withdrawn_at=timezone.now()
    )
    write(local(2018, 1, 1) + timedelta(days=dice.randrange(-40, 340)) for _ in range(6))
    paginator = StretchPaginator(Listing("kk"), 14, stale)
    seen = [article.pk for number in paginator.page_range for article in paginator.page(number)]
    assert seen == [article.pk for article in newest()]


def test_a_new_article_leads_the_list_at_once(client):
    write([local(2018, 10, 30)] * 30)
    client.get("/kk/news/")
    fresh = ArticleFactory()
    assert client.get("/kk/news/").context["articles"][0] == fresh


def test_the_first_article_of_all_is_listed_at_once(client):
    assert client.get("/kk/news/").context["articles"] == []
    fresh = ArticleFactory()
    assert client.get("/kk/news/").context["articles"] == [fresh]


def test_a_last_page_that_has_emptied_is_not_found(client, settings):
    made = write([local(2018, 10, 30 - day) for day in range(21)])
    assert client.get("/kk/news/?page=2").status_code == 200
    Article.objects.filter(pk=made[-1].pk).update(status="removed")
    assert client.get("/kk/news/?page=2").status_code == 404
    assert client.get("/kk/news/?page=1").status_code == 200
    cache.clear()
    assert client.get("/kk/news/").context["paginator"].num_pages == 1


def test_each_section_has_pages_of_its_own(client):
    write([local(2018, 10, 30)] * 21)
    economy = SectionFactory(slug="economy", title_kk="Экономика")
    write([local(2018, 10, 29)] * 3, section=economy)
    assert client.get("/kk/news/").context["paginator"].count == 24
    assert client.get("/kk/news/economy/").context["paginator"].count == 3
    assert client.get("/kk/news/economy/?page=2").status_code == 404


@pytest.fixture
def ten_years():
    """A hundred pages: enough for a deep one, light enough for a test."""
    write(local(2015, 1, 1) + timedelta(hours=43 * number) for number in range(2000))


@pytest.mark.parametrize("path", ["/kk/news/", "/kk/news/district/"])
@pytest.mark.parametrize("page", [1, 2, 50, 100])
def test_a_deep_page_costs_what_the_first_one_does(
    client, django_assert_max_num_queries, ten_years, path, page
):
    client.get("/kk/news/")  # counts
    with django_assert_max_num_queries(7) as queries:
        response = client.get(path, {"page": page})
    assert len(response.context["articles"]) == 20
    skipped = [
        int(q["sql"].split(" OFFSET ")[1].split()[0]) for q in queries if " OFFSET " in q["sql"]
    ]
    assert all(offset < 31 for offset in skipped)
    assert not any(
        "COUNT" in q["sql"] and "BETWEEN" not in q["sql"] and "day" not in q["sql"] for q in queries
    )


def test_a_list_that_lacks_the_pages_language_does_not_count_the_rest_each_time(
    client, django_assert_max_num_queries, ten_years
):
    assert 'href="/kk/news/"' in client.get("/en/news/").content.decode()
    with django_assert_max_num_queries(4):
        client.get("/en/news/")

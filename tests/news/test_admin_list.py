from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, PictureFactory, SectionFactory
from tests.news.officers import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def found(client, **query) -> set[int]:
    response = client.get(page("changelist"), query)
    assert response.status_code == 200
    return {article.pk for article in response.context["cl"].result_list}


def test_the_list_costs_the_same_at_one_and_at_fifty_articles(as_press):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert as_press.get(page("changelist")).status_code == 200
        assert not any("body_kk" in query["sql"].split(" FROM ")[0] for query in queries)
        return len(queries)

    ArticleFactory()
    one = cost()
    ArticleFactory.create_batch(49, main_picture=PictureFactory())
    assert cost() == one
    assert one <= 12


@pytest.mark.parametrize("words", ["ӘЛЕУМЕТТІК", "әлеуметтік", "Жаңғыру әлеум", "Г.ӘБІЛ"])
def test_search_knows_no_case_in_kazakh(as_press, words):
    article = ArticleFactory(headline_kk="Әлеуметтік жаңғыру")
    ArticleFactory(headline_kk="Басқа", byline_kk="")
    assert found(as_press, q=words) == {article.pk}


@pytest.mark.parametrize("words", ["(", "[а-я", "*", "\\", "a" * 5000, "' OR 1=1 --", "\0", "ß ŉ"])
def test_search_takes_any_characters_literally(as_press, words):
    ArticleFactory()
    found(as_press, q=words)


def test_special_characters_are_found_as_written(as_press):
    article = ArticleFactory(headline_ru="Сбор 50% (июнь) [срочно]")
    ArticleFactory()
    for words in ("50%", "(июнь)", "[СРОЧНО]"):
        assert found(as_press, q=words) == {article.pk}


def test_filters_by_state_section_and_missing_language(as_press):
    draft = ArticleFactory(draft=True, only_ru=True)
    scheduled = ArticleFactory(published_at=timezone.now() + timedelta(days=1))
    other = SectionFactory(slug="culture")
    public = ArticleFactory(english=True, section=other)
    assert found(as_press, status="draft") == {draft.pk}
    assert found(as_press, status="scheduled") == {scheduled.pk}
    assert found(as_press, status="published") == {public.pk}
    assert found(as_press, kk="missing") == {draft.pk}
    assert found(as_press, en="missing") == {draft.pk, scheduled.pk}
    assert found(as_press, section__id__exact=other.pk) == {public.pk}


def test_filters_by_how_each_language_stands(as_press):
    old = ArticleFactory(english=True, outdated_kk=True)
    fresh = ArticleFactory(english=True)
    bare = ArticleFactory()
    assert found(as_press, kk="outdated") == {old.pk}
    assert found(as_press, kk="complete") == {fresh.pk, bare.pk}
    assert found(as_press, kk="complete", en="missing") == {bare.pk}
    assert "is-outdated" in as_press.get(page("changelist")).text


@pytest.mark.parametrize("nonsense", ["x", "\0", "99999999999999999999", "-1", "kk__in"])
def test_filters_take_no_notice_of_nonsense(as_press, nonsense):
    ArticleFactory()
    for parameter in ("status", "kk"):
        assert len(found(as_press, **{parameter: nonsense})) == 1
    for parameter in ("p", "o", "section__id__exact"):
        assert as_press.get(page("changelist"), {parameter: nonsense}).status_code in (200, 302)
    assert as_press.get(page("changelist"), {"body_kk__regex": nonsense}).status_code == 400
    assert as_press.get("/admin/news/picture/", {"alt_kk": nonsense}).status_code == 400
    assert as_press.get("/admin/news/section/", {"title_kk": nonsense}).status_code == 400


def test_the_list_says_which_languages_exist_and_when_news_will_appear(as_press):
    moment = timezone.now() + timedelta(days=1)
    ArticleFactory(published_at=moment)
    text = as_press.get(page("changelist")).text
    assert "status-scheduled" in text
    assert f"{timezone.localtime(moment):%H:%M}" in text
    assert text.count("is-complete") == 2
    assert text.count("is-missing") == 1


def test_articles_without_any_headline_are_listed(as_press):
    article = ArticleFactory(draft=True, only_kk=True, headline_kk="")
    assert found(as_press) == {article.pk}
    assert Article.objects.get().languages == []

"""Searching a large archive: what is common is sought among the newest articles, what is rare
everywhere; whatever was not looked at is said. Here the bounds are small, the archive as well."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from news.models import Article
from news.periods import Period
from news.search import frequencies, matching, query
from news.search.counting import Filters
from news.search.documents import SearchDocument
from news.search.frequencies import SearchTerm
from news.search.query import search
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db
NUMBER = 60


@pytest.fixture
def archive(monkeypatch):
    """Two months of daily news, both languages each, and bounds that these exceed."""
    monkeypatch.setattr(frequencies, "SAMPLE", 1)
    monkeypatch.setattr(frequencies, "COUNTED", 20)
    monkeypatch.setattr(query, "COMMON", 10)
    monkeypatch.setattr(query, "DEEP", 40)
    monkeypatch.setattr(matching, "REACH", 20)
    now = timezone.now()
    articles = [
        ArticleFactory(
            headline_ru="Школа у моста" if number in (3, NUMBER - 2) else "Новая школа",
            headline_kk="",
            lead_ru="Построен мост." if number % 2 else "Праздник.",
            body_ru="<p>Редкое слово: сайга.</p>" if number == NUMBER - 1 else "<p>Текст</p>",
            section=SectionFactory(slug="rare" if number % 20 == 0 else "district"),
            published_at=now - timedelta(days=number, hours=1),
        )
        for number in range(NUMBER)
    ]
    frequencies.recount("default")
    return articles


def asked(text, **options):
    return search(text, articles=Article.objects.published(), order="newest", **options)


def ids(results):
    return [hit.article_id for hit in results.hits]


def test_of_a_common_word_the_newest_are_found_and_the_page_says_there_are_more(archive, client):
    results = asked("школа")
    number = results.total
    assert 20 <= number < NUMBER
    assert ids(results) == [article.pk for article in archive[:number]]
    assert not results.is_exact
    text = client.get("/ru/search/", {"q": "школа"}).content.decode()
    assert f"Найдено больше {number} " in text


def test_a_rare_word_is_found_however_old_and_with_a_common_one(archive):
    for text in ("сайга", "школа сайга", "сайг"):
        results = asked(text)
        assert ids(results) == [archive[-1].pk], text
        assert results.is_exact


def test_of_two_common_words_the_newest_articles_with_both_are_found(archive):
    results = asked("школа мост")
    assert ids(results)[:3] == [archive[number].pk for number in (1, 3, 5)]
    assert 10 <= results.total < NUMBER // 2
    assert not results.is_exact


def test_a_beginning_of_common_words_is_taken_for_the_most_common(archive):
    results = asked("шко")
    assert ids(results)[:3] == [article.pk for article in archive[:3]]


def test_filters_reach_back_as_far_as_they_need_to(archive):
    rare = Filters(section=SectionFactory(slug="rare"))
    assert ids(asked("школа", filters=rare)) == [archive[number].pk for number in (0, 20, 40)]
    days = [timezone.localdate(archive[-1].published_at) + timedelta(days=n) for n in (0, 8)]
    period = Filters(period=Period(*days))
    results = asked("школа", filters=period)
    assert ids(results) == [article.pk for article in archive[-8:]]
    assert results.is_exact


def test_a_common_section_is_as_bounded_as_a_common_word(archive):
    section = archive[1].section
    results = asked("школа", filters=Filters(section=section))
    assert not results.is_exact
    assert results.total < NUMBER - 10


def test_the_admin_finds_what_is_scheduled_however_far_ahead_among_common_words(archive):
    scheduled = ArticleFactory(
        headline_ru="Новая школа", published_at=timezone.now() + timedelta(days=300)
    )
    frequencies.recount("default")
    everything = search("школа", articles=Article.objects.all(), complete=False, order="newest")
    assert not everything.is_exact
    assert ids(everything)[:2] == [scheduled.pk, archive[0].pk]
    assert scheduled.pk not in ids(asked("школа"))


def test_bounded_and_exhaustive_searches_agree_on_what_both_look_at(archive, monkeypatch):
    bounded = {text: ids(asked(text)) for text in ("школа", "школа мост", "новая построен")}
    monkeypatch.setattr(matching, "REACH", 10_000)
    for text, found in bounded.items():
        assert ids(asked(text))[: len(found)] == found


def test_saving_and_changing_articles_keeps_the_counts(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = ArticleFactory(pk=frequencies.SAMPLE * 3, headline_ru="Сайга и сайгаки")
        ArticleFactory(pk=frequencies.SAMPLE * 3 + 1, headline_ru="Сайга")
    assert SearchTerm.objects.get(term="sсайга").documents == 1
    with django_capture_on_commit_callbacks(execute=True):
        article.headline_ru = "Дрофа"
        article.save()
    stored = dict(SearchTerm.objects.filter(documents__gt=0).values_list("term", "documents"))
    assert "sсайга" not in stored
    frequencies.recount("default")
    assert dict(SearchTerm.objects.values_list("term", "documents")) == stored


def test_rebuilding_counts_what_was_saved_past_the_portal():
    ArticleFactory(pk=frequencies.SAMPLE, headline_ru="Сайга")
    SearchDocument.objects.update(version=0)
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    assert SearchTerm.objects.get(term="sсайга").documents == 1

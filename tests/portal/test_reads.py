"""Reads of articles, as the page cache hands them out; and searches that found nothing."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from news import missed_searches, reads, tallies
from news.models import ArticleReads, MissedSearch
from tests.factories import ArticleFactory, PictureFactory
from tests.servers import Portal, folder, running, wait_until

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLE = (
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1;"
    " +http://www.google.com/bot.html) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.fixture
def process(process):
    tallies.put_down_all()  # what other tests have left
    MissedSearch.objects.all().delete()
    return process


def counted():
    tallies.put_down_all()
    return {(row.article_id, row.language): row.reads for row in ArticleReads.objects.all()}


def test_every_reader_counts_whoever_made_the_page(process):
    article = ArticleFactory()
    kazakh, russian = article.get_absolute_url("kk"), article.get_absolute_url("ru")
    first = process.get(kazakh, user_agent=FIREFOX)
    process.get(kazakh, user_agent=FIREFOX)
    process.get(kazakh, user_agent=FIREFOX, if_none_match=first.headers["ETag"])
    process.get(russian, user_agent=FIREFOX)
    assert counted() == {(article.pk, "kk"): 3, (article.pk, "ru"): 1}
    process.get(russian, user_agent=FIREFOX)
    assert counted()[article.pk, "ru"] == 2
    assert ArticleReads.objects.get(language="ru").day == timezone.localdate()


def test_counting_costs_a_reader_no_query(process, django_assert_num_queries):
    address = ArticleFactory().get_absolute_url("kk")
    process.get(address, user_agent=FIREFOX)
    with django_assert_num_queries(0):
        process.get(address, user_agent=FIREFOX)


@pytest.mark.parametrize(
    "request_",
    [
        {"user_agent": GOOGLE},
        {"user_agent": "curl/8.5.0"},
        {"user_agent": "Mozilla/5.0 (X11; Linux) HeadlessChrome/140.0"},
        {},
        {"user_agent": FIREFOX, "method": "HEAD"},
        {"user_agent": FIREFOX, "dnt": "1"},
        {"user_agent": FIREFOX, "sec_gpc": "1"},
        {"user_agent": FIREFOX, "sec_purpose": "prefetch;prerender"},
    ],
    ids=["crawler", "library", "headless", "nameless", "head", "dnt", "gpc", "prefetch"],
)
def test_who_is_no_reader_or_wishes_not_to_be_counted_is_not(process, request_):
    address = ArticleFactory().get_absolute_url("kk")
    assert process.get(address, **request_).status == 200
    assert counted() == {}


@pytest.mark.parametrize(
    "browser",
    [
        "Mozilla/5.0 (Linux; Android 10; CUBOT_X18_Plus) AppleWebKit/537.36 Chrome/120.0 Mobile",
        "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 Telegram-Android/11.2",
        "Opera/9.80 (Android; Opera Mini/36.2/191.273; U; ru) Presto/2.12.423 Version/12.16",
    ],
)
def test_telephones_of_readers_are_no_crawlers(browser):
    assert reads.is_browser(browser)


def test_only_the_article_itself_counts(process):
    article = ArticleFactory()
    article.gallery.create(picture=PictureFactory(), position=1)
    address = article.get_absolute_url("kk")
    assert process.get(f"{address}pictures/1/", user_agent=FIREFOX).status == 200
    assert process.get("/kk/", user_agent=FIREFOX).status == 200
    assert process.get(f"/kk/news/2001/01/01/{article.pk}-x/", user_agent=FIREFOX).status == 301
    assert process.get("/kk/news/2001/01/01/999999/", user_agent=FIREFOX).status == 404
    assert counted() == {}


def test_counts_wait_while_the_database_is_away(process, monkeypatch):
    article = ArticleFactory()
    process.get(article.get_absolute_url("kk"), user_agent=FIREFOX)
    put_down = reads._reads._put_down

    def away(_counts):
        raise OperationalError

    monkeypatch.setattr(reads._reads, "_put_down", away)
    assert counted() == {}
    monkeypatch.setattr(reads._reads, "_put_down", put_down)
    assert counted() == {(article.pk, "kk"): 1}


def test_reads_of_an_article_that_is_gone_do_not_hold_up_the_others(process):
    gone, article = ArticleFactory.create_batch(2)
    for one in (gone, article):
        process.get(one.get_absolute_url("kk"), user_agent=FIREFOX)
    number = gone.pk
    gone.delete()
    found = counted()
    assert (number, "kk") not in found
    assert found == {(article.pk, "kk"): 1}


def missed():
    tallies.put_down_all()
    return {row.words: row.times for row in MissedSearch.objects.all()}


def test_what_readers_sought_in_vain_is_kept_for_editors(client, process):
    ArticleFactory()
    client.get("/ru/search/?q=Запись+К+Врачу")
    client.get("/ru/search/?q=запись  к врачу!")
    client.get("/ru/search/?q=школа")
    client.get("/ru/search/?q=")
    assert missed() == {"запись к врачу": 2}
    row = MissedSearch.objects.get()
    assert (row.language, row.last_on) == ("ru", timezone.localdate())


@pytest.mark.parametrize(
    "text",
    [
        "870101300123",
        "+7 701 234-56-78",
        "aigul@example.kz",
        "Абай көшесі 12, 3-пәтер",
        "https://example.kz/x",
        "менің атым Айгүл мен Ботақара кентінде тұрамын",
        "ж" * 61,
        "ж",
        "<script>",
    ],
)
def test_what_may_be_somebodys_is_not_kept(text):
    assert missed_searches.keepable(text) == ""


@pytest.mark.parametrize("text", ["жол жөндеу", "ЦОН", "Бұқар-Жырау", "каз'ахмыс"])
def test_plain_words_are_kept(text):
    assert missed_searches.keepable(text) == text.casefold()


def test_old_figures_are_forgotten(settings):
    article, today = ArticleFactory(), timezone.localdate()
    for days in (settings.NEWS_READS_DAYS + 1, 1):
        day = today - timedelta(days=days)
        ArticleReads.objects.create(article=article, day=day, language="kk", reads=1)
    for words, days in (("ескі", settings.NEWS_MISSED_SEARCH_DAYS + 1), ("жаңа", 1)):
        day = today - timedelta(days=days)
        MissedSearch.objects.create(words=words, language="kk", times=1, last_on=day)
    call_command("purge_personal_data", verbosity=0)
    assert ArticleReads.objects.count() == 1
    assert [row.words for row in MissedSearch.objects.all()] == ["жаңа"]


def test_too_many_different_searches_do_not_fill_the_database(monkeypatch):
    monkeypatch.setattr(missed_searches, "MOST_KEPT", 2)
    for times, words in ((5, "балабақша"), (1, "ақ"), (3, "су")):
        MissedSearch.objects.create(
            words=words, language="kk", times=times, last_on=timezone.localdate()
        )
    assert missed_searches.purge() == 1
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"балабақша", "су"}


START = """
from django.utils import timezone
from news.models import Article, Section
section = Section.objects.create(slug="district", title_kk="Аудан")
article = Article.objects.create(
    section=section, status="published", published_at=timezone.now(),
    headline_kk="Жаңа мектеп", body_kk="<p>Ашылды.</p>",
)
print(article.get_absolute_url("kk"))
"""


def test_the_processes_of_a_real_server_put_their_counts_down():
    with folder() as place:
        database = place / "portal.sqlite3"
        portal = Portal(place, DATABASE_URL=f"sqlite:///{database}")
        assert portal.manage("migrate", "--verbosity", "0").returncode == 0
        address = portal.manage("shell", "--no-imports", "-c", START).stdout.strip()

        def stored():
            with closing(sqlite3.connect(database)) as connection:
                return connection.execute("SELECT sum(reads) FROM news_articlereads").fetchone()[0]

        with running(portal):
            for _reader in range(5):
                assert portal.get(address, {"User-Agent": FIREFOX})[0] == 200
            wait_until(lambda: stored() == 5, what="counts of both workers")
            assert portal.get(address, {"User-Agent": FIREFOX})[0] == 200
        assert stored() == 6, "a server that is told to stop loses no count"

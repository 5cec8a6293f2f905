"""The Atom feeds: complete, readable by a strict parser, the same under any Host header."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from tests.factories import ArticleFactory, PictureFactory, SectionFactory, local

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = "</script><b>\"quotes\" & 'more' ]]> <!-- \ufffe\uffff"


def feed(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200, path
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)


def check(root, language):
    """RFC 4287's required elements; nothing relative, nothing twice."""
    assert root.tag == f"{{{ATOM['a']}}}feed"
    assert root.get(XML_LANG) == language
    assert root.find("a:author/a:name", ATOM).text
    for element in [root, *root.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
            assert element.find(f"a:{name}", ATOM).text, name
        moment = element.find("a:updated", ATOM).text
        assert timezone.datetime.fromisoformat(moment).tzinfo is not None
        for link in element.findall("a:link", ATOM):
            assert link.get("href").startswith("http://testserver/"), link.attrib
    ids = [element.text for element in root.findall(".//a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["feed/", "district/feed/"])
def test_every_language_has_its_feeds(client, language, path):
    ArticleFactory(english=True)
    root = feed(client, f"/{language}/news/{path}")
    check(root, language)
    assert len(root.findall("a:entry", ATOM)) == 1
    own = root.find("a:link[@rel='self']", ATOM)
    assert own.get("href") == f"http://testserver/{language}/news/{path}"


def test_an_entry_says_all_of_the_article(client):
    article = ArticleFactory(
        headline_ru="Новая школа", published_at=local(2018, 10, 30), main_picture=PictureFactory(),
        body_ru='<p>Как <a href="/ru/news/">мы</a> писали: «школа».</p>',
    )  # fmt: skip
    entry = feed(client, "/ru/news/feed/").find("a:entry", ATOM)
    assert entry.find("a:id", ATOM).text == f"tag:testserver,2015:news/{article.pk}/ru"
    assert entry.find("a:title", ATOM).text == "Новая школа"
    assert entry.find("a:summary", ATOM).text == "В школе будут учиться триста детей."
    assert entry.find("a:author/a:name", ATOM).text == "Г.Абилкасымова"
    assert entry.find("a:published", ATOM).text == "2018-10-30T09:00:00+06:00"
    assert entry.find("a:category", ATOM).get("term") == "Новости района"
    content = entry.find("a:content", ATOM)
    assert content.get("type") == "html"
    assert 'href="http://testserver/ru/news/"' in content.text
    assert "«школа»" in content.text
    address = entry.find("a:link[@rel='alternate']", ATOM).get("href")
    assert address == "http://testserver" + article.get_absolute_url("ru")
    enclosure = entry.find("a:link[@rel='enclosure']", ATOM)
    assert enclosure.get("type") == "image/jpeg"
    assert enclosure.get("href").endswith(".jpg")


def test_the_host_header_does_not_reach_the_addresses(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ArticleFactory()
    response = client.get("/ru/news/feed/", headers={"Host": "evil.example"})
    assert b"evil.example" not in response.content


def test_hostile_words_stay_words(client):
    ArticleFactory(headline_ru=HOSTILE, lead_ru=HOSTILE, byline_ru=HOSTILE)
    SectionFactory._meta.model.objects.update(title_ru=HOSTILE)
    Article.objects.update(body_ru=f"<p>{HOSTILE}</p>")
    root = feed(client, "/ru/news/district/feed/")
    check(root, "ru")
    entry = root.find("a:entry", ATOM)
    words = HOSTILE.rstrip("\ufffe\uffff")
    assert entry.find("a:title", ATOM).text == words
    assert "<b>" not in entry.find("a:summary", ATOM).text
    assert "<script" not in entry.find("a:content", ATOM).text


def test_only_what_is_public_in_the_language_and_the_section(client):
    ArticleFactory(section=SectionFactory(slug="sport"), headline_ru="Спорт")
    ArticleFactory(headline_ru="Район")
    ArticleFactory(only_kk=True)
    ArticleFactory(draft=True, headline_ru="Черновик")
    ArticleFactory(withdrawn=True, headline_ru="Отозвано")
    ArticleFactory(headline_ru="Завтра", published_at=timezone.now() + timedelta(days=1))

    def titles(path):
        return {e.text for e in feed(client, path).findall("a:entry/a:title", ATOM)}

    assert titles("/ru/news/feed/") == {"Спорт", "Район"}
    assert titles("/ru/news/sport/feed/") == {"Спорт"}


def test_a_scheduled_article_counts_as_updated_when_it_appears(client):
    ArticleFactory(published_at=local(2018, 10, 30), updated_at=local(2018, 10, 1))
    entry = feed(client, "/ru/news/feed/").find("a:entry", ATOM)
    assert entry.find("a:updated", ATOM).text == "2018-10-30T09:00:00+06:00"


def test_an_empty_feed_is_a_feed_and_an_unknown_section_is_not_found(client):
    SectionFactory()
    check(feed(client, "/en/news/district/feed/"), "en")
    assert client.get("/kk/news/nothing/feed/").status_code == 404
    assert client.post("/kk/news/feed/").status_code == 405


@pytest.mark.parametrize("articles", [1, 50])
def test_a_feed_costs_the_same_however_much_news(client, django_assert_num_queries, articles):
    ArticleFactory.create_batch(articles, main_picture=PictureFactory())
    with django_assert_num_queries(1):
        root = feed(client, "/ru/news/feed/")
    assert len(root.findall("a:entry", ATOM)) == min(articles, 30)
    with django_assert_num_queries(2):
        feed(client, "/ru/news/district/feed/")

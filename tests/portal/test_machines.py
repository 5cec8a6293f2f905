"""Sitemaps, structured data, shared links, icons: what machines read of the portal."""

import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from news.models import Article
from tests.factories import ArticleFactory, PictureFactory, SectionFactory, local

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MAPS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
HOSTILE = "</script><b>\"quotes\" & 'more' ]]> <!-- \u2028 \ufffe\uffff"
STORED = HOSTILE.rstrip("\ufffe\uffff")  # news/richtext.py drops what no XML may carry


def sitemap(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"].startswith("application/xml")
    assert len(response.content) < 50_000_000
    root = ET.fromstring(response.content)
    locations = [element.text for element in root.findall("*/s:loc", MAPS)]
    assert len(locations) <= 50_000
    assert len(set(locations)) == len(locations)
    assert all(location.startswith(f"{SITE}/") for location in locations)
    return root, locations


def every_address(client):
    _root, parts = sitemap(client, "/sitemap.xml")
    return [place for part in parts for place in sitemap(client, part.removeprefix(SITE))[1]]


def head_of(client, address):
    text = client.get(address).content.decode()
    return text.split("</head>")[0]


def json_ld(head):
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    return json.loads(block)


def meta(head):
    pairs = re.findall(r'<meta property="([^"]+)" content="([^"]*)">', head)
    return {name: unescape(value) for name, value in pairs}


# --- sitemaps ---


def test_the_sitemap_names_living_pages_of_what_is_public_only(client):
    shown = ArticleFactory(english=True, published_at=local(2018, 10, 30))
    only_russian = ArticleFactory(only_ru=True)
    hidden = [
        ArticleFactory(withdrawn=True, published_at=local(2017, 10, 30)),
        ArticleFactory(draft=True),
        ArticleFactory(published_at=timezone.now() + timedelta(days=1)),
        ArticleFactory(status=Article.Status.REMOVED),
    ]
    addresses = every_address(client)
    for language in ("kk", "ru", "en"):
        assert SITE + shown.get_absolute_url(language) in addresses
        assert f"{SITE}/{language}/news/2018/10/" in addresses
        assert f"{SITE}/{language}/languages/" in addresses
    assert SITE + only_russian.get_absolute_url("ru") in addresses
    assert SITE + only_russian.get_absolute_url("kk") not in addresses
    assert not any(f"/{article.pk}-" in place for article in hidden for place in addresses)
    for place in addresses:
        assert client.get(place.removeprefix(SITE)).status_code == 200, place
        assert 'content="noindex' not in head_of(client, place.removeprefix(SITE)), place


def test_an_article_names_the_languages_it_has(client):
    article = ArticleFactory(only_ru=True, published_at=local(2018, 10, 30), english=True)
    root, locations = sitemap(client, "/sitemap-articles-2018.xml")
    ru, en = (SITE + article.get_absolute_url(language) for language in ("ru", "en"))
    assert locations == [ru, en]
    for entry in root.findall("s:url", MAPS):
        links = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", MAPS)}
        assert links == {"ru": ru, "en": en, "x-default": ru}
        assert entry.find("s:lastmod", MAPS).text == "2018-10-30T09:00:00+06:00"


def test_a_large_year_is_split_by_month(client, monkeypatch):
    monkeypatch.setattr("portal.sitemaps.PER_YEAR", 3)
    ArticleFactory(published_at=local(2018, 10, 30))
    ArticleFactory(published_at=local(2018, 10, 31, 23, 59))
    ArticleFactory(published_at=local(2018, 3, 1, 0, 0))
    ArticleFactory(published_at=local(2017, 3, 1))
    _root, parts = sitemap(client, "/sitemap.xml")
    assert [part.removeprefix(SITE) for part in parts] == [
        "/sitemap-pages.xml",
        "/sitemap-articles-2017.xml",
        "/sitemap-articles-2018-03.xml",
        "/sitemap-articles-2018-10.xml",
    ]
    assert len(sitemap(client, "/sitemap-articles-2018-03.xml")[1]) == 2
    assert len(sitemap(client, "/sitemap-articles-2018-10.xml")[1]) == 4
    assert client.get("/sitemap-articles-2018.xml").status_code == 404


def test_a_sitemap_never_holds_more_than_the_protocol_allows(client, monkeypatch):
    monkeypatch.setattr("news.sitemaps.MAX_URLS", 3)
    ArticleFactory.create_batch(3, published_at=local(2018, 10, 30))
    assert len(sitemap(client, "/sitemap-articles-2018-10.xml")[1]) == 2


@pytest.mark.parametrize(
    "path", ["2018", "1234", "2018-13", "2018-00", "9999-01", "2018-10-30", "99999999999999999999"]
)
def test_a_sitemap_of_no_news_is_not_found(client, path):
    assert client.get(f"/sitemap-articles-{path}.xml").status_code == 404


def test_the_news_sitemap_holds_two_days(client):
    fresh = ArticleFactory(headline_ru=HOSTILE)
    ArticleFactory(published_at=timezone.now() - timedelta(days=2, minutes=1))
    ArticleFactory(withdrawn=True)
    root, locations = sitemap(client, "/sitemap-news.xml")
    assert set(locations) == {SITE + fresh.get_absolute_url(code) for code in ("kk", "ru")}
    item = next(
        url for url in root.findall("s:url", MAPS) if "/ru/" in url.find("s:loc", MAPS).text
    )
    assert item.find("n:news/n:title", MAPS).text == STORED
    assert item.find("n:news/n:publication/n:language", MAPS).text == "ru"
    assert "+05:00" in item.find("n:news/n:publication_date", MAPS).text
    assert f"{SITE}/sitemap-news.xml" in sitemap(client, "/sitemap.xml")[1]
    Article.objects.all().delete()
    assert f"{SITE}/sitemap-news.xml" not in sitemap(client, "/sitemap.xml")[1]


@pytest.mark.parametrize("articles", [1, 50])
def test_sitemaps_cost_the_same_however_much_news(client, django_assert_num_queries, articles):
    ArticleFactory.create_batch(articles, english=True, published_at=local(2026, 1, 5))
    years = timezone.localdate().year - 2026 + 1
    with django_assert_num_queries(3 + 3 * years + 3):
        sitemap(client, "/sitemap.xml")
    with django_assert_num_queries(3):  # the counts are remembered
        sitemap(client, "/sitemap-articles-2026.xml")
    with django_assert_num_queries(2):
        sitemap(client, "/sitemap-pages.xml")
    with django_assert_num_queries(3):
        sitemap(client, "/sitemap-news.xml")


def test_the_host_header_reaches_no_machine(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURITY_CONTACT = ["security@example.kz"]
    article = ArticleFactory()
    for path in ("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml", "/robots.txt",
                 "/.well-known/security.txt", article.get_absolute_url("ru"), "/ru/"):  # fmt: skip
        text = client.get(path, headers={"Host": "evil.example"}).content.decode()
        assert "evil.example" not in text, path


def test_robots_name_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines


# --- languages and feeds in the head ---


def alternates(head):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head))


def test_pages_name_their_other_languages(client):
    ArticleFactory.create_batch(2)
    for path in ("", "news/", "news/district/"):
        assert alternates(head_of(client, f"/ru/{path}")) == {
            "kk": f"{SITE}/kk/{path}",
            "ru": f"{SITE}/ru/{path}",
            "en": f"{SITE}/en/{path}",
            "x-default": f"{SITE}/kk/{path}",
        }


def test_an_article_page_names_the_languages_of_the_article(client):
    article = ArticleFactory(only_ru=True, english=True)
    ru, en = (SITE + article.get_absolute_url(language) for language in ("ru", "en"))
    expected = {"ru": ru, "en": en, "x-default": ru}
    assert alternates(head_of(client, article.get_absolute_url("en"))) == expected
    assert alternates(head_of(client, article.get_absolute_url("kk"))) == {}  # not the real one


def test_what_is_not_to_be_listed_names_nothing(client):
    withdrawn = ArticleFactory(withdrawn=True)
    for address in (withdrawn.get_absolute_url("ru"), "/ru/preferences/", "/ru/nothing/",
                    "/ru/?calendar=2018-10"):  # fmt: skip
        head = head_of(client, address)
        assert alternates(head) == {}, address
        assert "ld+json" not in head, address
        assert "og:" not in head, address


def test_lists_name_their_feeds(client):
    SectionFactory()
    feed = r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">'
    for path in ("/ru/", "/ru/news/"):
        assert re.findall(feed, head_of(client, path)) == [f"{SITE}/ru/news/feed/"]
    assert re.findall(feed, head_of(client, "/ru/news/district/")) == [
        f"{SITE}/ru/news/district/feed/",
        f"{SITE}/ru/news/feed/",
    ]


# --- structured data and shared links ---


def test_structured_data_has_googles_fields(client):
    article = ArticleFactory(
        headline_ru="Я" * 150, published_at=local(2018, 10, 30), updated_at=local(2018, 11, 1),
        main_picture=PictureFactory(),
    )  # fmt: skip
    address = article.get_absolute_url("ru")
    data = json_ld(head_of(client, address))
    assert data["@type"] == "NewsArticle"
    assert data["mainEntityOfPage"]["@id"] == SITE + address
    assert len(data["headline"]) <= 110
    assert data["description"] == "В школе будут учиться триста детей."
    assert data["datePublished"] == "2018-10-30T09:00:00+06:00"
    assert data["dateModified"] == "2018-11-01T09:00:00+06:00"
    assert data["author"] == [{"@type": "Person", "name": "Г.Абилкасымова"}]
    assert data["publisher"]["@type"] == "Organization"
    assert data["publisher"]["name"] == "Информационный портал акимата Бухар-Жырауского района"
    assert data["publisher"]["logo"]["url"] == f"{SITE}/static/img/icons/icon-512.png"
    assert data["inLanguage"] == "ru"
    assert data["articleSection"] == "Новости района"
    assert data["isAccessibleForFree"] is True
    [image] = data["image"]
    assert image["url"].startswith(f"{SITE}/media/pictures/")
    assert (image["width"], image["height"]) == (1200, 800)


def test_hostile_words_do_not_leave_the_data(client):
    article = ArticleFactory(headline_ru=HOSTILE, lead_ru="", byline_ru=HOSTILE)
    Article.objects.update(body_ru=f"<p>{HOSTILE.replace('<', '&lt;')}</p><p>next</p>")
    response = client.get(article.get_absolute_url("ru"))
    head = response.content.decode().split("</head>")[0]
    assert "<b>" not in head
    data = json_ld(head)
    assert data["headline"] == STORED
    assert data["description"].startswith("</script><b>\"quotes\" & 'more' ]]>")
    assert meta(head)["og:title"] == STORED
    assert data["author"][0]["name"] == STORED


def test_an_article_without_byline_is_the_publishers(client):
    article = ArticleFactory(byline_ru="")
    data = json_ld(head_of(client, article.get_absolute_url("ru")))
    assert data["author"][0]["name"] == data["publisher"]["name"]


def test_a_shared_article_shows_its_picture_and_language(client):
    article = ArticleFactory(main_picture=PictureFactory(file__width=2400, file__height=1200))
    head = head_of(client, article.get_absolute_url("kk"))
    shared = meta(head)
    assert shared["og:type"] == "article"
    assert shared["og:title"] == article.headline_kk
    assert shared["og:url"] == SITE + article.get_absolute_url("kk")
    assert shared["og:locale"] == "kk_KZ"
    assert shared["og:locale:alternate"] == "ru_RU"
    assert shared["og:site_name"]
    assert shared["og:image"].endswith("-1600.jpg")
    assert (shared["og:image:width"], shared["og:image:height"]) == ("1600", "800")
    assert shared["og:image:alt"] == "Дала үстіндегі таң"
    assert shared["article:section"] == "Аудан жаңалықтары"
    assert "article:published_time" in shared
    assert '<meta name="twitter:card" content="summary_large_image">' in head


def test_an_article_in_another_language_is_shared_as_what_it_is(client):
    article = ArticleFactory(only_ru=True)
    head = head_of(client, article.get_absolute_url("kk"))
    shared = meta(head)
    assert "ld+json" not in head
    assert shared["og:locale"] == "ru_RU"
    assert shared["og:url"] == SITE + article.get_absolute_url("ru")
    assert "/ru/news/share/" in shared["og:image"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_headline_is_drawn_where_there_is_no_picture(client, language):
    article = ArticleFactory(english=True)
    shared = meta(head_of(client, article.get_absolute_url(language)))
    response = client.get(shared["og:image"].removeprefix(SITE))
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert (shared["og:image:width"], shared["og:image:height"]) == ("1200", "630")
    assert len(response.content) < 100_000


def test_every_other_page_has_a_picture_too(client):
    shared = meta(head_of(client, "/ru/"))
    assert shared["og:type"] == "website"
    assert client.get(shared["og:image"].removeprefix(SITE)).status_code == 200


def test_only_public_headlines_are_drawn(client):
    hidden = [
        ArticleFactory(draft=True),
        ArticleFactory(withdrawn=True),
        ArticleFactory(published_at=timezone.now() + timedelta(days=1)),
        ArticleFactory(only_kk=True),
        ArticleFactory(main_picture=PictureFactory()),
    ]
    for number in [*(article.pk for article in hidden), 999_999, 10**30]:
        assert client.get(f"/ru/news/share/{number}.png").status_code == 404


def test_the_picture_follows_the_article(client):
    article = ArticleFactory()
    with translation.override("ru"):
        address = reverse("news:share", args=[article.pk])
    first = client.get(address).content
    assert client.get(address).content == first
    Article.objects.update(headline_ru="Совсем другое", updated_at=timezone.now())
    changed = client.get(f"{address}?v=1")
    assert changed.content != first
    assert "immutable" not in changed["Cache-Control"]


def test_the_picture_follows_a_mended_slip_though_the_date_stays(client):
    article = ArticleFactory(headline_ru="Открыт мозей")
    shown = []
    for headline in ("Открыт мозей", "Открыт музей"):
        Article.objects.update(headline_ru=headline)
        article.refresh_from_db()
        shown.append(meta(head_of(client, article.get_absolute_url("ru")))["og:image"])
    assert shown[0] != shown[1]
    old, new = (client.get(address.removeprefix(SITE)) for address in shown)
    assert old.content == new.content
    assert "immutable" in new["Cache-Control"]
    assert "immutable" not in old["Cache-Control"]


# --- icons, manifest, security.txt ---


def test_the_manifest_and_its_icons(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["name"] == "Бұқар Жырау ауданы әкімдігінің ақпараттық порталы"
    assert manifest["lang"] == "kk"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    head = head_of(client, "/kk/")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in head
    assert "apple-touch-icon" in head
    assert head.count('name="theme-color"') == 2


def test_security_txt_says_whom_to_tell(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["security@example.kz", "https://example.kz/report"]
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[:2] == [
        "Contact: mailto:security@example.kz",
        "Contact: https://example.kz/report",
    ]
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Preferred-Languages"] == "kk, ru, en"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    expires = timezone.datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=300) < expires - timezone.now() < timedelta(days=365)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_of_this_costs_a_query_on_the_article_page(
    client, django_assert_max_num_queries, language
):
    article = ArticleFactory(english=True, main_picture=PictureFactory())
    with django_assert_max_num_queries(8):
        client.get(article.get_absolute_url(language))

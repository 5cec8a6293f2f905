"""Every public page in every language: one h1, the right lang, valid markup, living links."""

import itertools
import re
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from comments.models import Comment
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, local

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
TITLE_KK = "Бұқар Жырау ауданы әкімдігінің ақпараттық порталы"


@pytest.fixture
def pages(settings):
    """Addresses of one page of every kind, by language."""
    settings.NEWS_PER_PAGE = 2
    article = ArticleFactory(
        english=True, published_at=local(2018, 10, 30), main_picture=PictureFactory()
    )
    only_russian = ArticleFactory(only_ru=True, published_at=local(2018, 10, 30, 12))
    withdrawn = ArticleFactory(withdrawn=True, published_at=local(2018, 9, 1))
    ArticleFactory.create_batch(3, english=True)
    public = CommentFactory(article=article, status="approved")
    CommentFactory(article=article, status="approved", parent=public, language="ru")
    waiting = CommentFactory(article=article)

    def addresses(language):
        with translation.override(language):
            address = article.get_absolute_url()
            return [
                reverse("home"),
                reverse("news:list"),
                reverse("page", args=["privacy"]),
                reverse("page", args=["accessibility"]),
                reverse("languages"),
                reverse("news:section", args=["district"]),
                reverse("news:year", args=[2018]),
                reverse("news:month", args=[2018, 10]),
                reverse("news:day", args=[2018, 10, 30]),
                address,
                address + "?calendar=2018-09",
                address + "comments/",
                only_russian.get_absolute_url(),
                withdrawn.get_absolute_url(),
                f"{address}comments/?reply={public.pk}",
                reverse("comments:report", args=[public.pk]),
                reverse("comments:find_receipt"),
                waiting.get_receipt_url(),
                *(
                    f"{waiting.get_receipt_url()}{verb}/"
                    for verb in ("correct", "withdraw", "erase")
                ),
                f"{waiting.get_receipt_url()}second-look/",
                reverse("preferences"),
            ]

    return addresses


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_well_made(client, pages, language):
    for address in pages(language):
        response = client.get(address)
        assert response.status_code == 200, address
        check(response.content.decode(), language, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_within_the_portal_lead_somewhere(client, pages, language, settings):
    found = set()
    for address in pages(language):
        text = client.get(address).content.decode()
        for link in re.findall(r'(?:href|src|action)="([^"]+)"', text):
            target = urlsplit(urljoin(address, link.replace("&amp;", "&")))
            if link == settings.APPEALS_URL:
                continue
            assert not target.netloc or target.netloc == "testserver", f"{address}: {link}"
            if not target.path.startswith(("/static/", "/media/")):
                found.add(f"{target.path}?{target.query}" if target.query else target.path)
    dead = {link for link in found if client.get(link).status_code not in (200, 301, 302)}
    assert dead == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nothing/", "news/2018/13/40/", "news/2018/02/30/"])
def test_a_missing_page_is_a_page(client, language, path):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 404
    check(response.content.decode(), language, path)


def check(text, language, address):
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(text)
    assert parser.errors == [], f"{address}: {parser.errors[:5]}"
    html = "{http://www.w3.org/1999/xhtml}"
    assert document.get("lang") == language, address
    assert len(document.findall(f".//{html}h1")) == 1, address
    assert "".join(document.find(f".//{html}h1").itertext()).strip(), address
    assert "".join(document.find(f".//{html}title").itertext()).strip(), address
    assert TITLE_KK in text, address
    assert " style=" not in text, address
    assert "<script>" not in text, address
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"{address}: {ids}"
    for image in document.iter(f"{html}img"):
        assert image.get("alt") is not None, address
        assert image.get("width"), address
    levels = [
        int(element.tag[-1])
        for element in document.iter()
        if isinstance(element.tag, str) and re.fullmatch(rf"{re.escape(html)}h[1-6]", element.tag)
    ]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (
        f"{address}: {levels}"
    )
    year = timezone.localdate().year
    assert f"© 2015–{year}" in text or "© 2015" in text, address


def test_drafts_waiting_and_scheduled_appear_nowhere(client, pages):
    ArticleFactory(draft=True, headline_ru="ЧЕРНОВИК", headline_kk="ЖОБА")
    ArticleFactory(
        headline_ru="ЧЕРНОВИК", published_at=timezone.now() + timezone.timedelta(minutes=5)
    )
    Comment.objects.update(text="ЧЕРНОВИК", status=Comment.Status.PENDING)
    for address in pages("ru"):
        if "/r/" not in address:
            assert "ЧЕРНОВИК" not in client.get(address).content.decode(), address

"""The frozen portal, walked link by link as a plain web server gives it."""

import functools
import http.server
import threading
import urllib.error
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command

from comments import stream
from news import pictures
from news.models import Article, ArticlePicture
from news.views import PublishedArticles
from portal.freeze import crawl
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, local
from tests.news.documents import PDF
from tests.news.test_attachments import attached
from tests.portal.test_object_storage import jpeg

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links, self.forms = set(), 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.forms += tag == "form"
        self.links |= {found[name] for name in ("href", "src") if found.get(name)}
        for candidate in (found.get("srcset") or "").split(", "):
            self.links |= {candidate.split(" ")[0]} - {""}


@pytest.fixture
def content(monkeypatch):
    # Few articles that make several pages all the same.
    monkeypatch.setattr(PublishedArticles, "paginate_by", 2)
    monkeypatch.setattr(stream, "PER_PAGE", 2)
    picture = PictureFactory()
    article = ArticleFactory(main_picture=picture, published_at=local(2018, 10, 30))
    pictures.store(picture, pictures.accept(jpeg()))
    ArticlePicture.objects.create(article=article, picture=picture, position=1)
    article.body_ru = (
        '<p>См. <a href="/ru/news/2018/">2018</a>, <a href="/ru/nothing/">пусто</a> и'
        ' <a href="https://example.kz/?page=2">чужое</a>: a &lt; b &amp; c</p>'
    )
    article.save()
    attached(article)
    CommentFactory.create_batch(3, article=article, status="approved")
    ArticleFactory.create_batch(3, published_at=local(2018, 9, 1), only_kk=True)
    ArticleFactory(withdrawn=True, english=True, published_at=local(2017, 1, 1))
    return article


@pytest.fixture
def frozen(content, tmp_path):
    with (tmp_path / "said").open("w") as said:
        call_command("freeze", str(tmp_path / "f"), stdout=said)
    return tmp_path / "f"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass


@pytest.fixture
def served(frozen):
    handler = functools.partial(Quiet, directory=frozen)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_link_leads_somewhere_and_nothing_is_posted(served, content, capsys):
    waiting, seen, broken = {"/", "/kk/"}, set(), []
    while waiting:
        seen.add(path := waiting.pop())
        try:
            with urllib.request.urlopen(served + path) as answer:
                is_page = answer.headers["Content-Type"].startswith("text/html")
                text = answer.read().decode() if is_page else ""
        except urllib.error.HTTPError as error:
            broken.append((path, error.code))
            continue
        found = Links(text)
        assert found.forms == 0, path
        for link in found.links:
            parts = urlsplit(urljoin(settings.SITE_URL + path, link))
            if f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL:
                assert not parts.query, (path, link)
                # A feed lies in its folder as index.xml, which links to it name.
                waiting |= {parts.path} - seen
    assert broken == []
    for language in ("kk", "ru", "en"):
        assert content.get_absolute_url(language) in seen
    assert {"/kk/news/page-2.html", "/kk/news/2018/09/page-2.html"} <= seen
    assert f"{content.get_absolute_url('kk')}comments-2.html" in seen


def read(frozen, address: str) -> str:
    return (frozen / address.lstrip("/")).read_text()


def test_files_say_what_the_pages_said_and_what_does_not_work_here(frozen, content):
    notices = {"kk": "Мұнда пікір жазуға болмайды", "ru": "Написать комментарий здесь нельзя"}
    for language, notice in notices.items():
        assert notice in read(frozen, content.get_absolute_url(language) + "index.html")
    assert "Поиск здесь не работает" in read(frozen, "ru/search/index.html")
    assert "Параметры отображения здесь не работают" in read(frozen, "ru/preferences/index.html")
    text = read(frozen, content.get_absolute_url("ru") + "index.html")
    assert 'href="/ru/news/2018/"' in text
    assert '<a href="https://example.kz/?page=2"' in text
    assert "a &lt; b &amp; c" in text
    assert "<urlset" in read(frozen, "sitemap-pages.xml")
    assert "<feed" in read(frozen, "ru/news/feed/index.xml")
    assert "Sitemap:" in read(frozen, "robots.txt")
    assert "404" not in read(frozen, "404.html")[:15]
    assert "Страница не найдена" in read(frozen, "ru/404.html")
    assert next((frozen / "ru/news/files").rglob("*.pdf")).read_bytes() == PDF
    withdrawn = Article.objects.get(status="withdrawn")
    assert "Деректер нақтыланып жатыр" in read(
        frozen, withdrawn.get_absolute_url("kk") + "index.html"
    )
    assert f"/kk/news/2018/10/30/{content.pk}-" in read(frozen, f"n/{content.pk}/index.html")
    assert not (frozen / crawl.MEMORY).exists()
    assert "404 /ru/nothing/" in (frozen.parent / "said").read_text()


def test_a_page_that_fails_fails_the_command_and_is_tried_again(content, tmp_path, monkeypatch):
    ask = crawl._Writer._ask

    def failing(self, address):
        if address == "/ru/news/2018/":
            return crawl.Answer(500, "text/html", b"")
        return ask(self, address)

    with monkeypatch.context() as patch:
        patch.setattr(crawl._Writer, "_ask", failing)
        with pytest.raises(SystemExit):
            call_command("freeze", str(tmp_path / "f"))
    asked = []

    def counting(self, address):
        asked.append(address)
        return ask(self, address)

    monkeypatch.setattr(crawl._Writer, "_ask", counting)
    call_command("freeze", str(tmp_path / "f"))
    # The page itself, what only it had led to, and the page for whatever is not found.
    assert "/ru/news/2018/" in asked
    assert "/kk/" not in asked
    assert (tmp_path / "f" / "ru" / "news" / "2018" / "index.html").exists()

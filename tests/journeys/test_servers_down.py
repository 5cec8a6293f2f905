"""Two real portals share a PostgreSQL and a Redis of their own, which are really stopped."""

import json
import subprocess
import sys
import textwrap
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.servers import ROOT, Portal, Postgres, Redis, folder, running, wait_until

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="make test-postgres runs these"
)

START = """
    from datetime import timedelta
    from django.contrib.auth.models import User
    from django.core.files.base import ContentFile
    from django.utils import timezone
    from news.models import Article, Attachment, Section
    User.objects.create_superuser("editor")
    section = Section.objects.create(slug="district", title_kk="Аудан", title_ru="Район")
    for number in range(3):
        Article.objects.create(
            section=section, status="published" if number else "draft",
            published_at=timezone.now() - timedelta(days=number) if number else None,
            headline_kk=f"Жаңа мектеп {number}", body_kk="<p>Ашылды.</p>",
            headline_ru=f"Новая школа {number}", body_ru="<p>Открылась.</p>",
        )
    print(*(a.get_absolute_url("ru") for a in Article.objects.filter(status="published")))
    document = Attachment(article=Article.objects.published().first(), kind="pdf", size=1)
    document.title_kk, document.title_ru = "Шешім", "Решение"
    document.file.save("attachments/decision.pdf", ContentFile(b"%PDF-1.7 decision"))
    print(document.get_absolute_url())
"""
PUBLISH = """
    from django.contrib.auth.models import User
    from news import publishing
    from news.models import Article
    publishing.publish(Article.objects.get(status="draft"), by=User.objects.get())
"""
RENAME = """
    from news.models import Article
    article = Article.objects.published().newest_first().first()
    article.headline_ru = "{headline}"
    article.save()
"""


class Site:
    def __init__(self, place, database) -> None:
        (place / "redis").mkdir()
        self.postgres = Postgres(database)
        self.redis = Redis(place / "redis")
        self.portals = []
        for name in ("first", "second"):
            (place / name).mkdir()
            self.portals.append(Portal(place / name, LOG_FORMAT="json", WEB_THREADS="4"))
        address = self.portals[0].address
        for portal in self.portals:
            portal.variables |= {
                "DATABASE_URL": self.postgres.url(),
                "REDIS_URL": self.redis.url,
                "SITE_URL": address,  # two hosts behind one name
                "PRIVATE_ROOT": str(place / "private"),
            }

    def shell(self, script: str) -> str:
        done = self.portals[0].manage("shell", "--no-imports", "-c", textwrap.dedent(script))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def in_another_process(self, script: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", textwrap.dedent(script)],
            cwd=ROOT,
            env=self.portals[0].environment(),
        )

    def wait_until_seen(self, script: str, words: str, page: str) -> None:
        """From the commit in another process until both portals show it."""
        process = self.in_another_process(script)
        for portal in self.portals:
            wait_until(lambda p=portal: words in p.get(page)[1], seconds=60, what=words)
        assert process.wait(20) == 0

    def read_often(self, page: str) -> list[str]:
        """Often enough to have met each process of each host."""
        return [portal.get(page)[1] for _ in range(20) for portal in self.portals]

    def misses(self, page: str) -> int:
        lines = [
            json.loads(line)
            for portal in self.portals
            for line in (portal.folder / "server.log").read_text().splitlines()
            if line.startswith("{")
        ]
        return sum(line.get("path") == page and line.get("cache") == "miss" for line in lines)


@pytest.fixture(scope="module")
def site():
    with folder() as place, folder() as database:
        site = Site(place, database)
        with running(site.postgres), running(site.redis):
            migrated = site.portals[0].manage("migrate", "--verbosity", "0")
            assert migrated.returncode == 0, migrated.stderr
            *site.addresses, site.document = site.shell(START).split()
            with running(site.portals[0]), running(site.portals[1]):
                yield site


@pytest.fixture(autouse=True)
def everything_runs(site):
    """Whatever another test has stopped."""
    yield
    for server in (site.postgres, site.redis):
        if server.process is None:
            server.start()


def post(portal, path, **fields):
    request = urllib.request.Request(
        portal.address + path,
        urllib.parse.urlencode(fields).encode(),
        {"Sec-Fetch-Site": "same-origin"},
    )
    opener = urllib.request.build_opener(NoRedirect)
    try:
        answer = opener.open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode(), answer.headers


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def test_a_publication_elsewhere_is_seen_on_both_hosts_and_made_once(site):
    for portal in site.portals:
        assert portal.get("/ru/")[0] == 200
    before = site.misses("/ru/")
    with ThreadPoolExecutor(16) as readers:
        finished = []
        crowd = [
            readers.submit(lambda n=n: read_until(finished, site.portals[n % 2])) for n in range(16)
        ]
        try:
            site.wait_until_seen(PUBLISH, "Новая школа 0", "/ru/")
        finally:
            finished.append(True)
        assert {reader.result() for reader in crowd} == {200}
    # Two hosts are two addresses here.
    assert site.misses("/ru/") - before <= 4


def read_until(finished, portal):
    while not finished:
        status, _text, _headers = portal.get("/ru/")
        if status != 200:
            return status
    return 200


def test_without_the_database_what_was_read_is_still_read(site):
    portal = site.portals[1]
    article = site.addresses[0]
    form_page = f"{article}comments/"
    before_its_headline_changed = article.replace("-", "-byvshaya-", 1)
    number = article.rpartition("/")[0].rpartition("/")[2].partition("-")[0]
    pages = (
        "/ru/", "/kk/", article, before_its_headline_changed, f"/n/{number}", site.document,
    )  # fmt: skip
    for page in pages:
        assert portal.get(page)[0] == 200
    _status, form, _headers = portal.get(form_page)
    key = form.split('name="submission_key" value="')[1].split('"')[0]

    site.postgres.stop()
    for page in pages:
        wait_until(lambda page=page: portal.get(page)[0] == 200, what=page)
    status, text, headers = portal.get("/ru/news/2018/")
    assert status == 503
    assert headers["retry-after"]
    fields = {"name": "Айгүл", "text": "Спасибо за <новость>!", "submission_key": key}
    status, text, headers = post(portal, form_page, **fields)
    assert status == 503
    assert "Отправленное не сохранено" in text
    assert "Спасибо за &lt;новость&gt;!" in text
    assert f'value="{key}"' in text

    site.postgres.start()
    wait_until(lambda: post(portal, form_page, **fields)[0] == 303, what="the same form again")
    wait_until(lambda: portal.get("/ru/news/2018/")[0] == 404)


def test_a_database_that_hangs_holds_nobody_up_for_long(site):
    portal = site.portals[1]
    pages = ("/ru/", "/kk/", site.addresses[1])
    for page in pages:
        assert portal.get(page)[0] == 200
    with site.postgres.hanging(), ThreadPoolExecutor(16) as readers:
        # More than there are threads to wait for the database.
        never_read = [f"/ru/news/2017/{month:02d}/" for month in range(1, 13)]
        waiting = [readers.submit(portal.get, page) for page in never_read]
        for page in pages:
            wait_until(lambda page=page: portal.get(page)[0] == 200, what=page)
        assert {answer.result()[0] for answer in waiting} == {503}
    wait_until(lambda: portal.get("/ru/news/2017/01/")[0] == 404)


def test_without_redis_the_portal_is_slower_and_nothing_else(site):
    page = site.addresses[1]
    assert {portal.get(page)[0] for portal in site.portals} == {200}
    site.redis.stop()
    for headline in ("Открыт парк", "Открыт музей"):
        site.wait_until_seen(RENAME.format(headline=headline), headline, "/ru/")
    # Without it processes learn of a change each in its own moment, so wait for the last of them.
    wait_until(lambda: all("Открыт музей" in text for text in site.read_often("/ru/")))
    site.redis.start()
    # What Redis missed is not believed: nobody goes back to an older page.
    for text in site.read_often("/ru/"):
        assert "Открыт музей" in text
    wait_until(lambda: site.portals[0].get("/readyz")[0] == 200)
    site.wait_until_seen(RENAME.format(headline="Открыт зал"), "Открыт зал", "/ru/")

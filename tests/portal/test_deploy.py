"""deploy/ as it is shipped: a real nginx, its TLS and its limits, before real gunicorn, with the
PostgreSQL and Redis of its own that `make test-postgres` is about, or SQLite and files."""

import http.client
import io
import os
import queue
import secrets
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.management import call_command

from comments.forms import TOO_FAST
from portal import error_pages
from tests.portal.installation import migrate, own_database
from tests.servers import ROOT, Nginx, Portal, folder, free_port, needs, running, wait_until

DEPLOY = ROOT / "deploy"
pytestmark = pytest.mark.django_db  # the fixture copies the database of the tests


class Site:
    """The portal behind nginx, and how a reader asks it."""

    def __init__(self, portal, nginx):
        self.portal, self.nginx = portal, nginx
        self.article = ""

    def ask(self, path, *, method="GET", body=None, port=None, **headers):
        connection = http.client.HTTPSConnection(
            "localhost",
            port or self.nginx.port,
            timeout=30,
            context=ssl._create_unverified_context(),
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        return answer

    def shell(self, code):
        """Run Python in a process of its own, as a command or another host would."""
        result = self.portal.manage("shell", "-v", "0", "-c", code)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    needs("nginx", "nginx-light")
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        variables = stack.enter_context(own_database(place))
        port = free_port()
        portal = Portal(
            place,
            ALLOWED_HOSTS="localhost,127.0.0.1",
            SITE_URL=f"https://localhost:{port}",
            TRUSTED_PROXIES="1",
            COMMENTS_PER_HOUR="1000",
            **variables,
        )
        migrate(portal, django_db_blocker)
        call_command("error_pages", place / "errors", stdout=io.StringIO())
        nginx = Nginx(place, portal_port=portal.port, port=port)
        assert nginx.check() == ""
        site = Site(portal, nginx)
        site.article = site.shell(
            "from tests.factories import ArticleFactory; print(ArticleFactory().get_absolute_url())"
        )
        stack.enter_context(running(portal))
        stack.enter_context(running(nginx))
        yield site
        assert "Traceback" not in portal.log


def test_pages_come_through_with_headers_and_compressed(site):
    answer = site.ask(site.article, **{"Accept-Encoding": "br, gzip"})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Strict-Transport-Security"]
    assert len(answer.headers.get_all("X-Request-ID")) == 1
    assert answer.headers["Server"] == "nginx"
    assert "max-age" in answer.headers["Cache-Control"]
    etag = answer.headers["ETag"]
    again = site.ask(site.article, **{"Accept-Encoding": "br, gzip", "If-None-Match": etag})
    assert again.status == 304
    assert site.ask("/kk/nothing/").status == 404


def test_http_leads_to_https_and_other_names_lead_nowhere(site):
    plain = http.client.HTTPConnection("localhost", site.nginx.plain_port, timeout=10)
    plain.request("GET", "/kk/news/?page=2")
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/kk/news/?page=2")
    plain.close()
    plain = http.client.HTTPConnection("127.0.0.1", site.nginx.plain_port, timeout=10)
    plain.request("GET", "/kk/")
    with pytest.raises(http.client.RemoteDisconnected):
        plain.getresponse()
    plain.close()


def test_static_files_are_kept_for_ever_and_media_never_runs(site):
    page = site.ask("/kk/").text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = site.ask(style)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    media = Path(site.portal.variables["MEDIA_ROOT"])
    media.mkdir(exist_ok=True)
    for name in ("page.html", "picture.webp", "drawing.svg"):
        (media / name).write_text("<script>alert(1)</script>")
        answer = site.ask(f"/media/{name}")
        is_picture = name == "picture.webp"
        assert answer.status == 200
        assert answer.headers["Content-Type"] == (
            "image/webp" if is_picture else "application/octet-stream"
        )
        assert answer.headers["Content-Disposition"] == (None if is_picture else "attachment")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_private_has_no_address(site):
    private = Path(site.portal.variables["PRIVATE_ROOT"])
    private.mkdir(exist_ok=True)
    (private / "original.jpg").write_text("secret")
    for path in (
        "/private/original.jpg", "/media/../private/original.jpg",
        "/media/%2e%2e/private/original.jpg", "/media..%2fprivate/original.jpg",
        "/static/../fullchain.pem", "/_errors/all/503.html",
        "/media../private/original.jpg", "/static../server.log",
    ):  # fmt: skip
        answer = site.ask(path)
        assert answer.status in (400, 404), path
        assert "secret" not in answer.text


def test_too_much_is_refused_in_the_readers_language(site):
    answer = site.ask("/ru/preferences/", method="POST", body=b"", **{"Content-Length": "7000000"})
    assert answer.status == 413
    assert '<html lang="ru">' in answer.text
    assert "Слишком много" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_tries_passwords_by_the_dozen_is_slowed_down(site):
    found = [
        site.ask("/admin/login/", method="POST", body="username=a&password=b").status
        for _ in range(16)
    ]
    assert found[-1] == 429
    assert found[0] != 429
    answer = site.ask("/admin/login/", method="POST", body="username=a&password=b")
    assert answer.headers["Retry-After"] == "60"
    assert "Сұраныс тым көп" in answer.text
    assert site.ask("/kk/").status == 200  # reading goes on


PUBLISH = """
import sys
from tests.factories import ArticleFactory
sys.stdin.readline()
ArticleFactory(headline_kk=sys.argv[-1])
print("published", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("page", ["/kk/", "/kk/news/"])
def test_what_is_published_is_seen_through_nginx_without_anybody_purging_it(site, page):
    headline = f"Жаңалық {secrets.token_hex(4)}"
    code = f"import django; django.setup()\n{PUBLISH}"
    with subprocess.Popen(
        [sys.executable, "-c", code, headline],
        cwd=ROOT,
        env=site.portal.environment() | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as publisher:
        assert headline not in site.ask(page).text
        publisher.stdin.write("now\n")
        publisher.stdin.flush()
        publisher.stdout.readline()
        wait_until(lambda: headline in site.ask(page).text, what=headline)
        publisher.communicate("end\n")


SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from news import changes
from news.corrections import Announcement
from tests.factories import UserFactory
from news.models import Article
article, editor = Article.objects.get(lead_kk="Жиын дүйсенбіде."), UserFactory(is_superuser=True)
change = changes.begin(article, by=editor)
changes.save(change, change.content | {"lead_kk": "Жиын сейсенбіде."}, by=editor)
moment, told = timezone.now() + timedelta(seconds=5), Announcement({"kk": "Күні түзетілді."})
changes.publish(change, by=editor, at=moment, announcement=told)
print(moment.timestamp(), flush=True)
"""


def test_a_scheduled_change_is_read_from_its_moment_on_within_a_second(site):
    address = site.shell(
        "from tests.factories import ArticleFactory;"
        "print(ArticleFactory(lead_kk='Жиын дүйсенбіде.').get_absolute_url('kk'))"
    )
    pages, answers = (address, "/kk/news/", "/kk/news/feed/"), []
    for page in pages:
        wait_until(lambda page=page: "дүйсенбіде" in site.ask(page).text, what=page)
    moment = float(site.shell(SCHEDULE))
    while not answers or answers[-len(pages)][0] < moment + 1:  # a whole round later than that
        for page in pages:
            began, answer = time.time(), site.ask(page)
            said = [text in answer.text for text in ("сейсенбіде", "Күні түзетілді.")]
            answers.append((began, time.time(), page, answer.status, *said))
    before = [answer[2:] for answer in answers if answer[1] < moment]
    after = [answer[2:] for answer in answers if answer[0] >= moment + 1]
    assert set(before) == {(page, 200, False, False) for page in pages}
    assert set(after) == {(page, 200, True, page == address) for page in pages}
    compared = site.ask(f"{address}changes/1/").text
    assert "дүйсенбіде" in compared.partition("<del")[2].partition("</del>")[0]


def test_maintenance_is_one_file(site):
    flag = site.portal.folder / "maintenance"
    flag.touch()
    try:
        wait_until(lambda: site.ask("/en/news/").status == 503)  # nginx looks once a second
        answer = site.ask("/en/news/")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert '<html lang="en">' in answer.text
        style = answer.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert site.ask(style).status == 200
    finally:
        flag.unlink()
    wait_until(lambda: site.ask("/en/news/").status == 200)


def workers(site):
    """The process ids of gunicorn's workers, from the operating system."""
    master = site.portal.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(pid) for pid in children]


class Readers(threading.Thread):
    """Asks for pages that no cache can have, one after the other, until told to stop."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.site, self.answers, self.troubles, self.over = site, 0, [], threading.Event()

    def run(self):
        while not self.over.is_set():
            try:
                status = self.site.ask(f"/kk/search/?q={secrets.token_hex(4)}").status
            except OSError as error:
                status = repr(error)
            self.answers += 1
            if status != 200:
                self.troubles.append(status)


def test_a_reload_drops_no_request(site):
    before = set(workers(site))
    readers = [Readers(site) for _ in range(4)]
    for reader in readers:
        reader.start()
    wait_until(lambda: all(reader.answers > 2 for reader in readers))
    os.kill(site.portal.process.pid, signal.SIGHUP)
    wait_until(lambda: not before & set(workers(site)), seconds=40, what="new workers")
    seen = sum(reader.answers for reader in readers)
    wait_until(lambda: sum(reader.answers for reader in readers) > seen + 8)
    for reader in readers:
        reader.over.set()
        reader.join()
    assert [reader.troubles for reader in readers] == [[]] * 4, site.portal.log


STORED = (
    "from comments.models import Comment;"
    "print(*Comment.objects.values_list('text', flat=True), sep='\\n')"
)


def hidden_fields(form):
    return {
        part.partition('"')[0]: part.partition('value="')[2].partition('"')[0]
        for part in form.split('<input type="hidden" name="')[1:]
    }


def test_workers_killed_at_any_moment_lose_nothing_that_was_accepted(site):
    """Whoever gets no answer presses the button again; whoever got one is in the table, once."""
    address = f"{site.article}comments/"
    forms = queue.SimpleQueue()
    for number in range(16):
        fields = hidden_fields(site.ask(address).text)
        assert fields
        forms.put(fields | {"name": "Айгүл", "text": f"Пікір {number} {secrets.token_hex(3)}"})
    filled_at = time.monotonic() + TOO_FAST + 1
    wait_until(lambda: time.monotonic() > filled_at)
    accepted, unanswered = [], []

    def write():
        while not forms.empty():
            fields = forms.get()
            for _attempt in range(50):
                try:
                    answer = site.ask(
                        address,
                        method="POST",
                        body=urllib.parse.urlencode(fields),
                        **{
                            "Content-Type": "application/x-www-form-urlencoded",
                            "Sec-Fetch-Site": "same-origin",
                        },
                    )
                except OSError:
                    continue
                if answer.status == 303:
                    accepted.append(fields["text"])
                    break
                unanswered.append(answer.status)

    writers = [threading.Thread(target=write, daemon=True) for _ in range(3)]
    for writer in writers:
        writer.start()
    for enough in (2, 9):
        wait_until(lambda: len(accepted) >= enough, what=f"{unanswered}")  # noqa: B023
        victims = workers(site)
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: set(workers(site)) - set(victims), what="new workers")  # noqa: B023
    for writer in writers:
        writer.join()
    assert len(accepted) == 16, unanswered
    assert set(unanswered) <= {503}
    stored = site.shell(STORED).splitlines()
    assert [text for text in accepted if stored.count(text) != 1] == []


def test_what_was_read_is_shown_while_the_portal_is_away(site):
    read = site.ask(site.article).text
    site.portal.stop()
    try:
        time_is_up = time.time() + 1.2
        wait_until(lambda: time.time() > time_is_up)  # the kept copy is outdated by now
        answer = site.ask(site.article)
        assert (answer.status, answer.text) == (200, read)
        answer = site.ask("/ru/news/2017/")
        assert answer.status == 503
        assert error_pages.text_of(503, "ru").partition("<h1")[2][:200] in answer.text
    finally:
        site.portal.start()
    assert site.ask("/ru/news/").status == 200

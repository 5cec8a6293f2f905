"""Links to other sites: gathered, asked politely, shown where somebody can mend them."""

import socket
import ssl
import subprocess
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from news import preflight
from news.models import LinkGathering, OutsideLink, OutsideLinkUse
from news.outside_links import asking
from news.outside_links.gathering import addresses_in
from portal.models import JobRun
from tests.factories import ArticleFactory

Outcome = OutsideLink.Outcome


class Elsewhere(BaseHTTPRequestHandler):
    """Another site: its paths are statuses, or ways round."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        name = self.path.strip("/").partition("?")[0]
        if name == "get-only" and self.command == "HEAD":
            status = 405
        else:
            status = {"get-only": 200, "moved": 301, "circle": 302, "inside": 302}.get(name, 0)
        self.send_response(status or int(name or 200))
        if name in ("moved", "circle", "inside"):
            goal = {"moved": "/200", "circle": "/circle", "inside": "http://10.0.0.1/"}[name]
            self.send_header("Location", goal)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def elsewhere(settings):
    settings.NEWS_LINK_CHECK_PRIVATE_HOSTS = ("127.0.0.1",)
    settings.NEWS_LINK_CHECK_PAUSE = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def linking(*addresses, **more):
    links = "".join(f'<p><a href="{address}">Жоспар туралы</a></p>' for address in addresses)
    return ArticleFactory(body_kk=f"<p>Мектеп.</p>{links}", **more)


def run(**options):
    call_command("check_links", **options)


def state_of(address):
    return OutsideLink.objects.get(address=address)


# --- one question ---


@pytest.mark.parametrize(
    ("path", "is_alive", "problem"),
    [
        ("/200", True, ""),
        ("/moved", True, ""),
        ("/get-only", True, ""),
        ("/403", True, ""),
        ("/404", False, "404"),
        ("/500", False, "500"),
        ("/circle", False, "circle"),
        ("/inside", False, "private"),
    ],
)
def test_what_an_address_answers(elsewhere, path, is_alive, problem):
    answer = asking.ask(elsewhere.address + path)
    assert (answer.is_alive, answer.problem) == (is_alive, problem)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://127.1/", "http://100.64.0.1/",
        "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_private_networks_are_never_asked(monkeypatch, address):
    def connect(*_arguments, **_more):
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert asking.ask(address) == asking.Answer(False, is_final=True, problem="private")


@pytest.mark.parametrize("address", ["ftp://example.kz/", "file:///etc/passwd", "http://", "//x"])
def test_only_the_web_is_asked(address):
    assert not asking.ask(address).is_alive


def test_unusual_ports_of_other_machines_are_not_asked(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 6379))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_more: found)
    assert asking.ask("http://example.kz:6379/").problem == "private"


def test_a_site_that_is_not_there_is_no_error(settings):
    settings.NEWS_LINK_CHECK_PRIVATE_HOSTS = ("127.0.0.1",)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        answer = asking.ask(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert (answer.is_alive, answer.is_final, answer.problem) == (False, False, "no_connection")


# --- the command ---


@pytest.fixture
def secure(elsewhere, tmp_path):
    """Over TLS, by a certificate of one's own for the names given."""

    def secured(names):
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=elsewhere", "-addext",
                f"subjectAltName={names}", "-keyout", tmp_path / "key", "-out", tmp_path / "pem",
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "pem", tmp_path / "key")
        elsewhere.socket = context.wrap_socket(elsewhere.socket, server_side=True)
        return tmp_path / "pem"

    return secured


@pytest.mark.parametrize(
    ("names", "is_known", "problem"),
    [
        ("IP:127.0.0.1", True, ""),
        ("IP:127.0.0.1", False, "certificate"),
        ("DNS:other.kz", True, "certificate"),
    ],
)
def test_a_certificate_is_looked_at(elsewhere, secure, monkeypatch, names, is_known, problem):
    certificate = secure(names)
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer = asking.ask(f"https://127.0.0.1:{elsewhere.server_port}/200")
    assert (answer.is_alive, answer.problem, answer.is_final) == (not problem, problem, False)


def test_links_of_ours_and_mail_are_not_among_them(settings):
    settings.SITE_URL = "https://portal.kz"
    body = (
        '<p><a href="/kk/">a</a><a href="mailto:a@b.kz">b</a><a href="https://portal.kz/x">c</a>'
        '<a href="https://gov.kz/x#part">d</a><a href="https://gov.kz/x">e</a></p>'
    )
    assert addresses_in(body) == ["https://gov.kz/x"]


@pytest.mark.django_db
def test_the_command_keeps_what_it_found_and_the_preflight_tells_it(elsewhere, capsys):
    dead, alive = f"{elsewhere.address}/404", f"{elsewhere.address}/200"
    article = linking(dead, alive)
    run()
    assert state_of(dead).outcome == Outcome.DEAD
    assert state_of(alive).outcome == Outcome.ALIVE
    (finding,) = [f for f in preflight.examine(article) if f.code == "dead_outside"]
    assert (finding.field, finding.excerpt) == ("body_kk", "Жоспар туралы")
    assert "404" in str(finding.message)
    assert "2 asked: 1 alive, 0 doubtful, 1 dead" in capsys.readouterr().out
    assert JobRun.objects.get(name="check_links").outcome == JobRun.Outcome.DONE


@pytest.mark.django_db
def test_a_site_that_fails_once_is_doubtful_and_dead_after_three_nights(elsewhere):
    address = f"{elsewhere.address}/500"
    linking(address)
    now = timezone.now()
    found = []
    for night in range(4):
        with time_machine.travel(now + timedelta(days=night), tick=False):
            run()
        found.append(state_of(address).outcome)
    assert found == [Outcome.DOUBTFUL, Outcome.DOUBTFUL, Outcome.DEAD, Outcome.DEAD]


@pytest.mark.django_db
def test_what_answers_is_asked_again_a_week_later(elsewhere):
    linking(f"{elsewhere.address}/200")
    for _again in range(3):
        run()
    assert len(elsewhere.asked) == 1
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        run()
    assert len(elsewhere.asked) == 2


@pytest.mark.django_db
def test_a_run_is_bounded_and_the_next_goes_on(elsewhere):
    linking(*(f"{elsewhere.address}/200?{number}" for number in range(5)))
    run(most=2)
    assert OutsideLink.objects.filter(outcome=Outcome.UNKNOWN).count() == 3
    run(minutes=0)
    assert OutsideLink.objects.filter(outcome=Outcome.UNKNOWN).count() == 3
    run()
    assert OutsideLink.objects.filter(outcome=Outcome.UNKNOWN).count() == 0


@pytest.mark.django_db
def test_links_of_changed_articles_are_gathered_anew_and_unused_ones_forgotten(elsewhere):
    article = linking(f"{elsewhere.address}/404")
    run()
    LinkGathering.objects.update(changed_until=timezone.now() - timedelta(minutes=1))
    article.body_kk = f'<p>Мектеп <a href="{elsewhere.address}/200">жаңа</a></p>'
    article.updated_at = timezone.now()
    article.save()
    run()
    assert [use.link.address for use in OutsideLinkUse.objects.select_related("link")] == [
        f"{elsewhere.address}/200"
    ]
    assert OutsideLink.objects.count() == 1


@pytest.mark.django_db
def test_what_was_removed_is_not_asked_about(elsewhere):
    linking(f"{elsewhere.address}/200", status="removed")
    run()
    assert elsewhere.asked == []


@pytest.mark.django_db
def test_officers_see_what_is_dead_and_where(client, press, moderator, elsewhere):
    article = linking(f"{elsewhere.address}/404")
    run()
    client.force_login(press)
    text = client.get("/admin/news/outsidelink/", {"outcome": "dead"}).text
    assert f"/admin/news/article/{article.pk}/change/#id_body_kk" in text
    assert client.get("/admin/news/outsidelink/", {"address": "x"}).status_code == 400
    client.force_login(moderator)
    assert client.get("/admin/news/outsidelink/").status_code == 403

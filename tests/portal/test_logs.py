"""What operators can read about a request, and what nobody can read there about people.

A portal whose database was never migrated: every page that needs it fails, for real.
"""

import gzip
import json
import re
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from portal import logs
from tests.servers import Portal, folder, running, wait_until

PERSON = "Сейткали-Абдрахманов"
MAILBOX = "aigul.s@example.kz"
RECEIPT = "Zx81kQpvTn2LmR7bYw4sJd9c"
PRIVATE = (PERSON, MAILBOX, RECEIPT, "203.0.113.77", "Mozilla/5.0 (Linux; Aigul)", "demo-secret")
TOKEN = "metrics-" + "t" * 24


class Collector(BaseHTTPRequestHandler):
    """As much of a Sentry server as a client notices."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}
        body = unpack.get(self.headers.get("Content-Encoding"), bytes)(body)
        self.server.envelopes.append(body.decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def collector():
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.envelopes = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def portal(collector):
    with folder() as place:
        portal = Portal(
            place,
            DATABASE_URL=f"sqlite:///{place / 'empty.sqlite3'}",
            SENTRY_DSN=f"http://publickey:demo-secret@127.0.0.1:{collector.server_port}/1",
            METRICS_TOKEN=TOKEN,
            METRICS_DIR=str(place / "metrics"),
            LOG_FORMAT="json",
            TRUSTED_PROXIES="1",
            SLOW_REQUEST_MS="1",
        )
        with running(portal):
            yield portal


def ask(portal, path, **headers):
    return portal.get(
        path,
        {
            "X-Forwarded-For": "203.0.113.77",
            "User-Agent": "Mozilla/5.0 (Linux; Aigul)",
            "Referer": f"{portal.address}/ru/r/{RECEIPT}/",
            "Cookie": "sessionid=demo-secret",
            **headers,
        },
    )


def lines(portal, number):
    """All that was logged about one request."""
    path = portal.folder / "server.log"

    def written():
        return [line for line in path.read_text().splitlines() if number in line]

    wait_until(lambda: any('"ms"' in line for line in written()), what=f"the line of {number}")
    return [json.loads(line) for line in written()]


def test_a_request_has_one_number_in_its_answer_its_page_and_all_its_lines(portal):
    status, text, headers = ask(portal, "/ru/news/")
    number = headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", number)
    assert status == 503
    assert f"<strong>{number}</strong>" in text
    error, about = lines(portal, number)
    assert (error["level"], error["logger"]) == ("ERROR", "django.request")
    assert error["error"] == "OperationalError: no such table: news_article"
    assert any(place.startswith("news/") for place in error["at"])
    assert about["route"] == "news:list"
    assert (about["method"], about["path"], about["status"]) == ("GET", "/ru/news/", 503)
    assert about["queries"] >= 1
    assert about["ms"] >= about["db_ms"] > 0
    assert (about["level"], about["logger"]) == ("WARNING", "portal.slow")  # over 1 ms


def test_a_proxys_number_is_kept_and_nonsense_is_not(portal):
    assert ask(portal, "/healthz", **{"X-Request-ID": "nginx-12345678"})[2]["x-request-id"] == (
        "nginx-12345678"
    )
    given = ask(portal, "/healthz", **{"X-Request-ID": "a b<script>"})[2]["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", given)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/ru/search/?q={PERSON}", "/ru/search/"),
        (f"/kk/r/{RECEIPT}/", "/kk/r/…/"),
        (f"/kk/nothing/{MAILBOX}/", "/kk/nothing/…/"),
        ("/kk/nothing%0AINFO%20forged/", "/kk/nothing INFO forged/"),
    ],
)
def test_lines_tell_nothing_about_people(portal, path, shown):
    quoted = urllib.request.quote(path, safe="/?=%@")
    number = ask(portal, quoted)[2]["x-request-id"]
    assert lines(portal, number)[-1]["path"] == shown
    log = (portal.folder / "server.log").read_text()
    assert [word for word in PRIVATE if word in log] == []
    assert urllib.request.quote(PERSON) not in log


def test_error_reports_say_where_and_nothing_about_people(portal, collector):
    seen = len(collector.envelopes)
    path = urllib.request.quote(f"/ru/search/?q={PERSON}", safe="/?=")
    number = ask(portal, path)[2]["x-request-id"]
    wait_until(lambda: len(collector.envelopes) > seen, what="an error report")
    wait_until(lambda: any(number in report for report in collector.envelopes))
    reports = "\n".join(collector.envelopes)
    assert "OperationalError" in reports
    assert "no such table" in reports
    assert [word for word in PRIVATE if word in reports] == []
    assert urllib.request.quote(PERSON) not in reports
    assert "y" * 50 not in reports  # the secret key
    assert "sessionid" not in reports


def test_figures_are_for_those_who_know_the_token_and_of_all_processes(portal):
    for _ in range(8):
        ask(portal, "/healthz")
    assert ask(portal, "/metrics")[0] == 404
    assert ask(portal, "/metrics", Authorization="Bearer wrong")[0] == 404
    status, text, _headers = ask(portal, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    found = re.search(
        r'portal_requests_total\{cache="-",method="GET",route="healthz",status="200"\} (\S+)', text
    )
    assert float(found[1]) >= 8
    assert "portal_request_seconds_bucket" in text
    assert "portal_database_queries_total" in text
    assert [word for word in PRIVATE if word in text] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Not Found: /kk/r/Zx81kQpvTn2LmR7bYw4sJd9c/", "Not Found: /kk/r/…/"),
        ("GET /ru/search/?q=Айгүл HTTP/1.1", "GET /ru/search/?… HTTP/1.1"),
        ("Invalid request from ip=203.0.113.7: x", "Invalid request from ip=…: x"),
        ("Invalid request from ip=2001:db8::7: x", "Invalid request from ip=… x"),
        ("/kk/news/2018/10/30/12-mektep-ashyldy-Aqmola/", None),
        ("/static/css/base.1f9a2b3c4d5e.css", None),
        ("/kk/pages/accessibility-statement/", None),
        ("Listening at: http://127.0.0.1:8000 (7)", None),
    ],
)
def test_what_is_masked_and_what_is_not(text, expected):
    assert logs.scrub(text) == (expected or text)


def test_an_error_that_may_quote_people_is_named_only():
    assert logs.describe(ValueError("invalid literal: 'Айгүл'")) == "ValueError"
    assert logs.describe(OSError(28, "No space left on device")) == (
        "OSError: [Errno 28] No space left on device"
    )

"""``python -m bench.comment_flood``: 10,000 comments in a minute, while things break.

A PostgreSQL and a portal of its own. Comments come from many addresses through a trusted proxy;
meanwhile readers read and a moderator opens the queue. In the middle a worker is killed and the
database restarted. A form that got no answer is sent again, as a person would; at the end every
form that saw "received" must be in the queue exactly once. Prints a table; asserts the last only.
"""

import argparse
import contextlib
import http.client
import os
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.servers import Portal, Postgres, folder, running

TRIES = 12
PREPARE = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from news.models import Article
from comments.forms import CommentForm
from portal.accounts.sessions import KEY
from portal.models import StaffSession
article = Article.objects.published().order_by("-published_at").first()
for _ in range({forms}):
    print("key", CommentForm(article=article)._new_key())
user = User.objects.get(username="moderator")
session = SessionStore()
session["_auth_user_id"], session["_auth_user_hash"] = str(user.pk), user.get_session_auth_hash()
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session[KEY] = StaffSession.objects.create(user=user, browser="bench").pk
session.save()
print("session", session.session_key)
print("article", article.get_absolute_url("kk"))
"""
COUNT = """
from comments.models import Comment
for key, number in Comment.objects.filter(text__startswith="Flood ").values_list("text", "pk"):
    print("stored", key.split()[1])
"""


@dataclass
class Timings:
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def __str__(self) -> str:
        if not self.seconds:
            return f"none, {self.failed} failed"
        ordered = sorted(self.seconds)
        at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 1)]
        told = " / ".join(f"{1000 * value:.0f}" for value in at)
        return f"{told} ms (median / 95 % / worst of {len(ordered)}), {self.failed} failed"


@dataclass
class Flood:
    portal: Portal
    article: str
    forms: SimpleQueue
    answers: Counter[int] = field(default_factory=Counter)
    received: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    honest: int = 0
    took: Timings = field(default_factory=Timings)

    def send_all(self, *, forged: bool) -> None:
        """Take forms and send each until it is answered."""
        connection: http.client.HTTPConnection | None = None
        while True:
            try:
                number, key = self.forms.get_nowait()
            except Empty:
                return
            for _try in range(TRIES):
                connection = connection or http.client.HTTPConnection(
                    "127.0.0.1", self.portal.port, timeout=30
                )
                started = time.monotonic()
                try:
                    status, text = self._send(connection, number, "forged" if forged else key)
                except (OSError, http.client.HTTPException):
                    connection.close()
                    connection = None
                    status, text = 0, ""
                self.answers[status] += 1
                if status:
                    self.took.seconds.append(time.monotonic() - started)
                if status == 303:
                    self.received.add(f"{number:06d}")
                if status == 503 and f"Flood {number:06d}" in text:
                    self.honest += 1
                if status not in (0, 500, 502, 503):
                    break
                time.sleep(0.5)
            else:
                self.given_up.add(f"{number:06d}")

    def _send(
        self, connection: http.client.HTTPConnection, number: int, key: str
    ) -> tuple[int, str]:
        body = urllib.parse.urlencode(
            {
                "name": f"Житель {number % 977}",
                "text": f"Flood {number:06d} {WORDS[number % len(WORDS)]}",
                "website": "",
                "submission_key": key,
            }
        )
        connection.request(
            "POST",
            f"{self.article}comments/",
            body,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Sec-Fetch-Site": "same-origin",
                "Host": f"127.0.0.1:{self.portal.port}",
                # One address for five comments: below the limit of the hour.
                "X-Forwarded-For": f"10.{number // 5 >> 16}.{number // 5 >> 8 & 255}"
                f".{number // 5 & 255}",
            },
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")


WORDS = [
    "Көше шамдары қашан жанады?",
    "Спасибо за школу, дети рады!",
    "Дайте воду в наш дом",
    "Автобус опять не пришёл",
    "Смотрите www.example.com",
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.comment_flood", description=__doc__)
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--senders", type=int, default=24, help="connections at the same time")
    parser.add_argument("--forged", action="store_true", help="every form has a made-up key")
    parser.add_argument("--calm", action="store_true", help="kill and restart nothing")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        database = Postgres(stack.enter_context(folder()))
        stack.enter_context(running(database))
        portal = Portal(
            stack.enter_context(folder()),
            DATABASE_URL=database.url(),
            TRUSTED_PROXIES="1",
            LOG_LEVEL="ERROR",
        )
        prepare(portal)
        flood, session = forms_for(portal, options.comments)
        stack.enter_context(running(portal))
        time.sleep(2)  # a form sent within two seconds is a robot's
        run(flood, database, session, options)
        stored = Counter(lines(manage(portal, COUNT), "stored"))
        report(flood, stored)


def prepare(portal: Portal) -> None:
    for arguments in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["seed_demo"]):
        done = portal.manage(*arguments)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)


def forms_for(portal: Portal, count: int) -> tuple[Flood, str]:
    output = manage(portal, PREPARE.format(forms=count))
    forms: SimpleQueue = SimpleQueue()
    for number, key in enumerate(lines(output, "key")):
        forms.put((number, key))
    return Flood(portal, lines(output, "article")[0], forms), lines(output, "session")[0]


def manage(portal: Portal, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        env=portal.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def lines(output: str, name: str) -> list[str]:
    found = (line.split(" ", 1) for line in output.splitlines() if line.startswith(f"{name} "))
    return [value for _name, value in found]


def run(flood: Flood, database: Postgres, session: str, options: argparse.Namespace) -> None:
    started = time.monotonic()
    readers = [
        ("front page", Watcher(flood.portal, "/kk/")),
        ("article", Watcher(flood.portal, flood.article)),
        ("queue", Watcher(flood.portal, "/admin/comments/comment/", session)),
        ("held", Watcher(flood.portal, "/admin/comments/comment/?tab=held", session)),
    ]
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(options.senders) as senders:
        for _name, reader in readers:
            stack.enter_context(reader)
        sending = [
            senders.submit(flood.send_all, forged=options.forged) for _ in range(options.senders)
        ]
        if not options.calm:
            break_things(flood, database, options.comments)
        for one in sending:
            one.result()
        took = time.monotonic() - started
    print(f"{options.comments:,} forms in {took:.0f} s ({60 * options.comments / took:,.0f}/min)")
    print(f"posting: {flood.took}")
    for name, reader in readers:
        print(f"{name}: {reader.timings}")


def break_things(flood: Flood, database: Postgres, comments: int) -> None:
    wait_for(lambda: comments - flood.forms.qsize() > comments // 3)
    if worker := a_worker_of(flood.portal):
        os.kill(worker, 9)
        print(f"killed worker {worker}")
    wait_for(lambda: comments - flood.forms.qsize() > comments // 2)
    database.stop()
    time.sleep(2)
    database.start()
    print("restarted the database")


def wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


def a_worker_of(portal: Portal) -> int | None:
    assert portal.process
    children = Path(f"/proc/{portal.process.pid}/task/{portal.process.pid}/children")
    workers = children.read_text().split()
    return int(workers[0]) if workers else None


class Watcher:
    """Somebody who opens the same page again and again, twice a second."""

    def __init__(self, portal: Portal, path: str, session: str = "") -> None:
        self.portal, self.path, self.timings = portal, path, Timings()
        self.headers = {"Cookie": f"sessionid={session}"} if session else {}
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def __enter__(self) -> "Watcher":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        self.thread.join()

    def watch(self) -> None:
        while not self.is_over.wait(0.5):
            started = time.monotonic()
            try:
                status, text, _headers = self.portal.get(self.path, self.headers)
            except OSError:
                status, text = 0, ""
            # The form to sign in is an answer too, but not the page that is asked for.
            if status == 200 and 'id="login-form"' not in text:
                self.timings.seconds.append(time.monotonic() - started)
            else:
                self.timings.failed += 1


def report(flood: Flood, stored: Counter[str]) -> None:
    print("answers:", ", ".join(f"{status}: {n}" for status, n in sorted(flood.answers.items())))
    print(f"honest pages with the text: {flood.honest}; given up: {len(flood.given_up)}")
    lost = flood.received - stored.keys()
    doubled = [key for key, times in stored.items() if times > 1]
    unanswered = stored.keys() - flood.received
    print(
        f"received: {len(flood.received)}, stored: {stored.total()}, lost: {len(lost)}, "
        f"doubled: {len(doubled)}, stored without an answer: {len(unanswered)}"
    )
    if lost or doubled:
        sys.exit("Whoever saw «received» must be in the queue exactly once.")


if __name__ == "__main__":
    main()

"""``python -m bench.queue_by_keyboard``: sixty decisions with the keyboard, in a short queue and in
a long one.

A PostgreSQL and a portal of its own, and a real Chromium. Prints, for each length of the queue,
how long the sixty took and what a page of the queue and a decision cost; asserts nothing.
"""

import argparse
import contextlib
import shutil
import statistics
import time

from playwright.sync_api import Page, expect, sync_playwright

from bench.comment_flood import manage, prepare
from bench.measure import processor_ms
from tests.servers import Portal, Postgres, folder, running

DECISIONS = 60
QUEUE = "/admin/comments/comment/"
FILL = """
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from comments.models import Comment
from news.models import Article
articles = list(Article.objects.published()[:50])
Comment.objects.pending().update(status="approved")
now = timezone.now()
Comment.objects.bulk_create(
    (
        Comment(
            article=articles[n % len(articles)],
            author_name=f"Житель {{n % 977}}",
            text=f"Слово читателя номер {{n}}: когда отремонтируют дорогу и включат свет?",
            language="ru",
            sender_hash=f"{{n % 9973:064x}}",
            created_at=now - timedelta(seconds={waiting} - n),
        )
        for n in range({waiting})
    ),
    batch_size=2000,
)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.queue_by_keyboard", description=__doc__)
    parser.add_argument("--waiting", default="70,100000", help="lengths of the queue, with commas")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        database = Postgres(stack.enter_context(folder()))
        stack.enter_context(running(database))
        portal = Portal(
            stack.enter_context(folder()), DATABASE_URL=database.url(), LOG_LEVEL="ERROR"
        )
        prepare(portal)
        stack.enter_context(running(portal))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print("| waiting | 60 decisions, s | page: app ms | page: clock ms | decision: app ms |")
        print("| --- | --- | --- | --- | --- |")
        for waiting in map(int, options.waiting.split(",")):
            manage(portal, FILL.format(waiting=waiting))
            context = browser.new_context(base_url=portal.address)
            page = context.new_page()
            sign_in(page)
            cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
            cost, clock = page_costs(portal, cookies["sessionid"])
            seconds, decision = decide(portal, page)
            print(f"| {waiting:,} | {seconds:.1f} | {cost:.1f} | {clock:.1f} | {decision:.1f} |")
            context.close()
        browser.close()


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.fill("input[name=username]", "moderator")
    page.fill("input[name=password]", "demo-moderator")
    page.click("#login-form [type=submit]")
    expect(page.locator("#logout-form")).to_be_attached()


def page_costs(portal: Portal, session: str, *, times: int = 40) -> tuple[float, float]:
    """Processor milliseconds of the application, and the median on the clock."""
    headers = {"Cookie": f"sessionid={session}"}
    for _ in range(6):  # both workers have met the page
        portal.get(QUEUE, headers)
    before, clock = _spent(portal), []
    for _ in range(times):
        started = time.monotonic()
        portal.get(QUEUE, headers)
        clock.append(1000 * (time.monotonic() - started))
    return (_spent(portal) - before) / times, statistics.median(clock)


def decide(portal: Portal, page: Page) -> tuple[float, float]:
    """As a moderator does: each comment is on the screen before the next key is pressed."""
    page.goto(QUEUE)
    current = page.locator(".queue__row.is-current .queue__text")
    before, started = _spent(portal), time.monotonic()
    for number in range(DECISIONS):
        expect(current).to_contain_text(f"номер {number}:")
        if number % 3 == 2:
            page.keyboard.press("r")
            page.keyboard.press("3")
        else:
            page.keyboard.press("as"[number % 2])
    expect(page.locator("[data-tab=rejected]")).not_to_have_text("0")
    expect(page.locator(".is-sent")).to_have_count(0, timeout=60_000)
    seconds = time.monotonic() - started
    return seconds, (_spent(portal) - before) / DECISIONS


def _spent(portal: Portal) -> float:
    return processor_ms(portal.process.pid if portal.process else None)


if __name__ == "__main__":
    main()

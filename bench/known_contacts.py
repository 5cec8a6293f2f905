"""``python -m bench.known_contacts``: does the time of an answer tell who is known here?

A PostgreSQL, a portal and a stand-in for the SMS gateway of its own. Codes are asked for to numbers
that have written here, to numbers that nobody knows, and to numbers for which enough codes have
been sent within the hour, in random order, over one connection. Prints how long the answers took,
and how often a random one of one kind was slower than a random one of another: a half of the times
means that there is nothing to learn. Asserts nothing about time.
"""

import argparse
import contextlib
import http.client
import random
import statistics
import time
import urllib.parse
from collections.abc import Iterable

from bench.comment_flood import manage, prepare
from comments.identity import vault
from comments.identity.gateway_stand_in import GatewayStandIn
from tests.servers import Portal, Postgres, folder, running

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
PREPARE = """
from django.conf import settings
from comments.identity import contacts, identities
from comments.models import Agreement, OneTimeCode
for number in {known}:
    identities.confirm("sms", number, Agreement.current())
OneTimeCode.objects.bulk_create(
    OneTimeCode(kind="sms", contact_hash=contacts.keyed_hash(number), contact_sealed="-",
                code_hash="-", sender_hash="somebody else")
    for number in {enough} for _ in range(settings.COMMENTS_CODES_PER_CONTACT)
)
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.known_contacts", description=__doc__)
    parser.add_argument("--numbers", type=int, default=300, help="of each kind")
    options = parser.parse_args()
    gateway = GatewayStandIn()
    gateway.start()
    kinds = {
        "known": _numbers(701, options.numbers),
        "unknown": _numbers(702, options.numbers),
        "enough codes sent": _numbers(705, options.numbers),
    }
    with contextlib.ExitStack() as stack:
        stack.callback(gateway.stop)
        database = Postgres(stack.enter_context(folder()))
        stack.enter_context(running(database))
        portal = Portal(
            stack.enter_context(folder()),
            DATABASE_URL=database.url(),
            LOG_LEVEL="ERROR",
            COMMENTS_IDENTITY="sms",
            COMMENTS_IDENTITY_KEYS=vault.new_key(),
            COMMENTS_CODES_PER_SENDER="1000000",
            COMMENTS_CODES_PER_HOUR="1000000",
            SMS_GATEWAY_URL=f"{gateway.address}/send",
            SMS_GATEWAY_BODY="recipient={number}&text={text}",
        )
        prepare(portal)
        manage(portal, PREPARE.format(known=kinds["known"], enough=kinds["enough codes sent"]))
        stack.enter_context(running(portal))
        took = ask(portal, kinds)
    report(took)


def _numbers(operator: int, count: int) -> list[str]:
    return [f"+7{operator}{number:07}" for number in range(count)]


def ask(portal: Portal, kinds: dict[str, list[str]]) -> dict[str, list[float]]:
    questions = [(kind, number) for kind, numbers in kinds.items() for number in numbers]
    random.shuffle(questions)
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
    for place, (kind, number) in enumerate(questions):
        body = urllib.parse.urlencode({"step": "contact", "contact": number})
        started = time.perf_counter()
        connection.request("POST", "/ru/my-data/", body, FORM)
        answer = connection.getresponse()
        answer.read()
        seconds = time.perf_counter() - started
        assert answer.status == 200, answer.status
        if place >= 30:  # the first ones warm the processes
            took[kind].append(seconds)
    return took


def report(took: dict[str, list[float]]) -> None:
    for kind, seconds in took.items():
        ordered = sorted(seconds)
        low, high = ordered[len(ordered) // 10], ordered[9 * len(ordered) // 10]
        print(
            f"{kind}: median {1000 * statistics.median(ordered):.1f} ms, "
            f"10–90 %: {1000 * low:.1f}–{1000 * high:.1f} ms, n = {len(ordered)}"
        )
    for kind in ("known", "enough codes sent"):
        print(f"{kind} slower than unknown: {_slower(took[kind], took['unknown']):.3f}")


def _slower(these: list[float], those: Iterable[float]) -> float:
    pairs = [(one > other) + (one == other) / 2 for one in these for other in those]
    return sum(pairs) / len(pairs)


if __name__ == "__main__":
    main()

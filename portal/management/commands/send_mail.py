"""``manage.py send_mail``: hand what waits in the outbox to the mail server."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import close_old_connections

from comments import digest
from news import due, outbox
from portal import jobs


class Command(BaseCommand):
    help = "Send the mail that waits; run it every minute, or keep it running with --loop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="go on until stopped, instead of one pass"
        )
        parser.add_argument(
            "--retry-failed", action="store_true", help="try the messages that were given up again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not outbox.is_on():
            raise CommandError("There is no mail server: set EMAIL_URL.")
        if options["retry_failed"]:
            self.stdout.write(f"{outbox.try_again()} failed messages wait again.")
        if options["loop"]:
            self.go_on()
        else:
            self.one_pass()

    def one_pass(self) -> None:
        with jobs.run("send_mail") as run:
            due.settle()
            digest.post_due()
            delivery = outbox.deliver()
            outbox.purge()
            run.summary = str(delivery)
            self.stdout.write(f"Mail: {delivery}.")
            if delivery.unreachable or delivery.failed:
                raise CommandError("Some mail was not sent; see the health page of the admin.")

    def go_on(self) -> None:
        """One pass a minute, and at once when something waits."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        next_pass = 0.0
        while not stopped.is_set():
            try:
                close_old_connections()
                if time.monotonic() >= next_pass or outbox.is_due():
                    next_pass = time.monotonic() + 60
                    self.one_pass()
            except jobs.BusyError:
                stopped.wait(30)
            except (CommandError, DatabaseError) as error:
                self.stderr.write(str(error).strip())
                stopped.wait(30)  # whatever is down needs a moment
            stopped.wait(2)

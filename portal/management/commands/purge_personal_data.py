from typing import Any

from django.core.management.base import BaseCommand

from comments.identity import retention
from news import missed_searches, outbox, reads
from portal import audit, jobs
from portal.accounts import sessions, throttle


class Command(BaseCommand):
    help = (
        "Delete personal data whose time is over: identities, one-time codes, senders' hashes, "
        "addresses for letters, sent mail, sessions and sign-ins of officers, what is old in the "
        "audit log, in the searches without result and in the counts of reads. Run it every "
        "day; each rule leaves a line in the admin."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with jobs.run("purge_personal_data") as run:
            lines = [f"{purge.rule}: {purge.deleted}" for purge in retention.purge()]
            lines += [
                f"mail: {outbox.purge()}",
                f"audit log: {audit.purge()}",
                f"signed-in browsers: {sessions.purge()}",
                f"failed sign-ins: {throttle.purge()}",
                f"searches that found nothing: {missed_searches.purge()}",
                f"reads by day: {reads.purge()}",
            ]
            run.summary = "\n".join(lines)
        for line in lines:
            self.stdout.write(line)

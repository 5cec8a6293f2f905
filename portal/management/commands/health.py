"""``manage.py health``: the health page for a terminal and for whatever watches the machine."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal import health


class Command(BaseCommand):
    help = "Tell how the parts of the portal are; fails when one needs attention."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            found = list(health.findings())
            for finding in found:
                self.stdout.write(f"{finding.state:<7} {finding.name}: {finding.text}")
        if bad := sum(finding.state == health.State.BAD for finding in found):
            raise CommandError(f"{bad} of {len(found)} need attention.")

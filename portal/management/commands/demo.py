"""``manage.py demo``: migrate, seed, serve, and say where."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from comments.identity.gateway_stand_in import GatewayStandIn
from portal.demo.accounts import ACCOUNTS, password_of

HOST = "127.0.0.1"
PATIENCE = 60  # seconds until the server must have answered


class Command(BaseCommand):
    help = "Show the whole portal on this machine with demo content (run by `make demo`)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This runs with DEMO=1 only: use `make demo`.")
        port = os.environ.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
        self.refuse_taken(int(port))
        call_command("migrate", verbosity=0)
        call_command("seed_demo")
        address = f"http://{HOST}:{port}"
        gateway = self.start_gateway(int(port) + 1)
        server = subprocess.Popen(  # noqa: S603
            [
                sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}",
                "--workers", "1", "--threads", "4", "--log-level", "warning",
            ]
        )  # fmt: skip
        mail = subprocess.Popen([sys.executable, "manage.py", "send_mail", "--loop"])
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            self.wait_for(f"{address}/healthz", server)
            self.tell(address)
            if gateway:
                self.stdout.write(f"SMS that would have been sent:  {gateway}/")
                self.stdout.flush()
            code = server.wait()
        except KeyboardInterrupt:
            server.terminate()
            code = server.wait()
        finally:
            mail.terminate()
            mail.wait()
        if code not in (0, -signal.SIGTERM, -signal.SIGINT):
            raise CommandError(f"The server stopped with status {code}.")

    def start_gateway(self, port: int) -> str:
        """With COMMENTS_IDENTITY=sms, a stand-in that takes the messages and shows them."""
        if settings.COMMENTS_IDENTITY != "sms":
            return ""
        self.refuse_taken(port)
        gateway = GatewayStandIn(port)
        gateway.start()
        return gateway.address

    def refuse_taken(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                raise CommandError(
                    f"Port {port} is taken. Choose another one: make demo PORT={port + 1}"
                ) from None

    def wait_for(self, address: str, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and server.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        server.terminate()
        raise CommandError("The server did not start; its own messages are above.")

    def tell(self, address: str) -> None:
        self.stdout.write(
            f"\nThe portal:  {address}/\nThe admin:   {address}/{settings.ADMIN_PATH}\n"
        )
        for username, (group, *_name) in ACCOUNTS.items():
            self.stdout.write(
                f"  {username:<10} password {password_of(username):<16} {group or 'everything'}"
            )
        self.stdout.write("Stop it with Ctrl-C. Its data lies under var/.\n")
        self.stdout.flush()

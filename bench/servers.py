"""What is measured: the portal under gunicorn, an empty view under the same, nginx with a file."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.databases import VAR
from bench.environment import variables
from tests.servers import Portal, Server


class Site(Portal):
    """The portal on a database of the bench."""

    def __init__(self, address: str, *, page_cache: bool) -> None:
        name = address.rpartition("/")[2]
        folder = VAR / "site" / name
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(VAR / "cache" / name, ignore_errors=True)
        super().__init__(folder)
        self.variables |= variables(address) | {
            "SITE_URL": self.address,
            "PAGE_CACHE": "1" if page_cache else "0",
            "TRUSTED_PROXIES": "1" if page_cache else "0",
        }

    def start(self) -> None:
        started = time.monotonic()
        super().start()
        self.get("/kk/")
        self.cold_start = time.monotonic() - started


class EmptyView(Server):
    def command(self) -> list[str]:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        config = ["--config", "portal/gunicorn.py", "--bind", f"127.0.0.1:{self.port}"]
        return [gunicorn, "bench.empty", *config]


class Nginx(Server):
    """Serves bytes from disk with nothing in between: the machine's floor."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"""
            {user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr warn;
            events {{ worker_connections 256; }}
            http {{
                access_log off; types {{ text/html html; }} sendfile on;
                client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
                fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;
                scgi_temp_path {folder}/t5;
                server {{ listen 127.0.0.1:{self.port}{self.listening(folder)}; root {folder}; }}
            }}
            """
        )

    def listening(self, folder: Path) -> str:
        return ""

    def command(self) -> list[str]:
        found = shutil.which("nginx") or "/usr/sbin/nginx"
        return [found, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]


class TlsNginx(Nginx):
    """The same over TLS, as the shipped configuration is asked."""

    def listening(self, folder: Path) -> str:
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-keyout", str(folder / "privkey.pem"),
                "-out", str(folder / "fullchain.pem"),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        pair = f"ssl_certificate {folder}/fullchain.pem; ssl_certificate_key {folder}/privkey.pem"
        return f" ssl; {pair}"


def missing() -> list[str]:
    """What `make bench` needs and this machine lacks, by its Debian name."""
    needed = {"wrk": "wrk", "nginx": "nginx-light"}
    return [
        package
        for program, package in needed.items()
        if not shutil.which(program) and not Path("/usr/sbin", program).exists()
    ]

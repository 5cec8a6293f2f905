"""Real servers of a test's own, on 127.0.0.1, that it may stop, starve and start again.

The shared PostgreSQL and Redis of the machine are never touched: other tests live on them.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Not one of those that outgoing connections are given: one of them could take it before the
    server does."""
    while True:
        port = secrets.choice(range(15_000, 30_000))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(condition: Callable[[], object], *, seconds: float = 20, what: str = "") -> None:
    """Ask again and again until it is so; AssertionError when it never was."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what or condition}"
        time.sleep(0.02)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class Server:
    """A child process in a group of its own; `kill()` is as rude as a power cut."""

    process: subprocess.Popen | None = None

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self.is_ready, seconds=40, what=f"{type(self).__name__} to answer\n{self.log}")

    def is_ready(self) -> bool:
        assert self.process
        assert self.process.poll() is None, f"{type(self).__name__} ended:\n{self.log}"
        return answers(self.port)

    @property
    def log(self) -> str:
        path = self.folder / "server.log"
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(15)
        self.process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)


class Redis(Server):
    def command(self) -> list[str]:
        return [
            shutil.which("redis-server") or "redis-server",
            *("--bind", "127.0.0.1", "--port", str(self.port)),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
        ]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


class S3(Server):
    """An S3-compatible store of files below the folder, with one bucket: ``portal``."""

    key, secret, bucket = "portal-key", "portal-secret", "portal"

    def __init__(self, folder: Path, port: int | None = None) -> None:
        super().__init__(folder, port)
        (folder / "store" / self.bucket).mkdir(parents=True)

    def command(self) -> list[str]:
        return [
            str(Path(sys.executable).with_name("rclone")), "serve", "s3",
            "--config", str(self.folder / "none.conf"),
            "--auth-key", f"{self.key},{self.secret}", "--addr", f"127.0.0.1:{self.port}",
            "--vfs-cache-mode", "off", str(self.folder / "store"),
        ]  # fmt: skip

    @property
    def variables(self) -> dict[str, str]:
        return {
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "S3_ACCESS_KEY": self.key,
            "S3_SECRET_KEY": self.secret,
            "S3_BUCKET": self.bucket,
        }


class Postgres(Server):
    """A cluster of its own; PostgreSQL refuses to run as root, so it runs as ``postgres``."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        super().__init__(folder, port)
        self.binaries = max(Path("/usr/lib/postgresql").glob("*/bin"))
        data = self.folder / "data"
        if data.exists():
            return
        shutil.chown(self.folder, "postgres")
        self.folder.chmod(0o755)
        subprocess.run(
            self._as_postgres(
                "initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8",
                "--no-sync", "--no-locale",
            ),
            check=True,
            capture_output=True,
            cwd="/",
        )  # fmt: skip

    def _as_postgres(self, program: str, *arguments: str) -> list[str]:
        command = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:
            return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        return command

    def command(self) -> list[str]:
        return self._as_postgres(
            "postgres", "-D", str(self.folder / "data"), "-p", str(self.port),
            "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}",
            "-c", "fsync=off",
        )  # fmt: skip

    def is_ready(self) -> bool:
        if not super().is_ready():
            return False
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown: connections are cut, nothing is lost."""
        super().stop(how)

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Takes connections and queries, and answers none: its disk is gone, or it is frozen."""
        assert self.process
        main = self.process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        stopped = [main, *map(int, children)]  # each in a group of its own
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def url(self, name: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"


def static_root() -> Path:
    """The static files as production has them; collected once, whoever asks first."""
    state = hashlib.sha256()
    for name in ("requirements/base.txt", "portal/editor.py", "portal/static_files.py"):
        state.update((ROOT / name).read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        state.update(f"{path}{path.stat().st_mtime_ns}".encode())
    place = ROOT / "var" / "tests-static" / state.hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "staticfiles.json").exists():
            subprocess.run(
                [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
                cwd=ROOT,
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": "tests.collected_static",
                    "STATIC_ROOT": str(place),
                    "PYTHONPATH": str(ROOT),
                },
                check=True,
            )
    return place


class Replica(Postgres):
    """A streaming copy of another cluster, made with ``pg_basebackup -R``."""

    def __init__(self, folder: Path, primary: Postgres) -> None:
        Server.__init__(self, folder)
        self.binaries = primary.binaries
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        subprocess.run(
            self._as_postgres(
                "pg_basebackup", "-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast",
                "--no-sync", "-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres",
            ),
            check=True,
            capture_output=True,
            cwd="/",
        )  # fmt: skip


class Portal(Server):
    """The portal as an operator runs it: gunicorn, production settings, from variables alone."""

    def __init__(self, folder: Path, *, port: int | None = None, **variables: str) -> None:
        super().__init__(folder, port)
        self.variables = {
            "SECRET_KEY": "tests-only-" + "y" * 50,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "2",
            "MEDIA_ROOT": str(folder / "media"),
            "PRIVATE_ROOT": str(folder / "private"),
            "CACHE_DIR": str(folder / "cache"),
            "STATIC_ROOT": str(static_root()),
            "LOG_LEVEL": "INFO",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "STAFF_TWO_FACTOR_ROLES": "none",
            **variables,
        }

    def environment(self) -> dict[str, str]:
        dropped = ("DEMO", "DEBUG", "REDIS_URL", "DATABASE_URL")
        inherited = {name: value for name, value in os.environ.items() if name not in dropped}
        return inherited | self.variables

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a management command against this portal's database; never raises."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self) -> list[str]:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        return [gunicorn, "portal.wsgi", "--config", "portal/gunicorn.py"]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        if not super().is_ready():
            return False
        with contextlib.suppress(OSError):
            return self.get("/healthz")[0] == 200
        return False

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict]:
        """Status, text and headers (names in lower case) of an answer, whatever its status."""
        request = urllib.request.Request(self.address + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                status, body, found = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            status, body, found = error.code, error.read(), error.headers
        return status, body.decode(errors="replace"), {k.lower(): v for k, v in found.items()}


class Nginx(Server):
    """deploy/nginx/portal.conf with this machine's places in it, before one portal."""

    def __init__(self, folder: Path, *, portal_port: int, port: int | None = None) -> None:
        super().__init__(folder, port)
        self.plain_port = free_port()
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip
        (folder / "kept").mkdir()
        source = ROOT / "deploy" / "nginx"
        shutil.copy(source / "portal-proxy.inc", folder)
        shipped = (source / "portal.conf").read_text(encoding="utf-8")
        for there, here in {
            "server unix:/run/portal/web.sock fail_timeout=0;": f"server 127.0.0.1:{portal_port};",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "server_name portal.example.kz;": "server_name localhost;",
            "/etc/letsencrypt/live/portal.example.kz": str(folder),
            "/var/cache/nginx/portal": str(folder / "kept"),
            "/var/log/nginx": str(folder),
            "/srv/portal/var/static": str(static_root()),
            "/srv/portal/var": str(folder),
        }.items():
            assert there in shipped, there
            shipped = shipped.replace(there, here)
        (folder / "portal.conf").write_text(shipped, encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"""{user} daemon off; worker_processes 1; pid {folder}/nginx.pid;
            error_log {folder}/nginx.log; events {{}}
            http {{
                include /etc/nginx/mime.types;
                client_body_temp_path {folder}/nginx-body; proxy_temp_path {folder}/nginx-proxy;
                fastcgi_temp_path {folder}/nginx-f; uwsgi_temp_path {folder}/nginx-u;
                scgi_temp_path {folder}/nginx-s;
                include portal.conf;
            }}"""
        )

    def command(self) -> list[str]:
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        return [nginx, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]

    def check(self) -> str:
        """What `nginx -t` says of the configuration; "" when it has nothing to say but yes."""
        result = subprocess.run(
            [*self.command(), "-t", "-q"], capture_output=True, text=True, check=False
        )
        return result.stderr

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"


def needs(program: str, package: str) -> None:
    """Skip the test on a machine without it; CI has it."""
    if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
        assert "CI" not in os.environ, f"{program} is missing: apt-get install {package}"
        pytest.skip(f"{program} is missing: apt-get install {package}")


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A short-lived folder with a short path: PostgreSQL's socket has room for 107 letters."""
    path = Path(tempfile.mkdtemp(prefix="portal-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()

"""Databases that stay between runs, named by their size and content; a PostgreSQL of our own."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.servers import ROOT, Postgres, answers

VAR = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
PORT = int(os.environ.get("BENCH_POSTGRES_PORT") or 54399)
GENERATOR = 2  # raise it when the bench's own articles change


class Cluster(Postgres):
    """PostgreSQL with its defaults but for what a machine of this size is given anyway."""

    def __init__(self) -> None:
        folder = VAR / "postgres"
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, PORT)

    def command(self) -> list[str]:
        return [
            *super().command(),
            *("-c", "shared_buffers=1GB", "-c", "maintenance_work_mem=512MB"),
            *("-c", "max_wal_size=4GB", "-c", "effective_cache_size=4GB"),
            *("-c", "random_page_cost=1.1", "-c", "unix_socket_directories="),
        ]


def fingerprint() -> str:
    """Of the bench's own texts and what the index makes of them; tables migrate as anywhere."""
    found = hashlib.sha256(str(GENERATOR).encode())
    for name in ("analysis", "kazakh", "index", "documents"):
        found.update((ROOT / "news" / "search" / f"{name}.py").read_bytes())
    return found.hexdigest()[:8]


def url(articles: int, kind: str, cluster: Cluster | None) -> str:
    name = f"bench_{articles}_{fingerprint()}"
    if kind == "sqlite":
        VAR.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{VAR / name}.sqlite3"
    assert cluster
    return cluster.url(name)


def ensure_exists(address: str) -> None:
    """Make a PostgreSQL database that is not there yet; SQLite makes its file itself."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return
    name = parts.path.lstrip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            server.execute(
                psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
            )


def is_running(cluster: Cluster) -> bool:
    return answers(cluster.port)

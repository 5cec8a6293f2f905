"""wrk for speed; /proc for processor time and memory, application and database apart."""

import contextlib
import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.databases import VAR

TICKS = os.sysconf("SC_CLK_TCK")
SCRIPT = Path(__file__).with_name("load.lua")


@dataclass
class Figures:
    requests: int
    per_second: float
    p50: float  # milliseconds
    p99: float
    errors: int
    app_ms: float = 0  # of processor time, per request
    database_ms: float = 0


def run(
    origin: str,
    addresses: list[str],
    *,
    connections: int,
    seconds: float,
    app: int,
    database: int | None = None,
    cookie: str = "",
    encoding: str = "gzip",
) -> Figures:
    """Ask for the addresses in turn; ``app`` and ``database`` are the roots of process trees."""
    listed = VAR / "addresses.txt"
    listed.write_text("\n".join(addresses) + "\n")
    before = processor_ms(app), processor_ms(database)
    answer = subprocess.run(
        [
            *("wrk", "-t1", f"-c{connections}", f"-d{max(round(seconds), 1)}s", "--timeout", "20s"),
            *("-s", SCRIPT, f"{origin}/", "--", listed),
        ],
        env={
            **os.environ,
            **({"BENCH_COOKIE": cookie} if cookie else {}),
            **({"BENCH_ENCODING": encoding} if encoding else {}),
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (line,) = [line for line in answer.splitlines() if line.startswith("BENCH ")]
    requests, duration, p50, p99, errors = map(float, line.split()[1:])
    number = max(requests, 1)
    return Figures(
        int(requests),
        requests / duration,
        p50,
        p99,
        int(errors),
        (processor_ms(app) - before[0]) / number,
        (processor_ms(database) - before[1]) / number,
    )


def asked(
    port: int, path: str, *, method: str = "GET", known: str = "", seconds: float, app: int
) -> Figures:
    """Over one connection, one after the other; wrk would wait for a body that HEAD has not."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": known} if known else {})
    before, started, errors = processor_ms(app), time.monotonic(), 0
    took: list[float] = []
    while (asked := time.monotonic()) < started + seconds:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        errors += answer.status != (304 if known else 200)
        took.append((time.monotonic() - asked) * 1000)
    connection.close()
    took.sort()
    number = len(took)
    return Figures(
        number,
        number / seconds,
        took[number // 2],
        took[number * 99 // 100],
        errors,
        (processor_ms(app) - before) / number,
    )


def least(rounds: list[Figures]) -> Figures:
    """The round that other work on the machine disturbed least, and all errors."""
    best = min(rounds, key=lambda figures: figures.app_ms + figures.database_ms)
    return replace(best, errors=sum(figures.errors for figures in rounds))


def processor_ms(root: int | None) -> float:
    """Of a process, its descendants, and those of its children that have ended."""
    if root is None:
        return 0
    total = 0.0
    for process in tree(root):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            # utime and stime; for the root also those of children it has waited for.
            total += sum(map(int, fields[11 : 15 if process == root else 13]))
    return total / TICKS * 1000


def tree(root: int) -> Iterator[int]:
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield from tree(int(child))


def worker_memory(root: int) -> tuple[float, float]:
    """Megabytes of the largest worker: PSS (shared pages divided among their users) and RSS."""
    found = []
    for process in list(tree(root))[1:]:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
            found.append((int(sizes["Pss"]) / 1024, int(sizes["Rss"]) / 1024))
    return max(found, default=(0, 0))

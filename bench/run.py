"""One run of `make bench`: everything side by side, printed as a table and kept as a file.

What is compared is asked in turn, round after round, so that other work on the machine meets all
of it alike; of each the round that cost least is shown.
"""

import contextlib
import itertools
import json
import os
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench import inside, measure
from bench.databases import VAR, Cluster
from bench.measure import Figures
from bench.servers import EmptyView, Nginx, Site, TlsNginx
from tests.servers import Nginx as ShippedNginx
from tests.servers import Server, folder, running

Row = dict[str, Any]
Database = tuple[int, str, str]  # size, kind, address
KEPT = ["front", "article", "list", "deep list", "section", "month", "feed"]
EMPTY = "empty Django view, same gunicorn"
FILE = "nginx, the front page's bytes as a file"
COLUMNS = {
    "what": "page",
    "articles": "articles",
    "database": "database",
    "connections": "conn.",
    "per_second": "requests/s",
    "p50": "p50 ms",
    "p99": "p99 ms",
    "app_ms": "app ms",
    "database_ms": "db ms",
    "of_empty": "× empty view",
    "queries": "queries",
    "errors": "errors",
}


class Run:
    def __init__(self, cluster: Cluster | None, seconds: int, rounds: int) -> None:
        self.database = _process(cluster) if cluster else None
        self.seconds, self.rounds = seconds, rounds
        self.rows: list[Row] = []
        self.facts: dict[str, Any] = {}
        (VAR / "empty").mkdir(parents=True, exist_ok=True)
        self.empty = EmptyView(VAR / "empty")

    def all(self, loaded: list[Database]) -> None:
        with running(self.empty):
            for _kind, databases in itertools.groupby(loaded, key=lambda database: database[1]):
                group = list(databases)
                told = {address: inside.ask(address, "pages") for _, _, address in group}
                self.rendered(group, told)
                self.kept(group[-1], told[group[-1][2]]["addresses"])

    # --- nothing kept of whole pages: all sizes of a database beside each other ---

    def rendered(self, group: list[Database], told: dict[str, Any]) -> None:
        sites = {address: Site(address, page_cache=False) for _, _, address in group}
        with contextlib.ExitStack() as servers:
            for articles, kind, address in group:
                servers.enter_context(running(sites[address]))
                cold = f"{sites[address].cold_start:.2f} s"
                self.facts[f"cold start, {kind} {articles:,}"] = cold
            for what in told[group[0][2]]["addresses"]:
                self._rendered(what, group, told, sites)
            for articles, kind, address in group:
                self.facts[f"worker, {kind} {articles:,}, nothing kept"] = _memory(sites[address])

    def _rendered(
        self, what: str, group: list[Database], told: dict[str, Any], sites: dict[str, Site]
    ) -> None:
        for connections in (1, 16):
            asking: dict[Any, Callable[[], Figures]] = {}
            for articles, kind, address in group:
                addresses = told[address]["addresses"][what]
                cookie = told[address]["cookie"] if what.startswith("admin") else ""
                # What a process keeps for good (queries' words, templates) is no page's own cost.
                for path in addresses[:4] * (16 // len(addresses[:4])):
                    sites[address].get(path, {"Cookie": cookie} if cookie else None)
                asking[articles, kind, told[address]["queries"][what]] = partial(
                    self._wrk,
                    sites[address],
                    addresses,
                    connections,
                    database=self.database if kind == "postgres" else None,
                    cookie=cookie,
                    encoding="",  # the page cache has pages made plain, and compresses them once
                )
            asking[EMPTY] = partial(self._wrk, self.empty, ["/"], connections)
            found = self.in_turn(asking)
            empty = found.pop(EMPTY)
            for (articles, kind, queries), figures in found.items():
                where = {"articles": articles, "database": kind, "queries": queries}
                self.note(what, connections, figures, empty, **where)

    # --- kept pages ---

    def kept(self, database: Database, addresses: dict[str, list[str]]) -> None:
        articles, kind, address = database
        where = {"articles": articles, "database": kind}
        site = Site(address, page_cache=True)
        with running(site):
            for what in KEPT:
                # Each of the workers is to have met each page.
                for path in addresses[what] * 4:
                    site.get(path, {"Accept-Encoding": "gzip"})
                for connections in (1, 16):
                    found = self.in_turn(
                        {
                            what: partial(self._wrk, site, addresses[what], connections),
                            EMPTY: partial(self._wrk, self.empty, ["/"], connections),
                        }
                    )
                    self.note(f"{what}, kept", connections, found[what], found[EMPTY], **where)
                self._answers(site, what, addresses[what][0], where)
            self.facts[f"worker, {kind} {articles:,}, page cache"] = _memory(site)
            waits = inside.ask(address, "publication", str(site.port))
            seen = f"{max(waits):.2f} s at most"
            self.facts[f"publication until visible, {kind} {articles:,}"] = seen
            self._behind_nginx(site, addresses, where)

    def _answers(self, site: Site, what: str, path: str, where: Row) -> None:
        """The page, its 304 and its HEAD, by one client that can do all of them."""
        ask = partial(self._asked, site, path)
        found = self.in_turn(
            {
                "200": ask,
                "304": partial(ask, known=_tag(site, path)),
                "HEAD": partial(ask, method="HEAD"),
                EMPTY: partial(self._asked, self.empty, "/"),
            }
        )
        empty = found.pop(EMPTY)
        for answer, figures in found.items():
            self.note(f"{what}, kept, one client: {answer}", 1, figures, empty, **where)

    def _behind_nginx(self, site: Site, addresses: dict[str, list[str]], where: Row) -> None:
        """deploy/nginx/portal.conf before the portal, beside nginx with a file, both over TLS."""
        floors = [VAR / "floor" / "plain", VAR / "floor" / "tls"]
        for place in floors:
            place.mkdir(parents=True, exist_ok=True)
            (place / "page.html").write_bytes(_bytes(site, "/kk/"))
        plain, tls = Nginx(floors[0]), TlsNginx(floors[1])
        with folder() as own, contextlib.ExitStack() as servers:
            proxy = ShippedNginx(own, portal_port=site.port)
            for server in (proxy, plain, tls):
                servers.enter_context(running(server))
            for what in KEPT[:2]:
                self._wrk(proxy, addresses[what], 4, origin=proxy.address)
            for connections in (1, 16):
                asking: dict[Any, Callable[[], Figures]] = {
                    what: partial(
                        self._wrk, proxy, addresses[what], connections, proxy.address, behind=site
                    )
                    for what in KEPT[:2]
                }
                asking[f"{FILE}, TLS"] = partial(
                    self._wrk, tls, ["/page.html"], connections, f"https://127.0.0.1:{tls.port}"
                )
                asking[FILE] = partial(self._wrk, plain, ["/page.html"], connections)
                for what, figures in self.in_turn(asking).items():
                    name = what if what.startswith("nginx") else f"{what}, behind the shipped nginx"
                    self.note(name, connections, figures, None, **where)

    # --- asking ---

    def in_turn(self, asking: dict[Any, Callable[[], Figures]]) -> dict[Any, Figures]:
        found: dict[Any, list[Figures]] = {name: [] for name in asking}
        for _round in range(self.rounds):
            for name, ask in asking.items():
                found[name].append(ask())
        return {name: measure.least(rounds) for name, rounds in found.items()}

    def _wrk(
        self,
        server: Server,
        addresses: list[str],
        connections: int,
        origin: str = "",
        *,
        behind: Server | None = None,
        **options: Any,
    ) -> Figures:
        before = measure.processor_ms(_process(behind)) if behind else 0
        figures = measure.run(
            origin or f"http://127.0.0.1:{server.port}",
            addresses,
            connections=connections,
            seconds=self.seconds,
            app=_process(server),
            **options,
        )
        if behind:
            spent = measure.processor_ms(_process(behind)) - before
            figures.app_ms += spent / max(figures.requests, 1)
        return figures

    def _asked(self, server: Server, path: str, **how: str) -> Figures:
        return measure.asked(server.port, path, seconds=self.seconds, app=_process(server), **how)

    def note(
        self, what: str, connections: int, figures: Figures, empty: Figures | None, **where: Any
    ) -> None:
        spent = figures.app_ms + figures.database_ms
        row = {"what": what, "connections": connections, **where, **asdict(figures)}
        if empty:
            row |= {"of_empty": spent / empty.app_ms, "empty_ms": empty.app_ms}
        self.rows.append(row)
        print(_line(row), flush=True)


def run(loaded: list[Database], cluster: Cluster | None, seconds: int, rounds: int) -> None:
    made = Run(cluster, seconds, rounds)
    try:
        made.all(loaded)
    finally:
        _keep(made.rows, made.facts)  # what there is, if it ends early


def _tag(site: Site, address: str) -> str:
    """Of a page, as a reader keeps it who will ask whether it has changed."""
    tag = site.get(address, {"Accept-Encoding": "gzip"})[2]["etag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": tag}
    if (status := site.get(address, headers)[0]) != 304:
        sys.exit(f"{address} answered {status} to its own ETag")
    return tag


def _memory(site: Site) -> str:
    pss, rss = measure.worker_memory(_process(site))
    return f"PSS {pss:.0f} MB, RSS {rss:.0f} MB"


def _process(server: Server | None) -> int:
    assert server
    if server.process:
        return server.process.pid
    # A cluster that somebody else left running.
    return int((server.folder / "data" / "postmaster.pid").read_text().split()[0])


def _bytes(site: Site, path: str) -> bytes:
    """As nginx serves them for the portal: compressed."""
    request = urllib.request.Request(site.address + path, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def _cells(row: Row) -> Iterator[str]:
    for column in COLUMNS:
        value = row.get(column, "")
        yield f"{value:,.2f}" if isinstance(value, float) else str(value)


def _line(row: Row) -> str:
    return " | ".join(_cells(row))


def _keep(rows: list[Row], facts: dict[str, Any]) -> None:
    head = [" | ".join(COLUMNS.values()), " | ".join("---" for _ in COLUMNS)]
    table = "\n".join(f"| {line} |" for line in [*head, *map(_line, rows)])
    told = "\n".join(f"- {name}: {value}" for name, value in facts.items())
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    made = f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, load {load}"
    text = f"# Bench, {made}\n\n{table}\n\n{told}\n"
    (VAR / "bench.md").write_text(text)
    (VAR / "bench.json").write_text(json.dumps({"made": made, "rows": rows, "facts": facts}))
    print("\n" + text + f"\nKept in {Path(VAR)}/bench.md and bench.json")

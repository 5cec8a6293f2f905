"""Load, measure, explain; everything lies under var/bench/ (or BENCH_DIR), databases stay there."""

import argparse
import contextlib
import os
from collections.abc import Iterator

from bench import databases
from bench.databases import VAR, Cluster
from bench.environment import variables

SIZES = [2_000, 100_000, 1_000_000]
MAX_SQLITE = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser("load", help="fill a database with articles, comments, search rows")
    load.add_argument("--articles", type=int, default=SIZES[0])
    load.add_argument("--database", default="postgres", help="postgres, sqlite, or an address")
    load.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    measure = commands.add_parser("run", help="measure every page; loads what is not there")
    measure.add_argument("--sizes", default="2000", help="numbers of articles, with commas")
    measure.add_argument("--databases", default="postgres,sqlite")
    measure.add_argument("--seconds", type=int, default=1, help="for each page, load and round")
    measure.add_argument("--rounds", type=int, default=3, help="of which the least is shown")
    plans = commands.add_parser("explain", help="how PostgreSQL answers the public pages")
    plans.add_argument("--articles", type=int, default=SIZES[-1])
    options = parser.parse_args()
    if options.command == "load":
        with cluster_for([options.database]) as cluster:
            fill(options.articles, options.database, cluster, options.processes)
    elif options.command == "explain":
        with cluster_for(["postgres"]) as cluster:
            _explain(options.articles, cluster)
    else:
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    from bench import run, servers

    if lacking := servers.missing():
        raise SystemExit(f"Not on this machine: apt-get install {' '.join(lacking)}")
    sizes = [int(size) for size in options.sizes.split(",")]
    kinds = options.databases.split(",")
    processes = os.cpu_count() or 1
    with cluster_for(kinds) as cluster:
        loaded = [
            (size, kind, fill(size, kind, cluster, processes))
            for kind in kinds
            for size in sizes
            if kind == "postgres" or size <= MAX_SQLITE
        ]
        run.run(loaded, cluster, options.seconds, options.rounds)


def _explain(articles: int, cluster: Cluster | None) -> None:
    from bench import inside

    address = fill(articles, "postgres", cluster, os.cpu_count() or 1)
    for kind, queries in inside.ask(address, "explain").items():
        print(f"\n## {kind}")
        for number, query in enumerate(queries, start=1):
            print(f"\n{number}. `{query['query']}`\n\n```\n{query['plan']}\n```")


@contextlib.contextmanager
def cluster_for(kinds: list[str]) -> Iterator[Cluster | None]:
    """The bench's own PostgreSQL, where one of the databases is to lie there."""
    if "postgres" not in kinds:
        yield None
        return
    cluster = Cluster()
    if databases.is_running(cluster):
        yield cluster
        return
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def fill(articles: int, kind: str, cluster: Cluster | None, processes: int) -> str:
    """Load in a process of its own, whose Django knows that database; returns its address."""
    known = kind in ("postgres", "sqlite")
    address = databases.url(articles, kind, cluster) if known else kind
    databases.ensure_exists(address)
    print(f"{articles:,} articles in {address}", flush=True)
    if child := os.fork():
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            raise SystemExit(1)
        return address
    os.environ.update(variables(address))
    for name in ("DEMO", "DEBUG", "REDIS_URL"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from bench import loading

    code = 1
    try:
        loading.load(articles, processes)
        code = 0
    except SystemExit as told:
        print(told)
    finally:
        os._exit(code)


if __name__ == "__main__":
    VAR.mkdir(parents=True, exist_ok=True)
    main()

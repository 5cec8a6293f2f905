"""What has to know a database of the bench from the inside: run with the portal's settings."""

import json
import os
import subprocess
import sys
from typing import Any

from bench.environment import variables
from tests.servers import ROOT


def ask(address: str, *question: str) -> Any:
    """Ask in a process of its own, whose Django is set up for that database."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("DEMO", "DEBUG", "REDIS_URL")}
    answer = subprocess.run(
        [sys.executable, "-m", "bench.inside", *question],
        cwd=ROOT,
        env=inherited | variables(address) | {"PAGE_CACHE": "0"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def _answer(question: str, *arguments: str) -> Any:
    import django

    django.setup()
    from bench import explain, pages

    if question == "publication":
        return pages.publication(int(arguments[0]))
    if question == "explain":
        return explain.plans()
    found, session = pages.addresses(), pages.cookie()
    return {"addresses": found, "cookie": session, "queries": pages.queries(found, session)}


if __name__ == "__main__":
    print(json.dumps(_answer(*sys.argv[1:])))

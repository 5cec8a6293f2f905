"""How PostgreSQL answers each query of the public pages: EXPLAIN (ANALYZE, BUFFERS), trimmed."""

import re

from django.db import connection
from django.test import Client

from bench import pages

KEPT = re.compile(r"(Scan|Sort|Aggregate|Limit|Nested Loop|Append)")
MAX_LINES = 14


def plans() -> dict[str, list[dict[str, str]]]:
    """Kind of page → its queries, each with the lines of its plan that show the index."""
    client = Client(HTTP_HOST="127.0.0.1", HTTP_COOKIE=pages.cookie())
    found: dict[str, list[dict[str, str]]] = {}
    for kind, addresses in pages.addresses().items():
        seen: list[tuple[str, object]] = []

        def note(execute, sql, params, many, context, seen=seen):
            if sql.lstrip("( ").startswith(("SELECT", "WITH")):
                seen.append((sql, params))
            return execute(sql, params, many, context)

        client.get(addresses[0])
        with connection.execute_wrapper(note):
            client.get(addresses[0])
        found[kind] = [_plan(sql, params) for sql, params in seen]
    return found


def _plan(sql: str, params: object) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + sql, params)
        lines = [row[0] for row in cursor.fetchall()]
    kept = [line for line in lines if KEPT.search(line) or "Buffers" in line]
    tables = re.findall(r'FROM "?(\w+)"?', sql)
    return {
        "query": f"{tables[0] if tables else sql[:60]}",
        "plan": "\n".join([*kept[:MAX_LINES], lines[-1]]),
    }

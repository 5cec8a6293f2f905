"""Where records come from: a module for each format, `read(path, options)` in each."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.moving.records import RecordError
from portal.moving.sources import csv_file, feed, json_lines, pages, wxr
from portal.moving.sources.options import Found, Options

READERS: dict[str, Callable[[Path, Options], Iterator[Found]]] = {
    "jsonl": json_lines.read,
    "csv": csv_file.read,
    "wxr": wxr.read,
    "feed": feed.read,
    "html": pages.read,
}


def guess(path: Path) -> str:
    """The format of a source by its name and first lines; RecordError where it cannot be told."""
    if path.is_dir():
        return "jsonl" if (path / "records.jsonl").exists() else "html"
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if suffix == ".csv":
        return "csv"
    if suffix in (".htm", ".html"):
        return "html"
    with path.open("rb") as file:
        head = file.read(4000).decode(errors="replace").replace("\0", "")
    if "wordpress.org/export" in head:
        return "wxr"
    if re.search("<(rss|feed|rdf:RDF)", head):
        return "feed"
    raise RecordError("The format cannot be told: say --format.")


__all__ = ["READERS", "Found", "Options", "guess"]

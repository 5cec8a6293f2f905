"""The portal's own format: one JSON object a line (portal/moving/records.py)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from portal.moving.records import parse
from portal.moving.sources.options import Found, Options

LONGEST = 20 * 1024 * 1024  # bytes of a line; the longest article has a hundredth of it


def read(path: Path, _options: Options) -> Iterator[Found]:
    if path.is_dir():
        path /= "records.jsonl"
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), start=1):
            place = f"line {number}"
            if len(line) > LONGEST:
                yield Found(place, problem=f"The line is longer than {LONGEST} bytes.")
            elif line.strip():
                yield _found(place, line)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Of a line that is too long, the beginning."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1) or b"\n"


def _found(place: str, line: bytes) -> Found:
    try:
        return Found(place, parse(json.loads(line.decode("utf-8-sig"))))
    except UnicodeDecodeError:
        return Found(place, problem="The line is not UTF-8.")
    except RecursionError:
        return Found(place, problem="The line is nested too deeply.")
    except json.JSONDecodeError as error:
        return Found(place, problem=f"The line is not JSON: {error}.")
    except ValueError as error:
        return Found(place, problem=str(error))

"""Log lines that a machine can read and that tell nothing about people.

No network addresses, no user names, no query strings (a search may be a name), no secret parts of
addresses, and of unforeseen errors the kind and the place, but not the values they quote.
"""

import json
import logging
import re
import threading
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

_OUR_CODE = f"{Path(__file__).resolve().parent.parent}/"
# The kinds whose words speak of the machine and of the code, never of what people sent.
_OUTSPOKEN = (OSError, ImportError, AttributeError, NameError, TypeError, NotImplementedError)
# A receipt, a code from a letter: anything long and random in an address. An article's part of it
# begins with a number and a hyphen; a page's has neither digits nor capitals.
_SECRET = re.compile(r"(?<=/)(?!\d+-)(?=[^/\s]*[A-Z0-9])[\w:=~-]{16,}(?=[/\s?\"']|$)")
_MAILBOX = re.compile(r"[^\s/@\"'<(]+@[^\s/@\"'>)]+\.\w+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_QUERY = re.compile(r"\?[^\s\"'>\])]+")
_ADDRESS = re.compile(
    r"\b(ip|addr|address|remote|from|client)([=: ]+'?)(\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:]+)",
    re.IGNORECASE,
)

_current = threading.local()


def request_id() -> str:
    """The number of the request that this thread answers; "" outside of requests."""
    return getattr(_current, "request_id", "")


def set_request_id(value: str) -> None:
    _current.request_id = value


def without_secrets(path: str) -> str:
    """On one line, whatever was typed into it."""
    return _CONTROL.sub(" ", _MAILBOX.sub("…", _SECRET.sub("…", path)))


def scrub(text: str) -> str:
    return _ADDRESS.sub(r"\1\2…", _QUERY.sub("?…", without_secrets(text)))


def describe(error: BaseException) -> str:
    """What may be said of an error: its words only where they cannot quote a person."""
    said = str(error).strip().partition("\n")[0]
    if isinstance(error, _OUTSPOKEN) or _is_about_the_database(error):
        return f"{type(error).__name__}: {scrub(said)}"
    return type(error).__name__


def _is_about_the_database(error: BaseException) -> bool:
    """Connections and locks; IntegrityError and DataError quote values."""
    return type(error).__name__ in ("OperationalError", "InterfaceError", "ProgrammingError")


class Formatter(logging.Formatter):
    """One line per record."""

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "time": moment(record.created),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        if found := request_id():
            fields["request_id"] = found
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            fields["error"] = describe(error)
            fields["at"] = _places(error)
        return fields

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.fields(record), ensure_ascii=False)


def _places(error: BaseException) -> list[str]:
    """The way through our own code, and where it ended."""
    frames = traceback.extract_tb(error.__traceback__)
    last = len(frames) - 1
    return [
        f"{frame.filename.removeprefix(_OUR_CODE)}:{frame.lineno} {frame.name}"
        for number, frame in enumerate(frames)
        if number == last
        or (frame.filename.startswith(_OUR_CODE) and "/site-packages/" not in frame.filename)
    ]


class LineFormatter(Formatter):
    """The same for human eyes."""

    def format(self, record: logging.LogRecord) -> str:
        fields = self.fields(record)
        number = f" [{fields['request_id']}]" if "request_id" in fields else ""
        line = f"{fields['level']} {fields['logger']}{number}: {fields['message']}"
        return "\n  ".join([line, *filter(None, [fields.get("error")]), *fields.get("at", [])])


def moment(seconds: float) -> str:
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1000):03d}+00:00"


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def configuration(form: str, level: str) -> dict[str, Any]:
    """For Django, and for gunicorn's own lines."""
    formatters = {"json": "portal.logs.Formatter", "line": "portal.logs.LineFormatter"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"portal": {"()": formatters[form]}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "portal"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # They would name who tried to sign in, and from where; the admin's own page does.
            "axes": {"level": "ERROR"},
            # Django's own handlers mail errors to people, and write in a form of their own.
            "django": {"handlers": [], "level": level, "propagate": True},
            "gunicorn.error": {"level": level, "handlers": ["stderr"], "propagate": False},
        },
    }

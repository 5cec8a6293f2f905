"""Typed readers of environment variables; every error names the variable in one sentence."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

UNITS = {"m": "minutes", "h": "hours", "d": "days"}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class SettingsError(Exception):
    """A variable is missing or cannot be understood; the text is for the operator."""


def text(name: str, default: str | None = None) -> str:
    """The value of ``name``, or the content of the file that ``name_FILE`` points to."""
    value = os.environ.get(name, "").strip()
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not value and path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"the file named by {name}_FILE cannot be read: {error}.") from None
    if value:
        return value
    if default is None:
        raise SettingsError(f"the environment variable {name} is required and is not set.")
    return default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "").lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise SettingsError(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < minimum:
        raise SettingsError(f"{name} must be a whole number from {minimum}, not {value!r}.")
    return int(value)


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def items(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def site_url(name: str, default: str | None = None) -> str:
    """An address such as https://news.example.kz: scheme and host, no path, no closing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.path
        or parts.query
        or "@" in parts.netloc
    ):
        raise SettingsError(f"{name} must look like https://example.kz.")
    return value


def duration(name: str, value: str) -> timedelta:
    """A length of time such as 10m, 26h or 8d."""
    number, unit = value[:-1], UNITS.get(value[-1:])
    if not number.isdecimal() or not int(number) or unit is None:
        raise SettingsError(f"{name} must give times such as 10m, 26h or 8d, not {value!r}.")
    return timedelta(**{unit: int(number)})


def periods(name: str, default: str) -> dict[str, timedelta]:
    """Names with lengths of time: ``send_mail=10m,backup=26h``."""
    found = {}
    for item in items(name, default):
        job, _, value = item.partition("=")
        found[job.strip()] = duration(name, value.strip())
    return found


def mail(name: str, default: str = "") -> dict[str, Any]:
    """The keywords of a mail server, from smtp+tls://user:password@host:port or file:///path."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise SettingsError(f"{name} is not the address of a mail server.") from None
    backend = "django.core.mail.backends."
    if not value:
        return {"backend": backend + "dummy.EmailBackend"}
    if parts.scheme == "console":
        return {"backend": backend + "console.EmailBackend"}
    if parts.scheme == "file" and parts.path.strip("/"):
        return {"backend": backend + "filebased.EmailBackend", "file_path": parts.path}
    if parts.scheme in MAIL_PORTS and parts.hostname:
        return {
            "backend": backend + "smtp.EmailBackend",
            "host": parts.hostname,
            "port": port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
        }
    raise SettingsError(
        f"{name} must look like smtp+tls://user:password@host:587, smtps://…, smtp://…,"
        " file:///folder or console:."
    )


def path(name: str, default: str) -> str:
    """The first part of addresses, such as ``admin``: letters, digits, dashes."""
    value = text(name, default).strip("/")
    taken = ("kk", "kz", "ru", "en", "n", "i18n", "media", "static")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", value) or value in taken:
        raise SettingsError(
            f"{name} must be one word of Latin letters, digits and dashes, and none of"
            f" {', '.join(taken)}."
        )
    return value


def origin(address: str) -> list[str]:
    """Scheme and host of an address on another host; nothing for a path of ours."""
    parts = urlsplit(address)
    return [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """A ``DATABASES`` entry from sqlite:///path or postgres://user:password@host:port/name."""
    return _database(name, text(name, default))


def replicas(name: str) -> dict[str, dict[str, Any]]:
    """``DATABASES`` entries of databases that are only read, named replica1, replica2 …"""
    found = {}
    for number, value in enumerate(items(name, ""), start=1):
        entry = _database(name, value)
        if "postgresql" not in entry["ENGINE"]:
            raise SettingsError(f"{name} must hold addresses that begin with postgres://.")
        entry["OPTIONS"]["connect_timeout"] = 2
        entry["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
        entry["TEST"] = {"MIRROR": "default"}
        found[f"replica{number}"] = entry
    return found


def _database(name: str, value: str) -> dict[str, Any]:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise SettingsError(f"{name} is not a database address.") from None
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise SettingsError(f"{name} must name a file: sqlite:///path/to/file.")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:],
            "OPTIONS": {
                # With SQLite's defaults concurrent writers fail with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                ),
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        if not parts.path.strip("/"):
            raise SettingsError(f"{name} must end in the name of a database.")
        return {
            "ENGINE": "portal.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": 3,
                "prepare_threshold": 0,  # for DatabaseWrapper.prepared_cursor(), and only there
                "tcp_user_timeout": 6000,  # ms: longer than a statement, for a host that is gone
                # A server that hangs must not hang the site.
                "options": (
                    "-c statement_timeout=5000 -c lock_timeout=3000"
                    " -c idle_in_transaction_session_timeout=15000"
                    # Compiling a page's query, or calling helpers, takes longer than running it.
                    " -c jit=off -c max_parallel_workers_per_gather=0"
                ),
            },
        }
    raise SettingsError(f"{name} must begin with postgres:// or sqlite:///.")

"""Typed readers of environment variables; every error names the variable in one sentence."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


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


def items(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def site_url(name: str, default: str | None = None) -> str:
    """An address such as https://news.example.kz: scheme and host, no path, no closing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        raise SettingsError(f"{name} must look like https://example.kz, not {value!r}.")
    return value


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """A ``DATABASES`` entry from sqlite:///path or postgres://user:password@host:port/name."""
    value = text(name, default)
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
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": 3,
                # A server that hangs must not hang the site.
                "options": (
                    "-c statement_timeout=5000 -c lock_timeout=3000"
                    " -c idle_in_transaction_session_timeout=15000"
                ),
            },
        }
    raise SettingsError(f"{name} must begin with postgres:// or sqlite:///.")

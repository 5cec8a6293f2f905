"""Around the whole application: a number for each request, and a line about it when it is over."""

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created

from portal import logs

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_spent = threading.local()


class RequestLog:
    """WSGI, not Django's middleware: around the page cache it logs kept pages too."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.is_on = settings.LOG_REQUESTS != "none"
        self.as_json = settings.LOG_FORMAT == "json"
        self.slow_ms = settings.SLOW_REQUEST_MS
        self.believes_header = bool(settings.TRUSTED_PROXIES)
        self.observe: Callable[..., None] | None = None
        if settings.METRICS_TOKEN:
            from portal import metrics

            self.observe = metrics.observe
        connection_created.connect(_measure, dispatch_uid="portal.request_log")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        number = environ.get("HTTP_X_REQUEST_ID", "") if self.believes_header else ""
        if not _ACCEPTABLE.fullmatch(number):
            number = secrets.token_hex(8)
        logs.set_request_id(number)
        _spent.ms = _spent.queries = 0
        status = "500"
        began = time.perf_counter()

        def start(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal status
            status = line[:3]
            headers.append(("X-Request-ID", number))
            return start_response(line, headers, exc_info)

        try:
            return self.application(environ, start)
        finally:
            seconds = time.perf_counter() - began
            if self.observe:
                self.observe(environ, status, seconds, _spent.ms / 1000, _spent.queries)
            if self.is_on:
                self.write(number, environ, status, seconds * 1000)
            logs.set_request_id("")

    def write(self, number: str, environ: dict[str, Any], status: str, ms: float) -> None:
        """Straight to the file: a logging record would cost more than a kept page does."""
        path, path_as_json = _path(environ.get("PATH_INFO", "")[:300])
        method = environ.get("REQUEST_METHOD", "")
        is_slow = ms >= self.slow_ms
        level = "WARNING" if is_slow else "INFO"
        logger = "portal.slow" if is_slow else "portal.request"
        cache, route = environ.get("portal.cache", "-"), environ.get("portal.route", "-")
        if self.as_json:
            # By hand: a dictionary and json.dumps() take as long as finding a kept page.
            line = (
                f'{{"time": "{logs.moment(time.time())}", "level": "{level}", "logger": "{logger}",'
                f' "request_id": "{number}", "method": {_as_json(method)}, "path": {path_as_json},'
                f' "status": {int(status)}, "ms": {ms:.2f}, "db_ms": {_spent.ms:.2f},'
                f' "queries": {_spent.queries}, "cache": "{cache}", "route": {_as_json(route)}}}\n'
            )
        else:
            line = (
                f"{level} {logger} [{number}]: {method} {path} {status}"
                f" {ms:.1f} ms, {_spent.queries} queries {_spent.ms:.1f} ms,"
                f" cache {cache}, {route}\n"
            )
        os.write(2, line.encode(errors="replace"))


@lru_cache(maxsize=512)
def _path(raw: str) -> tuple[str, str]:
    path = logs.without_secrets(raw.encode("latin-1").decode(errors="replace"))
    return path, _as_json(path)


@lru_cache(maxsize=512)
def _as_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class RouteMiddleware:
    """Tells the line above which view answered, by its name."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self.get_response(request)
        if match := request.resolver_match:
            request.META["portal.route"] = match.view_name or match.func.__name__
        return response


def _measure(connection: Any, **_signal: Any) -> None:
    if _timed not in connection.execute_wrappers:
        # The first: others come and go at the end of the list.
        connection.execute_wrappers.insert(0, _timed)


def _timed(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        _spent.ms = getattr(_spent, "ms", 0) + (time.perf_counter() - began) * 1000
        _spent.queries = getattr(_spent, "queries", 0) + 1

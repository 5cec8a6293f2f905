"""A reader before one process of the portal: past Django's test client, through the page cache."""

import io
import zlib
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

import brotli
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from portal import page_cache


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Process:
    def __init__(self) -> None:
        self.application = page_cache.around(get_wsgi_application())

    def get(self, address: str, *, method: str = "GET", cookies=(), **headers: str) -> Answer:
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": quote(parts.query, safe="=&%"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        if cookies:
            environ["HTTP_COOKIE"] = SimpleCookie(dict(cookies)).output(header="", sep=";").strip()
        told = {}

        def start_response(status, headers, exc_info=None):
            told.update(status=int(status.split()[0]), headers=dict(headers))

        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        try:
            content = self.application(environ, start_response)
            body = b"".join(content)
            if hasattr(content, "close"):
                content.close()
        finally:  # the test's transaction lives on this connection
            request_started.connect(close_old_connections)
            request_finished.connect(close_old_connections)
        match told["headers"].get("Content-Encoding"):
            case "br":
                body = brotli.decompress(body) if body else body
            case "gzip":
                body = zlib.decompress(body, wbits=31) if body else body
        return Answer(told["status"], told["headers"], body)

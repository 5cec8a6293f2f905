"""Parts of gunicorn in a form of our own (portal/gunicorn.py): each is asked at every request."""

from typing import Any

from gunicorn import glogging, util
from gunicorn.http import wsgi

from portal.page_cache.entries import KeptHeaders


class Log(glogging.Logger):
    def access(self, *_request: Any) -> None:
        """portal/request_log.py writes that line; gunicorn would gather its parts for nobody."""


class Response(wsgi.Response):
    """The headers of a kept page are checked once; head and body leave in one packet."""

    headers_sent: bool

    def process_headers(self, headers: list[tuple[str, str]]) -> None:
        if isinstance(headers, KeptHeaders) and headers.checked is not None:
            self.headers, self.response_length = headers.checked
            return
        super().process_headers(headers)
        if isinstance(headers, KeptHeaders):
            headers.checked = self.headers, self.response_length

    def write(self, arg: bytes) -> None:
        is_whole = self.response_length == len(arg) and not self._omits_body
        if self.headers_sent or not is_whole:
            super().write(arg)
            return
        head = [*self.default_headers(), *(f"{name}: {value}\r\n" for name, value in self.headers)]
        self.headers_sent = True
        self.sent = len(arg)
        util.write(self.sock, f"{''.join(head)}\r\n".encode("latin-1") + arg)


def install() -> None:
    """gunicorn has no setting for it."""
    wsgi.Response = Response

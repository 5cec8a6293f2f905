"""A gateway for the demo and the tests: takes HTTP calls as the real ones do, shows the messages.

It listens on 127.0.0.1 alone and keeps the last messages in memory.
"""

import html
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ANSWER = '{"code": 0, "data": {"messageId": "1"}}'
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>SMS</title>
<h1>Messages that would have been sent</h1>{rows}"""


class GatewayStandIn(ThreadingHTTPServer):
    """``/send`` takes ``recipient`` and ``text`` from the query or a form; ``/`` shows them."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.messages: deque[tuple[str, str]] = deque(maxlen=100)
        # What the next calls are answered with; tests put failures here.
        self.answers: deque[tuple[int, str]] = deque()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: GatewayStandIn

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/":
            rows = "".join(
                f"<p><b>{html.escape(number)}</b> {html.escape(text)}"
                for number, text in reversed(self.server.messages)
            )
            return self._answer(200, PAGE.format(rows=rows), "text/html")
        return self._take(parts.query)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._take(self.rfile.read(length).decode())

    def _take(self, fields: str) -> None:
        if self.server.answers:
            return self._answer(*self.server.answers.popleft(), "application/json")
        found = parse_qs(fields)
        if not {"recipient", "text"} <= found.keys():
            return self._answer(400, '{"code": 1}', "application/json")
        self.server.messages.append((found["recipient"][0], found["text"][0]))
        return self._answer(200, ANSWER, "application/json")

    def _answer(self, status: int, body: str, kind: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """The messages are on its page; the terminal is the portal's."""

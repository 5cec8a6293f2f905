"""gunicorn with the parts of our own (portal/server.py), over real sockets."""

import runpy
import socket

import pytest
from gunicorn import util
from gunicorn.config import Config
from gunicorn.http import wsgi
from gunicorn.http.errors import InvalidResponseHeader
from gunicorn.http.parser import RequestParser

from portal import server
from portal.page_cache.entries import KeptHeaders

PAGE = "Сәлем".encode()
HEADERS = [("Content-Type", "text/html"), ("X-Frame-Options", "DENY"), ("ETag", '"x"')]
SIZED = [*HEADERS, ("Content-Length", str(len(PAGE)))]
ANSWERS = {
    "GET": ("200 OK", SIZED, [PAGE]),
    "GET in two pieces": ("200 OK", SIZED, [PAGE[:3], PAGE[3:]]),
    "GET of unknown length": ("200 OK", HEADERS, [PAGE]),
    "GET of nothing": ("200 OK", [("Content-Length", "0")], []),
    "GET too long": ("200 OK", [("Content-Length", "3")], [PAGE]),
    "GET of what is known": ("304 Not Modified", HEADERS, []),
    "HEAD": ("200 OK", SIZED, [PAGE]),
}


class Line(socket.socket):
    """Counts what is sent over it."""

    sent = 0

    def sendall(self, data, *flags):
        self.sent += 1
        return super().sendall(data, *flags)


def answered(method, status, headers, pieces):
    """What travels over the line, and in how many packets."""
    near, far = socket.socketpair()
    line = Line(fileno=near.detach())
    with line, far:
        far.sendall(f"{method} / HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        there, here = ("127.0.0.1", 1), ("127.0.0.1", 8000)
        request = next(RequestParser(Config(), line, there))
        response, _environ = wsgi.create(request, line, there, here, Config())
        response.start_response(status, headers)
        for piece in pieces:
            response.write(piece)
        response.close()
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: far.recv(65536), b"")), line.sent


@pytest.fixture
def ours(monkeypatch):
    monkeypatch.setattr(wsgi, "Response", wsgi.Response)  # put back afterwards
    monkeypatch.setattr(util, "http_date", lambda: "today")
    return server.install


@pytest.mark.parametrize("name", ANSWERS)
def test_the_same_travels_as_gunicorn_itself_would_send(name, ours):
    status, headers, pieces = ANSWERS[name]
    method = name.partition(" ")[0]
    expected, _packets = answered(method, status, headers, pieces)
    ours()
    kept = KeptHeaders(headers, "")
    for sent in (headers, kept, kept):
        assert answered(method, status, sent, pieces)[0] == expected


def test_a_whole_page_is_one_packet(ours):
    assert answered("GET", "200 OK", SIZED, [PAGE])[1] == 2
    ours()
    assert answered("GET", "200 OK", SIZED, [PAGE])[1] == 1


def test_a_header_that_would_begin_another_is_refused_each_time(ours):
    ours()
    kept = KeptHeaders([("X-Portal", "a\r\nSet-Cookie: b=c")], "")
    for _time in range(2):
        with pytest.raises(InvalidResponseHeader):
            answered("GET", "200 OK", kept, [])


def test_gunicorn_is_told_of_them(monkeypatch):
    monkeypatch.setattr(wsgi, "Response", None)
    told = runpy.run_path("portal/gunicorn.py")
    assert told["logger_class"] is server.Log
    assert wsgi.Response is server.Response

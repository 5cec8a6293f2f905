"""Does an address answer? Asked in a way that can be turned against nobody.

Whoever writes a link chooses where this machine connects to. So every name is resolved first, an
address of this or any other private network is refused, and the connection goes to the very address
that was looked at: a name that resolves otherwise a moment later gains nothing. Redirects are
followed by the same rules.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

SECONDS = 10  # for each step of a conversation
LONGEST = 25  # seconds for all of it: some answer byte by byte
MOST_REDIRECTS = 5
PORTS = (80, 443, 8080, 8443)
# The page is there: it wants a sign-in, another kind of client, or fewer questions.
THERE = {401, 403, 405, 406, 407, 429, 451, 501, 999}
GONE = {404, 410}


@dataclass(frozen=True)
class Answer:
    is_alive: bool
    is_final: bool = False  # no use in asking again before calling it dead
    problem: str = ""  # a status of HTTP, or a key of news.models.outside_links.PROBLEMS


class _RefusedError(Exception):
    """Where we do not connect to."""


class _Connection(http.client.HTTPConnection):
    """To an address that was looked at; the name goes into the request and the certificate."""

    def __init__(self, host: str, port: int, ip: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._ip, self._context = ip, context

    def connect(self) -> None:
        self.sock = socket.create_connection((self._ip, self.port), self.timeout)
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


def ask(address: str) -> Answer:
    """Whatever goes wrong is an answer too."""
    try:
        return _follow(address)
    except _RefusedError as refusal:
        return Answer(False, is_final=True, problem=str(refusal))
    except TimeoutError:
        problem = "timeout"
    except ssl.SSLError:
        problem = "certificate"
    except socket.gaierror:
        problem = "no_host"
    except (OSError, http.client.HTTPException, ValueError):
        problem = "no_connection"
    return Answer(False, problem=problem)


def _follow(address: str) -> Answer:
    """HEAD first; servers that do not want it are asked for the page, of which nothing is read."""
    for _step in range(MOST_REDIRECTS + 1):
        status, location = _status(address, "HEAD")
        if status >= 400:  # many answer HEAD wrongly
            status, location = _status(address, "GET")
        if status not in (301, 302, 303, 307, 308) or not location:
            return _judged(status)
        address = urljoin(address, location)
    return Answer(False, problem="circle")


def _judged(status: int) -> Answer:
    if status < 400 or status in THERE:
        return Answer(True)
    return Answer(False, is_final=status in GONE, problem=str(status))


def _status(address: str, method: str) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _RefusedError("not_web")
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    ip = _public_address(host, port)
    context = ssl.create_default_context() if parts.scheme == "https" else None
    connection = _Connection(host, port, ip, context)
    watch = threading.Timer(LONGEST, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = {"User-Agent": f"LinkCheck (+{settings.SITE_URL})", "Accept": "*/*"}
        connection.request(method, _as_ascii(path), headers=headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location") or ""
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        connection.sock.close()


def _public_address(host: str, port: int) -> str:
    """Where the name leads to; every one of its addresses must be in the public internet."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    allowed = settings.NEWS_LINK_CHECK_PRIVATE_HOSTS
    for ip in found:
        if ip in allowed:
            continue
        known = ipaddress.ip_address(ip.partition("%")[0])
        mapped = getattr(known, "ipv4_mapped", None) or known
        if not mapped.is_global or mapped.is_multicast or port not in PORTS:
            raise _RefusedError("private")
    return sorted(found, key=lambda ip: ":" in ip)[0]


def _as_ascii(path: str) -> str:
    """Addresses are written with Cyrillic letters too."""
    return quote(path, safe="/?&=%:@!$'()*+,;~#[]-._")

"""A kept page: its bytes in each encoding, its headers, and what it was current with."""

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import brotli

Headers = list[tuple[str, str]]

# A little better than the fastest; more would cost as much as making the page.
BROTLI_QUALITY = 4
GZIP_LEVEL = 4
UNVERIFIED = 0.7  # seconds, while the shared store is away
CACHE_CONTROL = "public, max-age=0, stale-if-error=86400"


class KeptHeaders(list[tuple[str, str]]):
    """Sent many times as they are; ``checked`` is what the server made of them at the first."""

    checked: tuple[Headers, int | None] | None = None

    def __init__(self, headers: Headers, expires: str) -> None:
        super().__init__([("X-Accel-Expires", expires), *headers] if expires else headers)
        self.expires = expires


@dataclass
class Response:
    """An entry in one encoding, ready to be sent."""

    etag: str
    whole: Headers
    not_modified: Headers
    body: bytes
    _ready: dict[str, KeptHeaders] = field(default_factory=dict)

    def headers(self, status: str, expires: str) -> KeptHeaders:
        """``expires`` is for a web server before us; "" where there is none."""
        ready = self._ready.get(status)
        if ready is None or ready.expires != expires:
            kept = self.not_modified if status.startswith("304") else self.whole
            ready = self._ready[status] = KeptHeaders(kept, expires)
        return ready


@dataclass
class Entry:
    edition: str  # "": made while nobody could know
    release: str
    made_at: float  # when making it began, seconds of the clock
    headers: Headers
    bodies: dict[str, bytes]
    digest: str
    route: str = "-"  # for the log
    article_token: str = ""
    verified_with: str = ""  # the edition's ``articles`` for which article_token was compared
    ends_at: float = 0  # of a stale copy: when to try again; such a copy is never shared
    original: "Entry | None" = None
    counted: int = 0
    responses: dict[str, Response] = field(default_factory=dict)

    @classmethod
    def made(cls, body: bytes, headers: Headers, **facts: Any) -> "Entry":
        digest = hashlib.blake2b(body, digest_size=10).hexdigest()
        return cls(headers=headers, bodies={"": body}, digest=digest, **facts)

    @property
    def weight(self) -> int:
        """With what other encodings may add later."""
        return sum(map(len, self.bodies.values())) * 5 // 4 + 4096

    @property
    def is_html(self) -> bool:
        return any(
            name == "Content-Type" and value.startswith("text/html") for name, value in self.headers
        )

    def body(self, encoding: str) -> bytes:
        if encoding not in self.bodies:
            if encoding == "":
                made = brotli.decompress(self.bodies["br"])
            elif encoding == "br":
                made = brotli.compress(self.body(""), quality=BROTLI_QUALITY)
            else:
                # No moment in the header: the same page gives the same bytes.
                made = gzip.compress(self.body(""), GZIP_LEVEL, mtime=0)
            self.bodies[encoding] = made
        return self.bodies[encoding]

    def response(self, encoding: str) -> Response:
        ready = self.responses.get(encoding)
        if ready is None:
            body = self.body(encoding)
            etag = f'"{self.digest}{encoding and "-"}{encoding}"'
            shared = [("ETag", etag)]
            shared += [
                header
                for header in self.headers
                if header[0] in ("Cache-Control", "Vary", "X-Portal-Stale")
            ]
            headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body)))]
            if encoding:
                headers.append(("Content-Encoding", encoding))
            ready = self.responses[encoding] = Response(etag, headers, shared, body)
        return ready

    def packed(self) -> bytes:
        facts = {
            "edition": self.edition,
            "release": self.release,
            "made_at": self.made_at,
            "headers": self.headers,
            "digest": self.digest,
            "route": self.route,
            "article_token": self.article_token,
        }
        return json.dumps(facts).encode() + b"\n" + self.body("br")

    @classmethod
    def unpacked(cls, value: bytes) -> "Entry | None":
        """None where it is not ours: a page must never fail for what lies in a cache."""
        head, _line, body = value.partition(b"\n")
        try:
            facts = json.loads(head)
            facts["headers"] = [(str(name), str(text)) for name, text in facts["headers"]]
            return cls(bodies={"br": body}, **facts)
        except (ValueError, TypeError, KeyError):
            return None

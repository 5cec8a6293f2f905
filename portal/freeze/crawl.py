"""Every public page, picture and static file, asked of the portal itself and written down.

What is done is remembered in a small database in the folder, so that a run that was stopped goes
on from there; it is removed when nothing is left to do.
"""

import mimetypes
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from news.languages import LANGUAGES
from news.models import Article
from portal.freeze import addresses, pages

MEMORY = ".freeze.sqlite3"
WAITING, DONE, MISSING, FAILED = range(4)
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
REMEMBERED_AT_ONCE = 100


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    content: bytes
    target: str = ""


class Memory:
    """Addresses, and what became of each."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / MEMORY
        self.is_new = not self.path.exists()
        self.connection = sqlite3.connect(self.path)
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS page"
            " (address TEXT PRIMARY KEY, state INTEGER NOT NULL, said TEXT NOT NULL DEFAULT '')"
        )
        self.connection.execute("CREATE INDEX IF NOT EXISTS page_state ON page (state)")
        self.connection.execute("UPDATE page SET state = ? WHERE state = ?", (WAITING, FAILED))

    def add(self, found: Iterable[str]) -> None:
        self.connection.executemany(
            "INSERT OR IGNORE INTO page (address, state) VALUES (?, ?)",
            ((address, WAITING) for address in found),
        )

    def waiting(self) -> Iterator[str]:
        while found := self.connection.execute(
            "SELECT address FROM page WHERE state = ? LIMIT ?", (WAITING, REMEMBERED_AT_ONCE)
        ).fetchall():
            for (address,) in found:
                yield address
            self.connection.commit()

    def note(self, address: str, state: int, said: str = "") -> None:
        values = (state, said, address)
        self.connection.execute("UPDATE page SET state = ?, said = ? WHERE address = ?", values)

    def count(self, *states: int) -> int:
        marks = ", ".join("?" * len(states))
        query = f"SELECT count(*) FROM page WHERE state IN ({marks})"  # noqa: S608
        return self.connection.execute(query, states).fetchone()[0]

    def listed(self, state: int) -> list[tuple[str, str]]:
        query = "SELECT address, said FROM page WHERE state = ? ORDER BY address"
        return self.connection.execute(query, (state,)).fetchall()

    def close(self) -> None:
        self.connection.commit()
        self.connection.close()


@dataclass
class Frozen:
    files: int
    missing: list[tuple[str, str]]
    failed: list[tuple[str, str]]


def freeze(folder: Path, tell: Callable[[int, int], None] = lambda _done, _all: None) -> Frozen:
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Memory(folder)) as memory:
        if memory.is_new:
            memory.add(_beginnings())
        writer = _Writer(folder, memory)
        for done, address in enumerate(memory.waiting()):
            writer.freeze(address)
            if done % 20 == 0:
                tell(memory.count(DONE, MISSING, FAILED), memory.count(WAITING, DONE, MISSING))
        writer.write_missing_pages()
        frozen = Frozen(memory.count(DONE), memory.listed(MISSING), memory.listed(FAILED))
    if not frozen.failed:
        memory.path.unlink()
    return frozen


def _beginnings() -> Iterator[str]:
    """Whatever no page links to; the rest is found from here."""
    yield from ("/", "/robots.txt", "/favicon.ico", reverse("sitemap"), reverse("manifest"))
    if settings.SECURITY_CONTACT:
        yield reverse("security_txt")
    for language in LANGUAGES:
        yield from (f"/{language}/", f"/{language}/search/")
    # Withdrawn articles keep their addresses, and printed ones lead to /n/….
    for article in Article.objects.readable().iterator(chunk_size=500):
        if article.languages:
            yield f"/n/{article.pk}"
            yield from (article.get_absolute_url(language) for language in LANGUAGES)


class _Writer:
    def __init__(self, folder: Path, memory: Memory) -> None:
        self.folder, self.memory = folder.resolve(), memory
        self.client = Client(raise_request_exception=False)
        self.host = urlsplit(settings.SITE_URL).netloc
        self.kept_out = (f"/{settings.ADMIN_PATH}", "/i18n/")

    def freeze(self, address: str) -> None:
        try:
            answer = self._ask(address)
            if answer.status in (404, 410):
                # Somebody's link that leads nowhere in the portal either says so here as well.
                self._write_page(address, answer)
                self.memory.note(address, MISSING, str(answer.status))
                return
            if answer.status >= 400:
                self.memory.note(address, FAILED, f"status {answer.status}")
                return
            self._write_page(address, answer)
        except (OSError, ValueError) as error:
            self.memory.note(address, FAILED, str(error))
        else:
            self.memory.note(address, DONE)

    def write_missing_pages(self) -> None:
        for language in LANGUAGES:
            address = f"/{language}/404.html"
            content = self._page(address, self._ask(address).content)
            self._write(address.lstrip("/"), content)
            if language == settings.LANGUAGE_CODE:
                self._write("404.html", content)

    def _write_page(self, address: str, answer: Answer) -> None:
        content = answer.content
        if answer.target or address == "/":
            target = self._link(address, answer.target)
            home = f"/{settings.LANGUAGE_CODE}/"
            content = pages.moved(home if address == "/" else target or home).encode()
        elif answer.content_type == "text/html":
            content = self._page(address, content)
        elif answer.content_type == "text/css":
            self._follow(address, pages.links_of_style(content.decode()))
        elif address.startswith("/sitemap"):
            self._follow(address, LOCATION.findall(content.decode()))
        elif address == reverse("manifest"):
            self._follow(address, re.findall(r'"src": "([^"]+)"', content.decode()))
        self._write(addresses.file_of(address), content)

    def _ask(self, address: str) -> Answer:
        path = unquote(urlsplit(address).path)
        for prefix, read in ((settings.STATIC_URL, _static), ("/media/", _media)):
            if path.startswith(prefix):
                content = read(path.removeprefix(prefix))
                kind = mimetypes.guess_type(path)[0] or ""
                return Answer(404 if content is None else 200, kind, content or b"")
        response = self.client.get(
            address, secure=settings.SITE_URL.startswith("https:"), headers={"host": self.host}
        )
        self.client.cookies.clear()
        content = response.getvalue() if response.streaming else response.content
        return Answer(
            response.status_code,
            response.headers.get("Content-Type", "").partition(";")[0],
            content,
            response.headers.get("Location", ""),
        )

    def _page(self, address: str, content: bytes) -> bytes:
        return pages.frozen(content.decode(), address, lambda to: self._link(address, to)).encode()

    def _link(self, base: str, link: str) -> str | None:
        """The same link in the frozen portal; what it leads to is written as well."""
        if link.startswith("#") or (parts := addresses.within(link, base)) is None:
            return link
        if parts.path.startswith(self.kept_out):
            return None
        address = addresses.address_of(parts)
        self.memory.add([address])
        new = addresses.link_to(addresses.file_of(address), parts.fragment)
        is_whole = link.startswith(settings.SITE_URL)
        return f"{settings.SITE_URL}{new}" if is_whole else new

    def _follow(self, base: str, links: Iterable[str]) -> None:
        for link in links:
            self._link(base, link)

    def _write(self, name: str, content: bytes) -> None:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder):
            raise ValueError(f"{name} lies outside")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _static(name: str) -> bytes | None:
    if path := finders.find(name):
        return Path(str(path)).read_bytes()
    try:
        with staticfiles_storage.open(name) as file:
            return file.read()
    except (FileNotFoundError, ValueError):
        return None


def _media(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None

"""The page cache around Django: what it can answer never reaches Django's handler."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from news import edition as editions
from news import page_cache, reads
from news.edition import Edition
from news.shared_store import StoreError
from portal.page_cache import addresses, shared, stale
from portal.page_cache.addresses import PUBLIC, Address
from portal.page_cache.entries import CACHE_CONTROL, UNVERIFIED, Entry
from portal.page_cache.memory import Memory
from portal.page_cache.release import fingerprint

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]

IN_MEMORY = 16 * 1024 * 1024
ODD_IN_MEMORY = 4 * 1024 * 1024
MOST_KNOWN = 4096  # requests whose address is remembered
WAITED_FOR = 2.0
DATABASE_RESTS = 1.0
ARTICLE = "news:article"  # the route whose pages are counted as read

NOT_KEPT = {
    # The server's, the connection's, or made anew for each answer.
    "connection", "content-encoding", "content-length", "date", "etag", "expires", "server",
    "transfer-encoding", "vary", "x-request-id",
}  # fmt: skip
# What else of a request may decide about a page is in its Address.
KNOWN_TO_VARY = {"cookie", "accept-encoding", "accept-language", "referer"}
# A page is made from its address alone: nothing of the reader who happened to be first.
OF_THE_READER = (
    "HTTP_COOKIE", "HTTP_REFERER", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE",
    "HTTP_USER_AGENT",
)  # fmt: skip


class Captured:
    """What Django answered, before anybody is told."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.content = application(environ, self._start_response)

    def _start_response(self, status: str, headers: Any, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def read(self) -> bytes:
        try:
            return b"".join(self.content)
        finally:
            self.close()

    def close(self) -> None:
        if hasattr(self.content, "close"):
            self.content.close()

    @property
    def may_be_kept(self) -> bool:
        control = self.header("cache-control").lower()
        vary = {name.strip().lower() for name in self.header("vary").split(",")} - {""}
        return (
            self.status.startswith("200 ")
            and not self.header("set-cookie")
            and not any(word in control for word in ("private", "no-store", "no-cache"))
            and vary <= KNOWN_TO_VARY
            and self.header("content-type").startswith(("text/", "application/"))
        )


class NothingKept:
    """PAGE_CACHE=0: what is due is done before a page is read, and that is all."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if PUBLIC.fullmatch(path) or path.startswith(f"/{settings.ADMIN_PATH}"):
            editions.current()
        return self._application(environ, start_response)


class PageCache:
    def __init__(self, application: Application) -> None:
        self._application = application
        self._is_behind_proxies = bool(settings.TRUSTED_PROXIES)
        self._office = f"/{settings.ADMIN_PATH}"
        self._scheme_header = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self._memory = Memory(IN_MEMORY)
        self._odd_memory = Memory(ODD_IN_MEMORY)
        self._known: dict[tuple, tuple[Address, str, bool]] = {}
        self._known_alerts: frozenset[int] = frozenset()
        self._keeper = shared.Keeper()
        self._makers = shared.Makers()
        self._database_rests_until = 0.0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if environ["PATH_INFO"].startswith(self._office):
            editions.current()  # officers, too, find done what is due
        if method not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        known = self._address(environ)
        if known is None:
            return self._application(environ, start_response)
        address, encoding, is_staff = known
        edition = editions.current()
        entry = None if is_staff else self._memory_for(address).get(address.key)
        environ["portal.cache"] = "hit"
        if entry is None or not self._is_current(entry, address, edition):
            make = self._make_for_staff if is_staff else self._find_or_make
            found = make(address, edition, environ)
            if isinstance(found, Captured):
                start_response(found.status, found.headers)
                return found.content
            entry = found
        environ["portal.route"] = entry.route
        if entry.original:
            environ["portal.cache"] = "stale"
        if address.article_id is not None and entry.route == ARTICLE and method == "GET":
            reads.note(environ, address.article_id, address.language)
        response = entry.response(encoding)
        matches = environ.get("HTTP_IF_NONE_MATCH", "")
        is_known = matches and (response.etag in matches or matches == "*")
        status = "304 Not Modified" if is_known else "200 OK"
        start_response(status, response.headers(status, self._expires(entry, address, edition)))
        return [] if is_known or method == "HEAD" else [response.body]

    def _expires(self, entry: Entry, address: Address, edition: Edition) -> str:
        """Until the end of the second in which it was known to be the newest: ``1`` would mean up
        to two seconds. ``@0`` is not kept at all."""
        if not self._is_behind_proxies:
            return ""
        is_newest = (
            edition.key
            and entry.edition == edition.key
            and (address.article_id is None or entry.verified_with == edition.articles)
        )
        return f"@{int(edition.looked_at) if is_newest else 0}"

    # --- which page ---

    def _address(self, environ: Environ) -> tuple[Address, str, bool] | None:
        get = environ.get
        request = (
            environ["PATH_INFO"],
            get("QUERY_STRING"),
            get("HTTP_HOST"),
            get("HTTP_COOKIE"),
            get("HTTP_REFERER"),
            get("HTTP_ACCEPT_ENCODING"),
            get("wsgi.url_scheme"),
            get(self._scheme_header),
        )
        closable = editions.last().closable_alerts
        if self._known_alerts is not closable:
            if self._known_alerts != closable:
                self._known = {}
            self._known_alerts = closable
        known = self._known.get(request)
        if known is None and PUBLIC.fullmatch(environ["PATH_INFO"]):
            address = addresses.of(environ, closable)
            if address is None:
                return None
            encoding = addresses.encoding_of(get("HTTP_ACCEPT_ENCODING", ""))
            known = (address, encoding, addresses.has_session(get("HTTP_COOKIE", "")))
            if len(self._known) >= MOST_KNOWN:
                self._known = {}
            self._known[request] = known
        return known

    def _memory_for(self, address: Address) -> Memory:
        return self._odd_memory if address.is_odd else self._memory

    # --- is it current ---

    def _is_current(self, entry: Entry, address: Address, edition: Edition) -> bool:
        now = time.time()
        if entry.original is not None:
            return now < entry.ends_at
        if entry.release != fingerprint():
            return False
        if not edition.key:
            return now - entry.made_at < UNVERIFIED
        return (
            entry.edition == edition.key
            and now - entry.made_at < address.longest
            and self._has_current_comments(entry, address, edition)
        )

    def _has_current_comments(self, entry: Entry, address: Address, edition: Edition) -> bool:
        if address.article_id is None or entry.verified_with == edition.articles:
            return True
        try:
            (token,) = page_cache.tokens(page_cache.article_names(address.article_id)[0])
        except StoreError:
            return False
        if token != entry.article_token:
            return False
        entry.verified_with = edition.articles
        return True

    def _may_be_shown(self, entry: Entry, address: Address, edition: Edition) -> bool:
        """False where something that stands on it was taken back since."""
        forgotten = edition.forgotten_before
        if address.article_id is not None:
            try:
                (token,) = page_cache.tokens(page_cache.article_names(address.article_id)[1])
            except StoreError:
                token = ""
            forgotten = max(forgotten, page_cache.moment_of(token))
        return entry.made_at > forgotten

    # --- get one ---

    def _find_or_make(
        self, address: Address, edition: Edition, environ: Environ
    ) -> Entry | Captured:
        old = self._newest(address)
        if old is not None and self._is_current(old, address, edition):
            self._memory_for(address).put(address.key, old)
            return old
        if old is not None and not self._may_be_shown(old, address, edition):
            old = None
        if old is not None and time.monotonic() < self._database_rests_until:
            return self._stale(old, address)
        if not self._makers.begin(address.key):
            # For the moment that another takes to make the new one; a copy from before an outage
            # of the store may be older than what this reader has seen already.
            if old is not None and old.edition and old.edition in (edition.key, edition.previous):
                return old
            if (made := self._awaited(address, edition)) is not None:
                return made
            return self._made(address, edition, environ, old)
        try:
            return self._made(address, edition, environ, old)
        finally:
            self._makers.end(address.key)

    def _made(
        self, address: Address, edition: Edition, environ: Environ, old: Entry | None
    ) -> Entry | Captured:
        made_at = time.time()
        token = ""
        if address.article_id is not None and edition.key:
            try:
                (token,) = page_cache.tokens(page_cache.article_names(address.article_id)[0])
            except StoreError:
                edition = Edition()
        bare = {name: value for name, value in environ.items() if name not in OF_THE_READER}
        bare |= {"REQUEST_METHOD": "GET", **address.made_from}
        captured = Captured(self._application, bare)
        environ["portal.cache"] = "miss"
        environ["portal.route"] = route = bare.get("portal.route", "-")
        if captured.status.startswith("5"):
            return self._instead_of(captured, address, edition, old)
        self._database_rests_until = 0.0
        if not captured.may_be_kept:
            return captured
        entry = Entry.made(
            captured.read(),
            _kept_headers(captured, address),
            edition=edition.key,
            release=fingerprint(),
            made_at=made_at,
            article_token=token,
            verified_with=edition.articles,
            route=route,
        )
        self._memory_for(address).put(address.key, entry)
        if edition.key:
            self._keeper.keep(address, entry)
        return entry

    def _instead_of(
        self, failed: Captured, address: Address, edition: Edition, old: Entry | None
    ) -> Entry | Captured:
        """An old copy, be it the plain one or from the article's present address, rather than an
        error."""
        if failed.status.startswith("503"):
            self._database_rests_until = time.monotonic() + DATABASE_RESTS
        if old is None:
            old = self._memory.get(address.plain_key) or shared.similar(address)
            if old is not None and not self._may_be_shown(old, address, edition):
                old = None
        if old is None:
            return failed
        failed.close()
        return self._stale(old, address)

    def _stale(self, old: Entry, address: Address) -> Entry:
        entry = stale.copy(old, address)
        self._memory_for(address).put(address.key, entry)
        return entry

    def _make_for_staff(
        self, address: Address, edition: Edition, environ: Environ
    ) -> Entry | Captured:
        """As it is this very moment, and kept for nobody."""
        captured = Captured(self._application, environ)
        environ["portal.cache"] = "passed by"
        if not captured.status.startswith("5"):
            return captured
        old = self._newest(address)
        if old is not None and not self._may_be_shown(old, address, edition):
            old = None
        return self._instead_of(captured, address, edition, old)

    def _newest(self, address: Address) -> Entry | None:
        here = self._memory_for(address).get(address.key)
        theirs = shared.page(address.key)
        if here is None or (theirs is not None and theirs.made_at > here.made_at):
            return theirs
        return here

    def _awaited(self, address: Address, edition: Edition) -> Entry | None:
        deadline = time.monotonic() + WAITED_FOR
        while time.monotonic() < deadline:
            time.sleep(0.02)
            entry = self._memory_for(address).get(address.key) or shared.page(address.key)
            if entry is not None and self._is_current(entry, address, edition):
                self._memory_for(address).put(address.key, entry)
                return entry
            if not self._makers.are_at_it(address.key):
                return None  # it was no page to keep: not found, say
        return None


def _kept_headers(captured: Captured, address: Address) -> list[tuple[str, str]]:
    headers = [(name, value) for name, value in captured.headers if name.lower() not in NOT_KEPT]
    vary = ["Accept-Encoding"]
    if captured.header("content-type").startswith("text/html"):
        vary.append("Cookie")
    if address.article_id is not None:
        vary.append("Referer")
    headers.append(("Vary", ", ".join(vary)))
    if not captured.header("cache-control"):
        headers.append(("Cache-Control", CACHE_CONTROL))
    return headers

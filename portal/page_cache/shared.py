"""Kept pages in the store that all processes share, and who of them makes the next one."""

import logging
import threading
import time
from collections import deque

from news.shared_store import StoreError, store
from portal.page_cache.addresses import Address
from portal.page_cache.entries import Entry

KEPT_FOR = 25 * 60 * 60.0  # whatever somebody read within a day
LARGEST = 8 * 1024 * 1024
LOCKED_FOR = 3.0  # a maker that was killed holds the others up no longer

# Of odd pages there could be ever more. A process keeps so many for a day, in case the database is
# away; beyond them, so many for as long as somebody may press "back".
MOST_ODD_A_DAY = 4000
ODD_KEPT_FOR = 10 * 60.0
MOST_ODD = 2000

logger = logging.getLogger(__name__)


def page(key: str) -> Entry | None:
    try:
        (value,) = store().get(_page_name(key))
    except StoreError:
        return None
    return Entry.unpacked(value) if value else None


def similar(address: Address) -> Entry | None:
    """What the reader would come to from here, without the reader's own way and view."""
    plain = page(address.plain_key) if address.plain_key != address.key else None
    if plain is not None or not address.by_id:
        return plain
    try:
        (present,) = store().get(_present_name(address))
    except StoreError:
        return None
    return page(present.decode()) if present else None


class Keeper:
    """What this process has put there."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._odd: dict[float, deque[float]] = {KEPT_FOR: deque(), ODD_KEPT_FOR: deque()}

    def keep(self, address: Address, entry: Entry) -> None:
        seconds = self._seconds(address) if address.is_odd else KEPT_FOR
        if not seconds or len(entry.bodies[""]) > LARGEST:
            return
        try:
            store().set(_page_name(address.key), entry.packed(), seconds)
            if address.by_id and address.key == address.plain_key:
                store().set(_present_name(address), address.key.encode(), seconds)
        except StoreError:
            logger.warning("A page could not be kept for the other processes.")

    def _seconds(self, address: Address) -> float:
        now = time.monotonic()
        with self._lock:
            for seconds, most in ((KEPT_FOR, MOST_ODD_A_DAY), (ODD_KEPT_FOR, MOST_ODD)):
                made = self._odd[seconds]
                while made and made[0] <= now - seconds:
                    made.popleft()
                if len(made) < most:
                    made.append(now)
                    return seconds
        return 0.0


class Makers:
    """One makes a page, the others do not."""

    def __init__(self) -> None:
        self._here: set[str] = set()
        self._lock = threading.Lock()

    def begin(self, key: str) -> bool:
        with self._lock:
            if key in self._here:
                return False
            self._here.add(key)
        try:
            if store().add(_lock_name(key), b"1", LOCKED_FOR):
                return True
        except StoreError:
            return True  # then at least one in each process
        with self._lock:
            self._here.discard(key)
        return False

    def end(self, key: str) -> None:
        try:
            store().delete(_lock_name(key))
        except StoreError:
            pass
        finally:
            with self._lock:
                self._here.discard(key)

    def are_at_it(self, key: str) -> bool:
        if key in self._here:
            return True
        try:
            return store().get(_lock_name(key)) != [None]
        except StoreError:
            return False


def _page_name(key: str) -> str:
    return f"page:{key}"


def _present_name(address: Address) -> str:
    """An old address redirects to the present one, which nobody can look up without a database."""
    return f"present:{address.by_id}"


def _lock_name(key: str) -> str:
    return f"lock:{key}"

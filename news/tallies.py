"""Counts that a process keeps in its memory and puts into the database every few seconds.

Counting costs a reader nothing; a process that is killed loses what it counted since the last
time. While the database is away the counts wait.
"""

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

logger = logging.getLogger(__name__)

MOST = 20_000  # different things that wait; what comes beyond is not counted
Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    def __init__(self, put_down: Callable[[Mapping[Key, int]], None]) -> None:
        self._put_down = put_down
        self._counts: Counter[Key] = Counter()
        self._lock = threading.Lock()
        _all.append(self)

    def add(self, key: Key) -> None:
        with self._lock:
            if key in self._counts or len(self._counts) < MOST:
                self._counts[key] += 1
        _Putting.begin()

    def put_down(self) -> None:
        """Into the database; what does not get there stays for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._put_down(counts)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Counts wait for the database: %s.", type(error).__name__)
            with self._lock:
                self._counts.update(counts)


_all: list[Tally[Any]] = []


class _Putting:
    """The thread that puts the counts of this process down."""

    thread: threading.Thread | None = None
    lock = threading.Lock()
    is_over = threading.Event()

    @classmethod
    def begin(cls) -> None:
        if cls.thread is not None or not settings.NEWS_TALLIES_EVERY:
            return
        with cls.lock:
            if cls.thread is None:
                cls.thread = threading.Thread(target=cls.go_on, name="tallies", daemon=True)
                cls.thread.start()
                atexit.register(cls.end)

    @classmethod
    def go_on(cls) -> None:
        while not cls.is_over.wait(settings.NEWS_TALLIES_EVERY):
            put_down_all()

    @classmethod
    def end(cls) -> None:
        cls.is_over.set()
        put_down_all()


def put_down_all() -> None:
    for tally in _all:
        tally.put_down()
    if threading.current_thread() is _Putting.thread:
        connections.close_all()  # this thread's own: none of them waits idle for the next time

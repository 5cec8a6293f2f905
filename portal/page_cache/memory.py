"""The copies in this process: the least recently used go first, counted in bytes."""

import threading
from collections import OrderedDict

from portal.page_cache.entries import Entry


class Memory:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Entry | None:
        entry = self._entries.get(key)
        if entry is not None:
            try:
                self._entries.move_to_end(key)
            except KeyError:  # another thread made room
                return entry
        return entry

    def put(self, key: str, entry: Entry) -> None:
        weight = entry.weight
        if weight > self._limit // 8:
            return
        with self._lock:
            if (old := self._entries.pop(key, None)) is not None:
                self._size -= old.counted
            entry.counted = weight
            self._entries[key] = entry
            self._size += weight
            while self._size > self._limit:
                _key, oldest = self._entries.popitem(last=False)
                self._size -= oldest.counted

"""What the processes share besides the database: Redis for many hosts, or a folder for one.

Bytes in, bytes out: nothing that lies there is ever unpickled. Whoever asks must be able to go on
without: an answer that does not come is a `StoreError`, and for a second nobody asks again.
"""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

SWEEP_EVERY = 600.0


class StoreError(Exception):
    """The store does not answer, or cannot write."""


class Store(Protocol):
    def get(self, *names: str) -> list[bytes | None]: ...
    def set(self, name: str, value: bytes, seconds: float) -> None: ...
    def add(self, name: str, value: bytes, seconds: float) -> bool: ...
    def delete(self, name: str) -> None: ...


def store() -> Store:
    return _open(settings.REDIS_URL, str(settings.CACHE_DIR), settings.SITE_URL)


@cache
def _open(redis_url: str, folder: str, site: str) -> Store:
    if redis_url:
        from news.redis_store import RedisStore  # its client takes 20 MB, and a tenth of the start

        return RedisStore(redis_url, prefix=f"{site}:")
    return FileStore(Path(folder) / "shared", settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)


class FileStore:
    """A file per value; its time of modification is the moment at which it ends."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._sweeps_at = time.monotonic() + SWEEP_EVERY

    def get(self, *names: str) -> list[bytes | None]:
        try:
            return [self._read(name) for name in names]
        except OSError as error:
            raise StoreError from error

    def set(self, name: str, value: bytes, seconds: float) -> None:
        path = self._path(name)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            self._write(draft, value, time.time() + seconds)
            draft.replace(path)
        except OSError as error:
            # Disk full: what cannot be renewed must at least not stay as it was.
            for left in (draft, path):
                with suppress(OSError):
                    left.unlink()
            raise StoreError from error
        self._sweep_sometimes()

    def add(self, name: str, value: bytes, seconds: float) -> bool:
        path = self._path(name)
        try:
            self._read(name)  # removes one that has ended
            self._write(path, value, time.time() + seconds)
        except FileExistsError:
            return False
        except OSError as error:
            raise StoreError from error
        return True

    def delete(self, name: str) -> None:
        with suppress(OSError):
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        digest = hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
        return self._folder / digest[:2] / digest[2:]

    def _read(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            with path.open("rb") as file:
                ends_at = os.fstat(file.fileno()).st_mtime
                if ends_at > time.time():
                    return file.read()
        except FileNotFoundError:
            return None
        with suppress(FileNotFoundError):
            if path.stat().st_mtime == ends_at:  # nobody has renewed it meanwhile
                path.unlink()
        return None

    def _write(self, path: Path, value: bytes, ends_at: float) -> None:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            # At once: a lock without its moment would seem to be over.
            os.utime(file.fileno(), (ends_at, ends_at))
            file.write(value)
            file.flush()
            os.utime(file.fileno(), (ends_at, ends_at))

    def _sweep_sometimes(self) -> None:
        if time.monotonic() < self._sweeps_at:
            return
        self._sweeps_at = time.monotonic() + SWEEP_EVERY
        with suppress(OSError):
            self.sweep()

    def sweep(self) -> None:
        """Delete what has ended and, beyond the limit, what ends first."""
        files = []
        for folder in os.scandir(self._folder):
            for entry in os.scandir(folder):
                with suppress(FileNotFoundError):
                    status = entry.stat()
                    files.append((status.st_mtime, status.st_size, entry.path))
        total = sum(size for _ends_at, size, _path in files)
        now = time.time()
        for ends_at, size, path in sorted(files):
            if ends_at > now and total <= self._limit:
                break
            with suppress(OSError):
                os.unlink(path)
            total -= size

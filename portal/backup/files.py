"""The files of the portal's storages: pictures in every width, originals, attachments."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.files.storage import FileSystemStorage, Storage, storages

STORAGES = ("default", "private")
BLOCK = 1024 * 1024


class Entry(NamedTuple):
    """A file as it lies in a storage."""

    storage: str
    name: str
    size: int
    modified: str


class Kept(NamedTuple):
    """A file as a backup has it."""

    storage: str
    name: str
    size: int
    modified: str
    sha256: str


def walk(alias: str) -> Iterator[Entry]:
    storage = storages[alias]
    if isinstance(storage, FileSystemStorage):
        yield from _walk_folder(alias, storage)
    else:
        yield from _walk_bucket(alias, storage)


def _walk_folder(alias: str, storage: FileSystemStorage) -> Iterator[Entry]:
    root = Path(storage.location)
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            try:
                facts = path.stat()
            except FileNotFoundError:
                continue  # deleted meanwhile
            yield Entry(alias, str(path.relative_to(root)), facts.st_size, str(facts.st_mtime_ns))


def _walk_bucket(alias: str, storage: Storage) -> Iterator[Entry]:
    # The listing knows sizes and moments; django-storages would ask for each file again.
    prefix = f"{storage.location.strip('/')}/"  # type: ignore[attr-defined]
    for found in storage.bucket.objects.filter(Prefix=prefix):  # type: ignore[attr-defined]
        moment = found.last_modified.astimezone(UTC).isoformat()
        yield Entry(alias, found.key.removeprefix(prefix), found.size, moment)


def copy(source: BinaryIO, into: BinaryIO | None = None) -> str:
    """The SHA-256 of what there is to read, which is written on the way."""
    found = hashlib.sha256()
    while block := source.read(BLOCK):
        found.update(block)
        if into is not None:
            into.write(block)
    return found.hexdigest()


def content_name(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256}"

"""Where backups lie: a folder, or ``s3://bucket/prefix`` with the portal's S3 settings."""

import os
import secrets
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

from portal.backup import BackupError


class Folder(FileSystemStorage):
    """A file is there whole or not at all; nobody else may read it."""

    def __init__(self, location: str) -> None:
        super().__init__(
            location, file_permissions_mode=0o600, directory_permissions_mode=0o700,
            allow_overwrite=True,
        )  # fmt: skip

    def _save(self, name: str, content: File) -> str:
        part = super()._save(  # type: ignore[misc]
            f"{name}.{secrets.token_hex(4)}.part", content
        )
        os.replace(self.path(part), self.path(name))
        return name


def at(directory: str) -> Storage:
    if "://" not in directory:
        return Folder(str(Path(directory).absolute()))
    parts = urlsplit(directory)
    if parts.scheme != "s3" or not parts.netloc:
        raise BackupError(f"{directory} is neither a folder nor s3://bucket/prefix.")
    from news import object_storage  # the client alone weighs as much as the portal

    return object_storage.bucket(parts.netloc, parts.path.strip("/"))


def write(place: Storage, name: str, content: BinaryIO) -> None:
    """Under exactly this name, in the place of what lay there."""
    content.seek(0)
    if (written := place.save(name, File(content))) != name:
        raise BackupError(f"{name} could only be written as {written}.")


def read(place: Storage, name: str) -> BinaryIO:
    return cast(BinaryIO, place.open(name, "rb"))


def folders(place: Storage, path: str = "") -> list[str]:
    return sorted(_listed(place, path)[0])


def names(place: Storage, path: str) -> list[str]:
    return sorted(_listed(place, path)[1])


def _listed(place: Storage, path: str) -> Any:
    try:
        return place.listdir(path)
    except FileNotFoundError:
        return [], []


def flush(place: Storage) -> None:
    """What was written lies on the disk, not only in the system's memory."""
    if isinstance(place, FileSystemStorage):
        os.sync()

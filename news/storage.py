"""Where files lie that no address serves: originals of pictures, attachments."""

from typing import NoReturn

from django.core.files.storage import FileSystemStorage, Storage, storages


class StorageError(OSError):
    """A file could not be written: the disk is full, the object storage away."""


class PrivateFiles(FileSystemStorage):
    """A folder outside MEDIA_ROOT; nothing in it has an address."""

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("A private file has no address.")


def private() -> Storage:
    return storages["private"]

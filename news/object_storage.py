"""Files in an S3-compatible store; that it is slow, full or away is an OSError, like a disk's.

Imported only where a store is configured: its client is larger than the rest of the portal.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

IN_MEMORY = 4 * 1024 * 1024  # of a file that is read; the rest of it goes to a temporary one
CLIENT = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"total_max_attempts": 2},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # Stores other than Amazon's know no newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


# A store that hangs must not hold every thread of the process: the others have pages to serve.
AT_ONCE = 2
WAITED_FOR = 1.0  # seconds, for one of the two
REST = 2.0  # after an answer that did not come, for which nobody asks
SILENT = (ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)


_turns = threading.BoundedSemaphore(AT_ONCE)
_rest_until: dict[str | None, float] = {}  # by the store's address


def _as_os_error(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def translated(store: S3Storage, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(store, *args, **kwargs)
        except SILENT as error:
            _rest_until[store.endpoint_url] = time.monotonic() + REST
            raise OSError(f"Object storage: {error}") from error
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"Object storage: {error}") from error

    return translated


@contextmanager
def _a_turn(address: str | None) -> Iterator[None]:
    """To read a file; OSError at once while the store is known to be silent."""
    if not _turns.acquire(timeout=WAITED_FOR):
        raise OSError("Object storage: too many files are being read at once")
    try:
        if time.monotonic() < _rest_until.get(address, 0.0):
            raise OSError("Object storage: no answer a moment ago")
        yield
    finally:
        _turns.release()


class Bucket(S3Storage):
    """Each file whole or not at all; a name that is taken is written over."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "client_config": CLIENT,
                "file_overwrite": True,
                "default_acl": None,
                "querystring_auth": False,
                "max_memory_size": IN_MEMORY,
                "transfer_config": TransferConfig(use_threads=False),
                **options,
            }
        )

    @_as_os_error
    def _open(self, name: str, mode: str = "rb") -> File:
        if "r" not in mode:
            return super()._open(name, mode)
        with _a_turn(self.endpoint_url):
            opened = super()._open(name, mode)
            _fetched = opened.file  # at once, so that whatever fails fails here
        return opened

    _save = _as_os_error(S3Storage._save)
    exists = _as_os_error(S3Storage.exists)
    delete = _as_os_error(S3Storage.delete)
    listdir = _as_os_error(S3Storage.listdir)
    size = _as_os_error(S3Storage.size)


class PublicBucket(Bucket):
    """Pictures as readers get them, from the store's own address or through the portal's."""

    def url(self, name: str | None, *_args: Any, **_kwargs: Any) -> str:
        return settings.MEDIA_URL + filepath_to_uri(name or "").lstrip("/")


class PrivateBucket(Bucket):
    """Originals of pictures and attachments."""

    def url(self, name: str | None, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ValueError("A private file has no address.")


def bucket(name: str, prefix: str) -> Storage:
    """Any bucket that the portal's keys open."""
    return Bucket(bucket_name=name, location=prefix, **settings.S3_OPTIONS)

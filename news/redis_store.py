"""The shared store in Redis, for many hosts."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from news.shared_store import StoreError

PATIENCE = 0.5  # seconds; a page is made in a tenth of it
REST = 1.0


class RedisStore:
    def __init__(self, url: str, prefix: str) -> None:
        self._prefix = prefix
        self._rests_until = 0.0
        # The client's own retries wait for seconds, with a reader at the other end.
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )

    def get(self, *names: str) -> list[bytes | None]:
        return self._ask(self._client.mget, [self._prefix + name for name in names])

    def set(self, name: str, value: bytes, seconds: float) -> None:
        try:
            self._ask(self._client.set, self._prefix + name, value, px=int(seconds * 1000))
        except StoreError:
            # Memory full: what cannot be renewed must at least not stay as it was.
            with suppress(redis.RedisError):
                self._client.delete(self._prefix + name)
            raise

    def add(self, name: str, value: bytes, seconds: float) -> bool:
        return bool(
            self._ask(self._client.set, self._prefix + name, value, px=int(seconds * 1000), nx=True)
        )

    def delete(self, name: str) -> None:
        self._ask(self._client.delete, self._prefix + name)

    def _ask(self, command: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < self._rests_until:
            raise StoreError
        try:
            return command(*arguments, **options)
        except redis.ResponseError as error:
            raise StoreError from error
        except redis.RedisError as error:
            self._rests_until = time.monotonic() + REST
            raise StoreError from error

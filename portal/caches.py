"""Django's caches, for whom an answer that does not come is no error: a cache only saves work."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)

REST = 1.0  # seconds for which a server that failed is not asked again


class Guarded:
    failures: tuple[type[Exception], ...] = (OSError,)
    _rests_until = 0.0  # of the class: threads have cache objects of their own

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, key, default, version)  # type: ignore[misc]

    def set(self, key: str, *arguments: Any, **options: Any) -> None:
        self._try(super().set, None, key, *arguments, **options)  # type: ignore[misc]

    def add(self, key: str, *arguments: Any, **options: Any) -> bool:
        return self._try(super().add, True, key, *arguments, **options)  # type: ignore[misc]

    def get_many(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        return self._try(super().get_many, {}, *arguments, **options)  # type: ignore[misc]

    def set_many(self, data: dict[str, Any], *arguments: Any, **options: Any) -> list[str]:
        return self._try(super().set_many, list(data), data, *arguments, **options)  # type: ignore[misc]

    def delete(self, *arguments: Any, **options: Any) -> bool:
        return self._try(super().delete, False, *arguments, **options)  # type: ignore[misc]

    def touch(self, *arguments: Any, **options: Any) -> bool:
        return self._try(super().touch, False, *arguments, **options)  # type: ignore[misc]

    def has_key(self, *arguments: Any, **options: Any) -> bool:
        return self._try(super().has_key, False, *arguments, **options)  # type: ignore[misc]

    def delete_many(self, *arguments: Any, **options: Any) -> None:
        self._try(super().delete_many, None, *arguments, **options)  # type: ignore[misc]

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._try(super().incr, delta, key, delta, version)  # type: ignore[misc]

    @classmethod
    def _try(cls, ask: Callable[..., Any], otherwise: Any, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < cls._rests_until:
            return otherwise
        try:
            return ask(*arguments, **options)
        except cls.failures as error:
            cls._rests_until = time.monotonic() + REST
            logger.warning("The cache does not answer: %s", error)
            return otherwise


class GuardedFileCache(Guarded, FileBasedCache):
    pass

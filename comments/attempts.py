"""How often something that leaves no row was tried within the hour: wrong receipt numbers, letters.

Counted in the shared cache, and in this process too: a cache that is down opens no door.
"""

import logging

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)
HOUR = 60 * 60
_here = LocMemCache("comments.attempts", {})


def are_too_many(what: str, who: str, *, most: int) -> bool:
    """``who``: a keyed hash; neither addresses nor anything else of people goes into the cache."""
    return _count(what, who, add=0) >= most


def count_one(what: str, who: str) -> None:
    _count(what, who, add=1)


def _count(what: str, who: str, *, add: int) -> int:
    key = f"comments.attempts.{what}.{who}"
    try:
        shared = _counted(cache, key, add)
    except Exception:  # whatever a cache that is down raises
        logger.exception("The shared cache does not count attempts.")
        shared = 0
    return max(shared, _counted(_here, key, add))


def _counted(where: BaseCache, key: str, add: int) -> int:
    if add and where.add(key, add, HOUR):
        return add
    return where.incr(key, add) if add else where.get(key, 0)

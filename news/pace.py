"""How often something happens, counted for all processes in the cache."""

from time import time

from django.core.cache import cache


def count(what: str, seconds: int) -> int | None:
    """Count this time too: how many within the present stretch; None where no cache answers."""
    key = f"pace:{what}:{seconds}:{int(time()) // seconds}"
    try:
        cache.add(key, 0, seconds * 2)
        return cache.incr(key)
    except Exception:  # each cache back end has errors of its own
        return None

from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.caches import Guarded


class GuardedRedisCache(Guarded, RedisCache):
    failures = (RedisError, OSError)

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # The client's own retries would wait for seconds, with a reader at the other end.
        options = {"retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

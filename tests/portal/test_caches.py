"""A cache that does not answer costs time, and nothing else."""

import pytest
from django.core.cache import cache
from redis.backoff import NoBackoff
from redis.retry import Retry

from news import edition
from portal.redis_cache import GuardedRedisCache
from tests.factories import ArticleFactory, local
from tests.portal.reader import Process
from tests.servers import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_answers(settings, monkeypatch):
    """A Redis where nobody listens; the real one is stopped in test_servers_down.py."""
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "portal.redis_cache.GuardedRedisCache",
            "LOCATION": settings.REDIS_URL,
            "OPTIONS": {"retry": Retry(NoBackoff(), 0)},
        }
    }
    monkeypatch.setattr(GuardedRedisCache, "_rests_until", 0.0)
    monkeypatch.setattr(edition._Here, "edition", edition.Edition())
    monkeypatch.setattr(edition._Here, "checks_at", 0.0)
    monkeypatch.setattr(edition, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("nothing_answers")
def test_pages_work_while_the_cache_does_not(client):
    article = ArticleFactory(published_at=local(2018, 10, 30))
    for page in (
        "/kk/", "/kk/news/", "/sitemap.xml", "/kk/news/share/portal.png", article.get_absolute_url()
    ):  # fmt: skip
        assert client.get(page).status_code == 200
        assert Process().get(page).status == 200
    assert client.get("/readyz").content == b"not ready: cache\n"


@pytest.mark.usefixtures("nothing_answers")
def test_every_call_has_an_answer():
    assert cache.get("key", "nothing") == "nothing"
    assert cache.set("key", 1) is None
    assert cache.add("key", 1) is True
    assert cache.get_or_set("key", 3) == 3
    assert cache.get_many(["key"]) == {}
    assert cache.set_many({"key": 1}) == ["key"]
    assert cache.incr("key") == 1
    assert cache.delete("key") is False
    assert cache.touch("key") is False
    assert cache.has_key("key") is False
    assert cache.delete_many(["key"]) is None

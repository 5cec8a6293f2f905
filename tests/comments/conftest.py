import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from comments import attempts
from tests.factories import ArticleFactory, local

NOON = local(2026, 11, 20, 12)
OURS = {"sec-fetch-site": "same-origin"}


def address(article, language="ru"):
    return f"{article.get_absolute_url(language)}comments/"


def key_in(page):
    return re.search('name="submission_key" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    attempts._here.clear()
    cache.clear()


@pytest.fixture
def clock():
    """Stands at noon until it is moved."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def article(db, clock):
    return ArticleFactory(published_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def write(client, clock):
    """Fill in the form as a person does: open it, think for a while, send it."""

    def write(article, *, language="ru", seconds=30, key=None, headers=OURS, **fields):
        where = address(article, language)
        key = key or key_in(client.get(where))
        clock.shift(seconds)
        data = {"name": "Айгүл", "text": "Спасибо за школу!", "website": ""} | fields
        meta = {"REMOTE_ADDR": data.pop("sender", "203.0.113.7")}
        return client.post(where, {"submission_key": key} | data, headers=headers, **meta)

    return write

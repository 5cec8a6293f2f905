"""How long a web server before the portal may keep a page: never past a second after a change."""

import pytest
import time_machine

from news import edition, page_cache
from portal.page_cache import shared
from tests.factories import ArticleFactory, CommentFactory
from tests.portal.reader import Process

pytestmark = pytest.mark.django_db

SECOND = 1_800_000_000


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    def carry_out(action, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*arguments)

    return carry_out


@pytest.fixture
def clock():
    with time_machine.travel(SECOND + 0.1, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(settings, monkeypatch, clock, commit):
    """Behind such a server; the process looks for news at each request, or ``CHECK_EVERY`` s."""
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr(edition, "CHECK_EVERY", 0)
    monkeypatch.setattr(edition, "close_old_connections", lambda: None)
    monkeypatch.setattr(edition._Here, "edition", edition.Edition())
    monkeypatch.setattr(edition._Here, "checks_at", 0.0)
    commit(page_cache.refresh_site)
    return Process()


def kept_until(reader, address="/kk/"):
    return reader.get(address).headers["X-Accel-Expires"]


def test_until_the_end_of_the_second_from_its_very_beginning(reader, clock):
    assert kept_until(reader) == kept_until(reader) == f"@{SECOND}"
    clock.move_to(SECOND + 1)
    assert kept_until(reader) == f"@{SECOND + 1}"


def test_each_second_begins_with_a_look_for_news(reader, clock, commit, monkeypatch):
    monkeypatch.setattr(edition, "CHECK_EVERY", 1000)
    kept_until(reader)
    article = ArticleFactory()
    commit(page_cache.refresh_site)
    assert article.headline_kk not in reader.get("/kk/").text  # as the process last heard
    clock.move_to(SECOND + 1)
    assert article.headline_kk in reader.get("/kk/").text


def test_not_at_all_where_the_page_is_known_to_be_old(reader, commit, monkeypatch):
    article = ArticleFactory()
    address = article.get_absolute_url("kk")
    assert kept_until(reader, address) == f"@{SECOND}"
    monkeypatch.setattr(shared.Makers, "begin", lambda *_arguments: False)  # another is at it
    CommentFactory(article=article)
    commit(page_cache.refresh_article, article.pk)
    assert kept_until(reader, address) == "@0"
    commit(page_cache.refresh_site)
    assert kept_until(reader) == f"@{SECOND}"  # nobody had read it: made here
    commit(page_cache.refresh_site)
    assert kept_until(reader) == "@0"


def test_no_longer_than_known_where_another_thread_is_looking(reader, clock):
    kept_until(reader)
    clock.move_to(SECOND + 1)
    with edition._Here.lock:
        assert kept_until(reader) == f"@{SECOND}"  # is over: asked for again

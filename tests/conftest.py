import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def _clean_slate():
    """No test inherits the language or the cache of another."""
    cache.clear()
    with translation.override("kk"):
        yield


@pytest.fixture
def press(db):
    return UserFactory(username="press", role="Press officers")


@pytest.fixture
def editor(db):
    return UserFactory(username="editor", role="Editors")


@pytest.fixture
def moderator(db):
    return UserFactory(username="moderator", role="Moderators")


@pytest.fixture
def admin(db):
    return UserFactory(username="admin", is_superuser=True)

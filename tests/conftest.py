import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.utils import translation
from hypothesis import settings

from news import edition, page_cache
from tests.factories import UserFactory
from tests.portal.reader import Process
from tests.postman import Postman
from tests.servers import free_port

settings.register_profile("portal", deadline=None)  # no test asserts how long anything takes
settings.load_profile("portal")


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
def answers(db):
    return UserFactory(username="answers", role="Answer desk")


@pytest.fixture
def admin(db):
    return UserFactory(username="admin", is_superuser=True)


@pytest.fixture
def mail_port(settings):
    """Where mail goes; nobody listens until a test's own server does."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    return settings.EMAIL_PORT


@pytest.fixture
def postman(mail_port):
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=mail_port)
    controller.start()
    yield postman
    controller.stop()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Carry something out as if it were committed."""

    def carry_out(action):
        with django_capture_on_commit_callbacks(execute=True):
            return action()

    return carry_out


@pytest.fixture
def process(monkeypatch, commits, settings, tmp_path):
    settings.CACHE_DIR = tmp_path / "cache"  # what another test took back at a later hour is there
    monkeypatch.setattr(edition, "CHECK_EVERY", 0)
    monkeypatch.setattr(edition, "close_old_connections", lambda: None)
    monkeypatch.setattr(edition._Here, "edition", edition.Edition())
    monkeypatch.setattr(edition._Here, "checks_at", 0.0)
    commits(page_cache.refresh_site)
    return Process()


@pytest.fixture
def read(process):
    return process.get

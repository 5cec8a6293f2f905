"""The project's own settings, with what only tests need."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

_private = Path(tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.update(
    SECRET_KEY="tests-only-" + "x" * 50,
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    SITE_URL="http://testserver",
    MEDIA_ROOT=str(_private / "media"),
    PRIVATE_ROOT=str(_private / "private"),
    CACHE_DIR=str(_private / "cache"),
    DEMO="0",
    DEBUG="0",
    EMAIL_URL="smtp://127.0.0.1:1",  # nobody; pytest-django collects what is sent
    LOG_LEVEL="WARNING",
    STAFF_TWO_FACTOR_ROLES="none",
)
if redis := os.environ.get("REDIS_URL"):
    # A Redis database (of its sixteen) for each worker: what one caches, or empties, is not
    # another's business.
    parts = urlsplit(redis)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = (int(parts.path.strip("/") or 0) + 1 + worker) % 16
    os.environ["REDIS_URL"] = parts._replace(path=f"/{number}").geturl()
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_private / 'tests.sqlite3'}")

from portal.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; tests only
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
NEWS_TALLIES_EVERY = 0  # no thread: a test says when
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if "postgresql" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # Dropping a whole test database on a busy disk takes longer than any page may.
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["options"] = _options["options"].replace(
        "statement_timeout=5000", "statement_timeout=60000"
    )
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # In a file, not in memory: the browser tests' server has threads of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(_private / "tests.sqlite3")}  # noqa: F405

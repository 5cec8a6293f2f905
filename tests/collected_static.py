"""Settings to collect static files with: hashed names, as in production, without compression,
which takes longer than all tests that need the files."""

from tests.settings import *  # noqa: F403

STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
}

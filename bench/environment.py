"""The environment of a portal on a database of the bench: production settings."""

import os

from bench.databases import VAR
from tests.servers import static_root


def variables(address: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": address,
        "SECRET_KEY": "bench-only-" + "y" * 50,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": os.environ.get("SITE_URL") or "http://127.0.0.1:8000",
        "MEDIA_ROOT": str(VAR / "media"),
        "PRIVATE_ROOT": str(VAR / "private"),
        "CACHE_DIR": str(
            VAR / "cache" / address.rpartition("/")[2]
        ),  # counts of one are not another's
        "STATIC_ROOT": str(static_root()),
        "LOG_LEVEL": "WARNING",
        "STAFF_TWO_FACTOR_ROLES": "none",  # the bench's administrator has no telephone
    }

"""What `make demo` runs with, where the environment says nothing else."""

import os
import secrets
from pathlib import Path


def fill(var_dir: Path) -> None:
    """Set the required variables that are missing; the secret key is made once per checkout."""
    (var_dir / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
    port = os.environ.get("PORT") or "8000"
    for name, value in {
        "SECRET_KEY": _secret_key(var_dir / "demo-secret-key"),
        "DATABASE_URL": f"sqlite:///{var_dir / 'demo.sqlite3'}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SITE_DEVELOPER": "Demo",
    }.items():
        os.environ[name] = os.environ.get(name) or value


def _secret_key(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")

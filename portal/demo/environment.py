"""What `make demo` runs with, where the environment says nothing else."""

import base64
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
        "COMMENTS_IDENTITY_KEYS": _identity_key(var_dir / "demo-identity-key"),
        # With COMMENTS_IDENTITY=sms: a gateway that shows the messages (commands/demo.py).
        "SMS_GATEWAY_URL": f"http://127.0.0.1:{int(port) + 1 if port.isdecimal() else 0}/send",
        "SMS_GATEWAY_BODY": "recipient={number}&text={text}",
        "EMAIL_URL": f"file://{var_dir / 'mail'}",
    }.items():
        os.environ[name] = os.environ.get(name) or value


def _secret_key(path: Path) -> str:
    return _kept(path, secrets.token_urlsafe(50))


def _identity_key(path: Path) -> str:
    """What `manage.py new_identity_key` prints: 32 random bytes as base64."""
    return _kept(path, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def _kept(path: Path, value: str) -> str:
    """The value kept at ``path``; the first time, this one."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(value, encoding="utf-8")
    return path.read_text(encoding="utf-8")

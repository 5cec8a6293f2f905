"""Secrets: from files as well, in no message, page or log, replaced without putting people out."""

import importlib.util
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.urls import reverse
from django.views.debug import ExceptionReporter

from portal import env
from portal.accounts import two_factor
from tests.factories import ArticleFactory
from tests.portal.test_settings import COMPLETE, ROOT, manage
from tests.portal.test_two_factor import sign_in

SECRET = "Qw7-hostile-word"
# What keys look like; each would have to be explained here if it were needed.
LOOKS_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30,}"
    r"|xox[bap]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"
    r"|(?i:(?:secret_?key|password|passwd|api_?key|token)\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{24,}[\"'])"
)
TEXTS = {".py", ".toml", ".md", ".txt", ".html", ".js", ".yml", ".yaml", ".json", ".conf", ""}


def test_no_file_of_the_repository_looks_like_a_secret():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    if listed == [""]:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix not in TEXTS or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match[0][:20]}…" for match in LOOKS_SECRET.finditer(text)]
    assert found == []
    assert ".env" not in listed


@pytest.mark.parametrize(
    ("text", "is_secret"),
    [
        ("-----BEGIN " + "RSA PRIVATE KEY-----", True),
        ("SECRET_KEY = '" + "a1B2" * 8 + "'", True),
        ("SECRET_KEY = env.text('SECRET_KEY')", False),
    ],
)
def test_the_search_finds_what_it_is_for(text, is_secret):
    assert bool(LOOKS_SECRET.search(text)) == is_secret


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SENTRY_DSN", "COMMENTS_SENDER_KEY"],
)
def test_every_secret_can_lie_in_a_file(tmp_path, name):
    path = tmp_path / "secret"
    value = COMPLETE.get(name, "sqlite:////x")
    path.write_text(value + "\n", encoding="utf-8")
    script = f"from portal import env; print(env.text({name!r}))"
    variables = {key: text for key, text in COMPLETE.items() if key != name}
    if name in ("SECRET_KEY", "DATABASE_URL"):  # the settings themselves take it from there
        assert manage("check", **variables, **{f"{name}_FILE": str(path)}).returncode == 0
    else:
        said = subprocess.run(
            ["python3", "-c", script],
            cwd=ROOT,
            env={f"{name}_FILE": str(path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.stdout.strip() == value, said.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", f"mysql://portal:{SECRET}@db/portal"),
        ("DATABASE_URL", f"postgres://portal:{SECRET}@db:port/portal"),
        ("DATABASE_URL", f"postgres://portal:{SECRET}@db"),
        ("EMAIL_URL", f"ftp://portal:{SECRET}@mail"),
        ("EMAIL_URL", f"smtp://portal:{SECRET}@mail:port"),
        ("SITE_URL", f"https://portal:{SECRET}@host/path"),
    ],
)
def test_a_wrong_setting_is_named_without_its_password(name, value):
    said = manage("check", **(COMPLETE | {name: value}))
    assert said.returncode != 0
    assert name in said.stderr
    assert SECRET not in said.stderr + said.stdout


def test_no_report_of_an_error_shows_a_secret(settings, rf):
    settings.EMAIL_URL = f"smtp://portal:{SECRET}@mail"
    settings.REDIS_URL = f"redis://:{SECRET}@redis"
    settings.SECRET_KEY = settings.COMMENTS_SENDER_KEY = SECRET
    settings.SECRET_KEY_FALLBACKS = [SECRET]
    settings.CACHES = {"default": settings.CACHES["default"], "x": {"LOCATION": settings.REDIS_URL}}
    settings.SENTRY_DSN = f"https://{SECRET}@sentry.example/1"
    request: HttpRequest = rf.get("/admin/login/")
    request.COOKIES["sessionid"] = "s" + SECRET
    try:
        raise RuntimeError("broken")
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        reported = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "settings" in reported.lower()
    shown = re.sub(r"<pre class=.source.*?</pre>|<ol.*?</ol>", "", reported, flags=re.DOTALL)
    assert f"smtp://portal:{SECRET}" not in shown
    assert f"redis://:{SECRET}" not in shown
    assert f"https://{SECRET}@" not in shown


@pytest.mark.django_db
def test_an_error_page_tells_nothing(client, monkeypatch, settings, capsys):
    def broken(*_args, **_kwargs):
        raise RuntimeError(settings.SECRET_KEY)

    monkeypatch.setattr("news.front_page.of", broken)
    client.raise_request_exception = False
    response = client.get("/kk/")
    assert response.status_code == 500
    assert settings.SECRET_KEY not in response.text
    assert "Traceback" not in response.text


# --- replacing the key ---


@pytest.mark.django_db
def test_a_new_key_signs_nobody_out_and_spoils_no_form(settings, press):
    officer = sign_in(press)
    article = ArticleFactory()
    address = article.get_absolute_url("ru") + "comments/"
    from django.test import Client

    reader = Client()
    form = reader.get(address).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-" + "z" * 60, [old]
    assert officer.get(reverse("admin:index")).status_code == 200
    from django.core import signing

    assert signing.loads(signing.dumps("x", key=old, salt="s"), salt="s") == "x"
    for name, value in fields.items():
        if ":" in value:  # signed before the change
            assert signing.TimestampSigner(salt=f"comments.form.{article.pk}").unsign(value), name
    settings.SECRET_KEY_FALLBACKS = []
    assert officer.get(reverse("admin:index")).status_code in (200, 302)


@pytest.mark.django_db
def test_without_the_old_key_sessions_end(settings, press):
    officer = sign_in(press)
    settings.SECRET_KEY = "new-" + "z" * 60
    assert officer.get(reverse("admin:index")).status_code == 302
    assert two_factor.device_of(press) is None


# --- make audit ---


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REPORT = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {
            "name": "holed",
            "version": "2.0",
            "vulns": [{"id": "PYSEC-1", "aliases": ["GHSA-a"], "fix_versions": ["2.1"]}],
        },
    ]
}


@pytest.mark.parametrize(
    ("allowed", "complaints"),
    [
        ("", ["holed 2.0: PYSEC-1, mended in 2.1"]),
        ("# why\nGHSA-a 2026-12-31 never called", []),
        ("PYSEC-1 2026-12-31 never called", []),
        ("PYSEC-2 2026-12-31 another", ["holed 2.0: PYSEC-1, mended in 2.1"]),
    ],
)
def test_an_advisory_fails_unless_it_is_explained(audit, allowed, complaints):
    assert audit.verdict(REPORT, allowed, date(2026, 11, 23)) == complaints


@pytest.mark.parametrize(
    "line", ["PYSEC-1 2026-11-22 old", "PYSEC-1 soon why", "PYSEC-1 2027-01-01"]
)
def test_an_explanation_holds_until_its_day(audit, line):
    complaints = audit.verdict(REPORT, line, date(2026, 11, 23))
    assert complaints[0].startswith("line 1: PYSEC-1")
    assert len(complaints) == 2


def test_the_list_of_today_is_well_formed(audit):
    text = (Path(ROOT) / "requirements" / "audit-allow.txt").read_text(encoding="utf-8")
    assert audit.allowed(text, date(2026, 11, 23))[1] == []


def test_env_names_no_value_of_a_secret(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"mysql://x:{SECRET}@y/z")
    with pytest.raises(env.SettingsError) as refusal:
        env.database("DATABASE_URL")
    assert SECRET not in str(refusal.value)

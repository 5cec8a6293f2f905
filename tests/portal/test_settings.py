"""What an operator sees when a variable is missing or wrong: one sentence that names it."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal import env

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "0123456789abcdefghij" * 3,
    "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
    "ALLOWED_HOSTS": "portal.example.kz",
    "SITE_URL": "https://portal.example.kz",
}


def manage(*arguments, **variables):
    """Run manage.py with exactly these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_stops_the_start_with_its_name(name):
    variables = {key: value for key, value in COMPLETE.items() if key != name}
    result = manage("check", "--deploy", **variables)
    assert result.returncode != 0
    assert (
        result.stderr
        == f"Cannot start: the environment variable {name} is required and is not set.\n"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@db/portal"),
        ("DATABASE_URL", "postgres://db:port/portal"),
        ("DATABASE_URL", "postgres://db"),
        ("SITE_URL", "portal.example.kz"),
        ("SITE_URL", "https://portal.example.kz/news"),
        ("COMMENTS_PER_HOUR", "many"),
        ("COMMENTS_ENABLED", "perhaps"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_variable_is_named(name, value):
    variables = COMPLETE | {name: value}
    if name == "SECRET_KEY_FILE":
        del variables["SECRET_KEY"]
    result = manage("check", **variables)
    assert result.returncode != 0
    assert result.stderr.startswith("Cannot start: ")
    assert name in result.stderr
    assert result.stderr.count("\n") == 1


def test_production_passes_djangos_own_deployment_checks():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("ALLOWED_HOSTS", "*"), ("SECRET_KEY", "secret"), ("SECRET_KEY", "a" * 60)]
)
def test_what_anybody_could_guess_does_not_start(name, value):
    result = manage("check", "--deploy", **COMPLETE | {name: value})
    assert result.returncode != 0
    assert name in result.stderr


def test_a_secret_can_come_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    path.write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.delenv("SOME_SECRET", raising=False)
    monkeypatch.setenv("SOME_SECRET_FILE", str(path))
    assert env.text("SOME_SECRET") == "from-a-file"


# --- what the README and .env.example promise ---

READERS = {
    "text", "flag", "number", "choice", "items", "site_url", "periods", "mail", "path", "database",
    "replicas",
}  # fmt: skip


def read_by_the_portal():
    """Every variable that some module asks `portal.env` for, by the code itself."""
    found = set()
    for package in ("portal", "news", "comments"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in READERS
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "env"
                ):
                    found.add(ast.literal_eval(node.args[0]))
    return found


def in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Configuration")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_variable_stands_in_the_readme_and_no_other():
    of_one_command = {"DEMO", "NEW_DATABASE_URL"}  # `make demo`, `manage.py move_database`
    assert in_the_readme() == read_by_the_portal() - of_one_command


def test_the_example_names_what_is_required_and_nothing_else():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = {line.partition("=")[0] for line in text.splitlines() if line and line[0] != "#"}
    assert named == set(COMPLETE)

"""The pages of docs/operators/: every command of theirs is run as it stands there.

On a portal of its own with a real PostgreSQL and object storage. Only places are put in, and
systemd, git and the change of user, which a test cannot have, are stood in for.
"""

import os
import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from django.db import connection

from comments.identity import vault
from tests.servers import ROOT, S3, Portal, Postgres, folder, running

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="make test-postgres runs these"
)
SEALING_KEY = vault.new_key()
PAGES = ROOT / "docs" / "operators"
STAND_INS = {
    "systemctl": 'echo "$@" >> {place}/systemctl.log',
    "git": 'echo "$@" >> {place}/git.log',
    # Somebody's else rights are nobody's here; the address of the database is the test's.
    "runuser": """
        test "$2" = postgres && export PGHOST=127.0.0.1 PGPORT={port} PGUSER=postgres
        shift 3
        exec "$@"
    """,
}
CONTENT = """
    from django.contrib.auth.models import User
    from comments.identity import identities
    from comments.models import Agreement
    from tests.factories import ArticleFactory, CommentFactory
    User.objects.create_superuser("admin")
    article = ArticleFactory()
    identity = identities.confirm("sms", "+77011234567", Agreement.current())
    CommentFactory(article=article, text="Ортақ пікір", identity=identity)
    print(CommentFactory(article=article, text="Өшірілетін пікір").receipt_code)
"""
BEFORE = ["Ортақ пікір", "Өшірілетін пікір"]
TEXTS = "SELECT text FROM comments_comment ORDER BY id"


class Machine:
    """What the pages call /srv/portal and /etc/portal.env, with root's shell."""

    def __init__(self, place: Path, postgres: Postgres, store: S3) -> None:
        self.place, self.postgres = place, postgres
        self.places = {
            "/srv/portal": str(ROOT),
            "/etc/portal.env": str(place / "portal.env"),
            "/var/backups/portal": str(place / "backups"),
            "@127.0.0.1/portal": f"@127.0.0.1:{postgres.port}/portal",
        }
        portal = Portal(place)
        self.variables = portal.variables | store.variables
        self.variables |= {
            "DATABASE_URL": f"postgres://portal:first@127.0.0.1:{postgres.port}/portal",
            "COMMENTS_IDENTITY_KEYS": SEALING_KEY,
            "PYTHONPATH": str(ROOT),
        }
        del self.variables["STATIC_ROOT"]
        self.variables["STATIC_ROOT"] = str(place / "static")
        self.write()
        self.programs = place / "programs"
        self.programs.mkdir()
        for name, script in STAND_INS.items():
            found = textwrap.dedent(script.format(place=place, port=postgres.port))
            self.install(name, f"#!/bin/sh\n{found}\n")
        wrapper = (ROOT / "deploy" / "portal-manage").read_text(encoding="utf-8")
        self.install("portal-manage", self.here(wrapper))

    def write(self) -> None:
        lines = [f"{name}={value}\n" for name, value in self.variables.items()]
        (self.place / "portal.env").write_text("".join(lines), encoding="utf-8")

    def install(self, name: str, script: str) -> None:
        (self.programs / name).write_text(script, encoding="utf-8")
        (self.programs / name).chmod(0o755)

    def here(self, text: str) -> str:
        for there, here in self.places.items():
            text = text.replace(there, here)
        return text

    def run(self, commands: str) -> str:
        # Health is asked for to be looked at: on this machine it may find fault with the disk.
        commands = self.here(commands).replace("portal-manage health", "portal-manage health || :")
        done = subprocess.run(
            ["bash", "-e"],
            input=commands,
            cwd=self.place,
            env={"PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(self.place)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def python(self, script: str) -> str:
        script = textwrap.dedent(script)
        return self.run(f"portal-manage shell --no-imports -v 0 -c '{script}'").strip()

    def as_postgres(self, *commands: str) -> str:
        return self.run("\n".join(f"runuser -u postgres -- {command}" for command in commands))

    def texts(self) -> list[str]:
        """Of all comments in the database that the portal has now."""
        return self.as_postgres(f'psql -At -c "{TEXTS}" portal').splitlines()

    @property
    def told_systemd(self) -> list[str]:
        return (self.place / "systemctl.log").read_text().splitlines()

    def variable(self, name: str) -> str | None:
        found = re.search(rf"^{name}=(.*)$", (self.place / "portal.env").read_text(), re.MULTILINE)
        return found[1] if found else None


def blocks(page: str) -> list[str]:
    text = (PAGES / page).read_text(encoding="utf-8")
    return re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def servers():
    with (
        folder() as database,
        folder() as files,
        running(Postgres(database)) as postgres,
        running(S3(files)) as store,
    ):
        yield postgres, store


@pytest.fixture(scope="module")
def code(servers):
    """The receipt number of a comment in a database that is copied for each test."""
    with folder() as place:
        machine = Machine(place, *servers)
        machine.as_postgres(
            "psql -q -c \"CREATE ROLE portal LOGIN PASSWORD 'first'\"",
            "createdb --owner portal portal",
        )
        machine.run("portal-manage migrate -v 0")
        code = machine.python(CONTENT)
        machine.as_postgres('psql -q -c "ALTER DATABASE portal RENAME TO prepared"')
    return code


@pytest.fixture
def machine(servers, code):
    """A portal with an article and two comments, one of them of a known person."""
    with folder() as place:
        machine = Machine(place, *servers)
        machine.as_postgres(
            "dropdb --if-exists --force portal",
            "createdb --owner portal --template prepared portal",
        )
        yield machine


def test_no_page_is_left_out():
    tested = {
        "backup.md", "delete-personal-data.md", "restore.md", "rotate-keys.md",
        "sqlite-to-postgresql.md", "upgrade.md",
    }  # fmt: skip
    assert {path.name for path in PAGES.iterdir()} == tested


def test_upgrade(machine):
    upgrade, back = blocks("upgrade.md")
    said = machine.run(upgrade)
    assert "No migrations to apply" in said
    assert machine.told_systemd == ["reload portal"]
    assert (machine.place / "static" / "staticfiles.json").exists()
    machine.run(back)
    assert (machine.place / "git.log").read_text() == "pull\ncheckout --quiet HEAD~1\n"


def test_backup_and_restore(machine):
    for commands in blocks("backup.md"):
        machine.run(commands)
    onto_an_empty_server, in_place = blocks("restore.md")
    machine.as_postgres('psql -q -c "UPDATE comments_comment SET text = 1" portal')
    machine.run(in_place)
    assert machine.texts() == BEFORE
    stop, start = machine.told_systemd
    assert stop.removeprefix("stop") == start.removeprefix("start")
    machine.as_postgres("dropdb --force portal", "createdb --owner portal portal")
    machine.run(onto_an_empty_server)
    assert machine.texts() == BEFORE


def test_rotate_keys(machine):
    old = machine.variable("SECRET_KEY")
    signed = machine.python('from django.core import signing; print(signing.dumps("session"))')
    unsign = f'from django.core import signing; print(signing.loads("{signed}"))'
    new_key, end_of_the_old, sealing, database = blocks("rotate-keys.md")
    machine.run(new_key)
    assert machine.variable("SECRET_KEY") != old
    assert machine.variable("COMMENTS_SENDER_KEY") == old
    assert machine.python(unsign) == "session"
    machine.run(end_of_the_old)
    assert machine.variable("SECRET_KEY_FALLBACKS") is None
    machine.run(sealing)
    assert machine.variable("COMMENTS_IDENTITY_KEYS") not in ("", SEALING_KEY)
    find = 'personal_data export --contact "+7 701 123 45 67" --by admin --purpose "Test"'
    assert "Ортақ пікір" in machine.run(f"portal-manage {find}")
    machine.run(database)
    assert ":first@" not in machine.variable("DATABASE_URL")
    machine.run("portal-manage migrate --check")  # with the new password
    assert machine.told_systemd == ["restart portal"] * 5


def test_delete_personal_data(machine, code):
    by_number, by_contact = blocks("delete-personal-data.md")
    machine.run(by_number.replace("1234-5678-9012", code))
    assert "Өшірілетін пікір" in (machine.place / "person.json").read_text()
    assert "Өшірілетін пікір" not in machine.texts()
    machine.run(by_contact)
    assert "Ортақ пікір" in (machine.place / "person.json").read_text()
    assert "Ортақ пікір" not in machine.texts()


def test_from_sqlite_to_postgresql(machine):
    machine.variables["DATABASE_URL"] = f"sqlite:///{machine.place / 'portal.sqlite3'}"
    machine.write()
    machine.run("portal-manage migrate -v 0")
    machine.python(CONTENT)
    machine.as_postgres("dropdb portal", 'psql -q -c "ALTER ROLE portal RENAME TO usual"')
    try:
        (move,) = blocks("sqlite-to-postgresql.md")
        assert "counts and hashes agree" in machine.run(move)
        assert machine.variable("DATABASE_URL").startswith("postgres://portal:")
        assert machine.texts() == BEFORE
        machine.run("portal-manage migrate --check")
    finally:
        machine.as_postgres(
            "dropdb --if-exists --force portal",
            "dropuser --if-exists portal",
            'psql -q -c "ALTER ROLE usual RENAME TO portal"',
        )

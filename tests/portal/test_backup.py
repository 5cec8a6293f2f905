"""A backup is the whole portal or none: made, damaged, interrupted, and restored."""

import gzip
import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings

from comments.models import Comment
from news.models import Article
from portal.backup import BackupError, files, making, manifest, places, rehearsal, rows
from tests.factories import ArticleFactory, CommentFactory, PictureFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def content(tmp_path):
    """A little of everything, with what makes trouble between databases; files of its own."""
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        forget_private_files()
        storages["private"].save("originals/ä.bin", ContentFile(b"original"))
        article = ArticleFactory(
            main_picture=PictureFactory(),
            headline_kk='«Қыс» \\n "тырнақша" \\\\ \t соңы',
            body_ru="<p>Зима\n\nи снег 🐎 \x7f</p>",
        )
        related = ArticleFactory(english=True, withdrawn=True)
        article.related.add(related)
        related.related.add(article)  # a circle
        CommentFactory(article=article, text="Бірінші\nекінші")
        UserFactory(username="press", role="Press officers", last_login=None)
        gone = ArticleFactory()
        connection.cursor()  # the number of the last article is never given again
        gone.delete()
        yield article
        forget_private_files()


def forget_private_files():
    """Those of other tests too: this storage is the same one for all of them."""
    for entry in list(files.walk("private")):
        storages["private"].delete(entry.name)


def everything() -> dict[str, str]:
    return {table.name: rows.tally(connection, table).sha256 for table in rows.tables()}


def backup(directory: Path, *arguments: str) -> str:
    call_command("backup", str(directory), *arguments)
    return manifest.moments(places.at(str(directory)))[-1]


def lose_everything():
    with connection.constraint_checks_disabled():
        rows.empty(connection)
    for alias in files.STORAGES:
        for entry in list(files.walk(alias)):
            storages[alias].delete(entry.name)


def test_a_restored_portal_is_what_it_was(content, tmp_path, capsys):
    last = Article.objects.order_by("pk").last().pk
    before, listed = everything(), sorted(files.walk("default"))
    backup(tmp_path / "b")
    lose_everything()
    call_command("restore", str(tmp_path / "b"))
    assert everything() == before
    assert [entry[:3] for entry in sorted(files.walk("default"))] == [e[:3] for e in listed]
    with storages["private"].open("originals/ä.bin") as file:
        assert file.read() == b"original"
    assert "counts and hashes are those of the backup" in capsys.readouterr().out
    assert ArticleFactory().pk > last + 1  # the number of the deleted one is not given again
    found = Client().get("/kk/search/", {"q": "Қыс"}).text
    assert content.get_absolute_url("kk") in found


def test_an_occupied_server_is_left_alone_unless_told(content, tmp_path):
    backup(tmp_path / "b")
    Comment.objects.update(text="кейін жазылған")
    with pytest.raises(CommandError, match=r"not empty: .*news_article"):
        call_command("restore", str(tmp_path / "b"))
    assert Comment.objects.get().text == "кейін жазылған"
    call_command("restore", str(tmp_path / "b"), "--replace")
    assert Comment.objects.get().text == "Бірінші\nекінші"


def test_a_freshly_migrated_server_counts_as_empty():
    call_command("flush", verbosity=0, interactive=False)
    assert rows.occupied(connection) == []


def spoil_manifest(place: Path):
    path = place / "manifest.json"
    path.write_text(path.read_text().replace('"rows": 1', '"rows": 2', 1))


def spoil_table(place: Path):
    path = place / "tables" / "comments_comment.jsonl.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"kk", b"ru", 1)))


def cut_table(place: Path):
    path = place / "tables" / "news_article.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])


def lose_table(place: Path):
    (place / "tables" / "news_section.jsonl.gz").unlink()


def spoil_file(place: Path):
    path = next(path for path in (place.parent / "files").rglob("*") if path.is_file())
    path.write_bytes(b"x" + path.read_bytes()[1:])


def lose_file(place: Path):
    next(path for path in (place.parent / "files").rglob("*") if path.is_file()).unlink()


def lose_manifest(place: Path):
    (place / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (spoil_manifest, "changed after it was written"),
        (spoil_table, "comments_comment differs"),
        (cut_table, "news_article.* is damaged"),
        (lose_table, "lacks the table news_section"),
        (spoil_file, "is damaged"),
        (lose_file, "is missing"),
        (lose_manifest, "interrupted: it has no manifest.json"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_lost(content, tmp_path, damage, reason):
    moment = backup(tmp_path / "b")
    damage(tmp_path / "b" / moment)
    before = everything()
    with pytest.raises(CommandError, match=reason):
        call_command("restore", str(tmp_path / "b"), "--replace")
    assert everything() == before


def test_a_backup_of_another_version_is_refused(content, tmp_path, monkeypatch):
    applied = rows.migrations(connection)
    monkeypatch.setattr(rows, "migrations", lambda _connection: [*applied, "news.9999_later"])
    backup(tmp_path / "b")
    monkeypatch.undo()
    with pytest.raises(CommandError, match=r"different versions \(\+news.9999_later"):
        call_command("restore", str(tmp_path / "b"), "--replace")


def test_an_interrupted_backup_is_not_taken_for_a_good_one(content, tmp_path, monkeypatch):
    def power_cut(*_arguments, **_named):
        raise KeyboardInterrupt

    good = backup(tmp_path / "b")
    (tmp_path / "b" / good).rename(tmp_path / "b" / "20200101T000000Z")
    with monkeypatch.context() as patch:
        patch.setattr(making, "_files", power_cut)
        with pytest.raises(KeyboardInterrupt):
            call_command("backup", str(tmp_path / "b"))
    with pytest.raises(CommandError, match=r"interrupted.*20200101T000000Z.*--moment"):
        call_command("restore", str(tmp_path / "b"), "--replace")
    call_command("restore", str(tmp_path / "b"), "--replace", "--moment", "20200101T000000Z")


def test_unchanged_files_are_kept_once_and_old_backups_go(content, tmp_path, capsys):
    call_command("backup", str(tmp_path / "b"))
    first = manifest.moments(places.at(str(tmp_path / "b")))[0]
    (tmp_path / "b" / first).rename(tmp_path / "b" / "20200101T000000Z")
    (tmp_path / "b" / "20200202T000000Z" / "tables").mkdir(parents=True)  # an interrupted one
    default_storage.save("pictures/new.jpg", ContentFile(b"new"))
    gone = next(iter(files.walk("private")))
    storages["private"].delete(gone.name)
    capsys.readouterr()
    call_command("backup", str(tmp_path / "b"), "--keep", "1")
    assert "1 of them new here" in capsys.readouterr().out
    assert len(manifest.moments(places.at(str(tmp_path / "b")))) == 1
    kept = {path.name for path in (tmp_path / "b" / "files").rglob("*") if path.is_file()}
    assert len(kept) == 2  # the picture and the new one: the deleted original went with its backup
    call_command("restore", str(tmp_path / "b"), "--replace")


def test_nobody_else_may_read_a_backup(content, tmp_path):
    backup(tmp_path / "b")
    for path in (tmp_path / "b").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_an_empty_place_has_nothing_to_restore(tmp_path):
    with pytest.raises(CommandError, match="There is no backup here"):
        call_command("restore", str(tmp_path))


def test_every_column_is_of_a_known_kind():
    for table in rows.tables():
        assert set(table.columns.values()) <= rows.KINDS.keys()


def production(**variables: str) -> dict[str, str]:
    """The variables of another portal, with this one's keys."""
    names = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "CACHE_DIR")
    here = {name: os.environ[name] for name in names}
    return {**here, "DJANGO_SETTINGS_MODULE": "portal.settings", "REDIS_URL": "", **variables}


def test_a_backup_goes_from_one_database_to_the_other_and_back(content, tmp_path):
    """From whichever the suite runs on, into SQLite, and by move_database into the first kind."""
    moment = backup(tmp_path / "b")
    there = production(
        DATABASE_URL=f"sqlite:///{tmp_path / 'there.sqlite3'}",
        MEDIA_ROOT=str(tmp_path / "there-media"),
        PRIVATE_ROOT=str(tmp_path / "there-private"),
    )
    rehearsal.manage("migrate", **there)
    assert "counts and hashes" in rehearsal.manage("restore", str(tmp_path / "b"), **there)
    assert (tmp_path / "there-private" / "originals" / "ä.bin").stat().st_mode & 0o077 == 0
    rehearsal.manage("backup", str(tmp_path / "c"), **there)
    first = manifest.read(places.at(str(tmp_path / "b")), moment)
    second_moment = manifest.moments(places.at(str(tmp_path / "c")))[0]
    second = manifest.read(places.at(str(tmp_path / "c")), second_moment)
    assert second["tables"] == first["tables"]
    with rehearsal.scratch(str(tmp_path)) as address:
        said = rehearsal.manage("move_database", NEW_DATABASE_URL=address, **there)
        assert "counts and hashes agree" in said
        with pytest.raises(BackupError, match=r"not empty"):
            rehearsal.manage("move_database", NEW_DATABASE_URL=address, **there)
        rehearsal.manage("backup", str(tmp_path / "d"), **{**there, "DATABASE_URL": address})
    third_moment = manifest.moments(places.at(str(tmp_path / "d")))[0]
    third = manifest.read(places.at(str(tmp_path / "d")), third_moment)
    assert third["tables"] == first["tables"]


def test_a_rehearsal_restores_in_earnest_and_leaves_no_trace(content, tmp_path, capsys):
    backup(tmp_path / "b")
    before = everything()
    with override_environment(**production(DATABASE_URL=os.environ["DATABASE_URL"])):
        call_command("restore", "--rehearse", str(tmp_path / "b"))
    assert "Rehearsed, and thrown away. Restored" in capsys.readouterr().out
    assert everything() == before
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", ["%rehearsal%"])
            assert cursor.fetchall() == []
    spoil_file(tmp_path / "b" / manifest.moments(places.at(str(tmp_path / "b")))[0])
    with override_environment(**production()), pytest.raises(CommandError, match="is damaged"):
        call_command("restore", "--rehearse", str(tmp_path / "b"))


@contextmanager
def override_environment(**variables: str):
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

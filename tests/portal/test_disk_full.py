"""A disk without room, for real: uploads are refused in words, readers notice nothing."""

import os
import shutil
import subprocess
from contextlib import suppress

import pytest

from news import edition
from news.models import Picture
from portal.caches import GuardedFileCache
from tests.factories import ArticleFactory
from tests.news.hostile import encoded, upload
from tests.portal.reader import Process

pytestmark = pytest.mark.django_db
WORDS = {"alt_kk": "Дала", "alt_ru": "Степь", "alt_en": "", "credit_kk": "А. Серік"}
WORDS |= {"focus_x": "50", "focus_y": "50"}


@pytest.fixture
def full_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("mounting a small disk takes root")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        with suppress(OSError), (disk / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(4096))
                filler.flush()
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_an_upload_is_refused_with_its_words_kept_and_nothing_half_written(
    client, press, settings, full_disk
):
    settings.MEDIA_ROOT = full_disk
    client.force_login(press)
    response = client.post("/admin/news/picture/add/", WORDS | {"file": upload(encoded())})
    assert response.status_code == 200
    assert "file" in response.context["adminform"].form.errors
    assert WORDS["credit_kk"] in response.text
    assert not Picture.objects.exists()
    left = [path.name for path in full_disk.rglob("*") if path.is_file()]
    assert left == ["filler"]


def test_pages_go_on_where_nothing_can_be_kept(settings, full_disk, monkeypatch):
    monkeypatch.setattr(edition._Here, "edition", edition.Edition())
    monkeypatch.setattr(edition._Here, "checks_at", 0.0)
    monkeypatch.setattr(edition, "close_old_connections", lambda: None)  # the test's own
    monkeypatch.setattr(GuardedFileCache, "_rests_until", 0.0)
    article = ArticleFactory()
    settings.CACHE_DIR = full_disk / "cache"
    settings.REDIS_URL = ""
    settings.CACHES = {
        "default": {
            "BACKEND": "portal.caches.GuardedFileCache",
            "LOCATION": str(full_disk / "cache"),
        }
    } | {name: cache for name, cache in settings.CACHES.items() if name != "default"}
    for page in ("/kk/", "/kk/news/", article.get_absolute_url(), "/kk/search/?q=мектеп"):
        for _ in range(2):
            assert Process().get(page).status == 200

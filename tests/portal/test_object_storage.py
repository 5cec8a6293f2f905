"""Pictures and documents in a real S3-compatible store, which is also stopped and starved."""

import io
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation
from PIL import Image

from news import object_storage
from news.models import Article, Attachment, Picture
from portal.backup import files
from tests.factories import ArticleFactory, PictureFactory
from tests.news.documents import PDF, sent
from tests.news.officers import page, typed
from tests.servers import S3, Portal, folder, free_port, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def store():
    with folder() as place, running(S3(place)) as server:
        yield server


def stored_at(address: str, bucket: str = S3.bucket):
    """Settings as the environment of tests/servers.py:S3 would give them."""
    options = {"endpoint_url": address, "access_key": S3.key, "secret_key": S3.secret}

    def place(name: str, prefix: str) -> dict:
        return {
            "BACKEND": f"news.object_storage.{name}",
            "OPTIONS": {**options, "bucket_name": bucket, "location": prefix},
        }

    return override_settings(
        S3_OPTIONS=options,
        STORAGES={
            "default": place("PublicBucket", "media"),
            "private": place("PrivateBucket", "private"),
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
            },
        },
    )


@contextmanager
def portal_on(address: str):
    with stored_at(address), pytest.MonkeyPatch.context() as patch:
        # These fields asked for their storage once, when the models were loaded.
        for field in (Attachment._meta.get_field("file"), Picture._meta.get_field("original")):
            patch.setattr(field, "storage", storages["private"])
        yield


@pytest.fixture
def bucket(store):
    with portal_on(f"http://127.0.0.1:{store.port}"):
        yield
        for alias in files.STORAGES:
            for entry in list(files.walk(alias)):
                storages[alias].delete(entry.name)


@contextmanager
def nowhere():
    """A store that was stopped: nobody listens."""
    yield f"http://127.0.0.1:{free_port()}"


@contextmanager
def hanging():
    """A store that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def content(storage, name: str) -> bytes:
    with storage.open(name) as file:
        return file.read()


def jpeg() -> ContentFile:
    content = io.BytesIO()
    Image.new("RGB", (1000, 700), "#123456").save(content, "JPEG")
    return ContentFile(content.getvalue(), "x.jpg")


PICTURE = {"alt_kk": "Дала", "alt_ru": "Степь", "focus_x": "50", "focus_y": "50"}
ADD_PICTURE = "/admin/news/picture/add/"


def test_pictures_and_documents_live_in_the_store(bucket, client, admin, store):
    client.force_login(admin)
    assert client.post(ADD_PICTURE, {**PICTURE, "file": jpeg()}).status_code == 302
    picture = Picture.objects.get()
    assert client.get(picture.src).getvalue()[:3] == b"\xff\xd8\xff"  # through /media/
    assert client.get("/media/pictures/none.jpg").status_code == 404
    assert client.get(f"/media/../{picture.original.name}").status_code == 404
    lying = {
        path.relative_to(store.folder / "store") for path in (store.folder / "store").rglob("*.*")
    }
    assert any(str(path).startswith("portal/media/pictures/") for path in lying)
    assert any(str(path).startswith("portal/private/originals/") for path in lying)

    before = content(default_storage, picture.file.name)
    call_command("rebuild_pictures", "--all")
    assert content(default_storage, picture.file.name) == before

    article = ArticleFactory(main_picture=picture)
    data = typed(article) | {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title_kk": "Шешім",
        "attachments-0-title_ru": "Решение",
        "attachments-0-position": "0",
        "attachments-0-file": sent(PDF),
    }
    assert client.post(page("change", article), data).status_code == 302
    attachment = Attachment.objects.get()
    answer = client.get(attachment.get_absolute_url())
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    article.revisions.all().delete()  # an earlier state would need the file
    attachment.delete()
    assert not storages["private"].exists(attachment.file.name)


def test_where_the_store_has_an_address_of_its_own_readers_are_sent_there(bucket):
    with override_settings(MEDIA_URL="https://files.example.kz/news/"):
        address = default_storage.url("pictures/a b.jpg")
        assert address == "https://files.example.kz/news/pictures/a%20b.jpg"
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("originals/x")


@pytest.mark.parametrize("away", [nowhere, hanging])
def test_readers_and_officers_when_the_store_is_away(away, client, admin, monkeypatch):
    patience = Config(connect_timeout=0.3, read_timeout=0.3, retries={"total_max_attempts": 1})
    monkeypatch.setattr(object_storage, "CLIENT", patience)
    article = ArticleFactory(main_picture=PictureFactory())
    attachment = Attachment.objects.create(
        article=article, file="attachments/x.pdf", kind="pdf", size=1, title_kk="Шешім"
    )
    with away() as address, portal_on(address), translation.override("kk"):
        assert client.get(article.get_absolute_url("kk")).status_code == 200
        assert client.get("/kk/").status_code == 200
        assert client.get(attachment.get_absolute_url()).status_code == 503
        assert client.get("/media/pictures/x.jpg").status_code == 503
        client.force_login(admin)
        answer = client.post(ADD_PICTURE, {**PICTURE, "file": jpeg(), "caption_kk": "Сақталсын"})
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["file"].as_data()[0].code == "not_stored"
        assert "Сақталсын" in answer.text
        data = typed(article, headline_kk="Жаңа тақырып", readers_know="no") | {
            "attachments-TOTAL_FORMS": "1",
            "attachments-0-title_kk": "Шешім",
            "attachments-0-title_ru": "Решение",
            "attachments-0-position": "0",
            "attachments-0-file": sent(PDF),
        }
        answer = client.post(page("change", article), data)
        assert answer.status_code == 200
        assert "Жаңа тақырып" in answer.text
        errors = answer.context["inline_admin_formsets"][-1].formset.errors
        assert errors[0]["file"].as_data()[0].code == "not_stored"
    assert Picture.objects.count() == 1
    article.refresh_from_db()
    assert article.headline_kk != "Жаңа тақырып"


def test_a_store_that_hangs_takes_no_page_with_it(tmp_path):
    """More readers of pictures than the process has threads."""
    with hanging() as address:
        variables = S3(tmp_path / "unused").variables | {"S3_ENDPOINT_URL": address}
        portal = Portal(
            tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/x", WEB_WORKERS="1", **variables
        )
        with running(portal), ThreadPoolExecutor(12) as readers:
            waiting = [
                readers.submit(portal.get, f"/media/pictures/{number}.jpg") for number in range(12)
            ]
            # What comes behind them is answered before the store has been given up 12 times.
            assert portal.get("/robots.txt")[0] == 200
            assert {answer.result()[0] for answer in waiting} == {503}


def test_a_backup_goes_into_a_bucket_and_comes_back(bucket, store):
    default_storage.save("pictures/ү.jpg", ContentFile(b"public"))
    storages["private"].save("originals/ү.jpg", ContentFile(b"private"))
    ArticleFactory()
    call_command("backup", f"s3://{store.bucket}/backups/daily")
    call_command("backup", f"s3://{store.bucket}/backups/daily", "--keep", "1")
    for alias in files.STORAGES:
        for entry in list(files.walk(alias)):
            storages[alias].delete(entry.name)
    call_command("restore", f"s3://{store.bucket}/backups/daily", "--replace")
    assert content(default_storage, "pictures/ү.jpg") == b"public"
    assert content(storages["private"], "originals/ү.jpg") == b"private"
    assert Article.objects.count() == 1


def test_a_backup_into_a_store_that_is_away_says_so(db):
    with nowhere() as address, stored_at(address), pytest.raises(CommandError, match="Object stor"):
        call_command("backup", "s3://portal/backups")


def test_the_variables_of_the_readme_are_what_it_needs(store, tmp_path):
    said = Portal(tmp_path, DATABASE_URL="sqlite:///nowhere/x", **store.variables).manage(
        "shell", "--no-imports", "-c",
        "from django.core.files.storage import storages as s;"
        "from django.core.files.base import ContentFile;"
        "print(s['default'].url(s['default'].save('v.txt', ContentFile(b'v'))));"
        "print(s['private'].save('p.txt', ContentFile(b'p')))",
    )  # fmt: skip
    assert said.stdout.split() == ["/media/v.txt", "p.txt"], said.stderr
    assert (store.folder / "store" / "portal" / "media" / "v.txt").read_text() == "v"
    assert (store.folder / "store" / "portal" / "private" / "p.txt").read_text() == "p"

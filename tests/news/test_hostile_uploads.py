"""Files made to be two things at once, or to be too much: nothing of them reaches a reader."""

import struct
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from PIL import Image

from news import pictures
from news.models import Attachment, Picture
from tests.factories import ArticleFactory, local
from tests.news.documents import DOCX, PDF, sent
from tests.news.hostile import encoded, upload
from tests.news.officers import page, typed

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert('hostile')</script>"
PHP = b"<?php system($_GET['hostile']); ?>"


def with_comment(gif: bytes, text: bytes) -> bytes:
    """A GIF that carries words where viewers do not look."""
    end = gif.rindex(b";")
    return gif[:end] + b"\x21\xfe" + bytes([len(text)]) + text + b"\0" + gif[end:]


def with_exif(text: bytes) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = exif[0x9286] = exif[0x013B] = text.decode()
    return encoded(exif=exif)


GIF = encoded("GIF", mode="P")
POLYGLOTS = {
    "a GIF and a page": ("x.gif", GIF + SCRIPT),
    "a GIF and a script": ("x.js", GIF[:6] + GIF[6:] + b"/*hostile*/=1;alert(1)//"),
    "a GIF that speaks": ("x.php", with_comment(GIF, PHP)),
    "a JPEG and a program": ("x.php.jpg", encoded() + PHP),
    "a JPEG with words of the camera": ("x.jpg", with_exif(SCRIPT)),
    "a JPEG with a comment": ("x.jpg", encoded(comment=PHP)),
    "a PNG and a page": ("x.html", encoded("PNG") + SCRIPT),
    "a PNG and a package": ("x.png", encoded("PNG") + DOCX),
    "a WebP and a page": ("x.html", encoded("WEBP") + SCRIPT),
}
NAMES = [
    "../../etc/cron.d/hostile.jpg", "..\\..\\hostile.jpg", "hostile.php.jpg", "hostile.jpg.php",
    "hostile\u202egpj.exe", "hostile\u0000.php.jpg", ".htaccess", "сурет №1 — «дала».jpg",
    "CON.jpg", "hostile.jpg;.php", "-rf hostile.jpg", "h" * 300 + ".jpg", "a\r\nSet-Cookie: x.jpg",
]  # fmt: skip


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def send(client, content=None, name="photo.jpg", **more):
    data = {"file": upload(content or encoded(), name), "is_decorative": "on"}
    return client.post(reverse("admin:news_picture_add"), data | more)


def published(media) -> bytes:
    return b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())


@pytest.mark.parametrize("what", POLYGLOTS)
def test_of_two_things_in_one_only_the_pixels_are_published(as_press, media, what):
    name, content = POLYGLOTS[what]
    assert send(as_press, content, name).status_code == 302
    assert Picture.objects.count() == 1
    assert published(media)
    assert b"hostile" not in published(media)
    assert {path.suffix for path in media.rglob("*.*")} <= {".jpg", ".webp", ".avif"}


@pytest.mark.parametrize("name", NAMES)
def test_no_name_that_people_give_gets_anywhere(as_press, media, settings, name):
    send(as_press, name=name)
    private = Path(settings.PRIVATE_ROOT)
    for path in [*media.rglob("*"), *(private / "originals").rglob("*")]:
        assert "hostile" not in path.name
        assert path.is_dir() or len(path.stem.split("-")[0]) == 32
    assert not list(Path("/etc/cron.d").glob("hostile*"))


@pytest.mark.parametrize("name", NAMES)
def test_nor_a_documents_name(as_press, name):
    article = ArticleFactory(draft=True)
    data = typed(article) | {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title_kk": "Шешім",
        "attachments-0-title_ru": "Решение",
        "attachments-0-file": sent(PDF, name),
    }
    as_press.post(page("change", article), data)
    for attachment in Attachment.objects.all():
        assert len(Path(attachment.file.name).stem) == 32
        assert Path(attachment.file.name).suffix == ".pdf"


def moving(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\0\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    return head + (frame + b"\x02\x02\x44\x01\0") * frames + b";"


def test_a_picture_that_moves_for_ever_is_refused(settings):
    pictures.accept(upload(moving(settings.NEWS_PICTURE_MAX_FRAMES)))
    with pytest.raises(ValidationError) as refusal:
        pictures.accept(upload(moving(settings.NEWS_PICTURE_MAX_FRAMES + 1)))
    assert refusal.value.code == "too_many_frames"


def test_an_officer_uploads_so_many_files_a_minute_and_reads_why_no_more(
    as_press, media, settings, editor, client
):
    settings.NEWS_UPLOADS_PER_MINUTE = 2
    as_press.cookies["language"] = "ru"
    with time_machine.travel(local(2026, 11, 20, 12), tick=False) as clock:
        assert send(as_press).status_code == send(as_press).status_code == 302
        refused = send(as_press, alt_ru="Степь")
        assert refused.status_code == 200
        assert "Больше 2 файлов за минуту" in refused.text
        assert "Степь" in refused.text  # what was typed is kept
        clock.shift(61)
        assert send(as_press).status_code == 302
        client.force_login(editor)
        assert send(client).status_code == 302
    assert Picture.objects.count() == 4


def test_without_a_cache_uploads_go_on(as_press, media, settings):
    settings.NEWS_UPLOADS_PER_MINUTE = 1
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert send(as_press).status_code == send(as_press).status_code == 302

"""What the library keeps of a picture, what readers get of it, and making it anew."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from news import pictures
from news.models import Picture
from tests.factories import ArticleFactory, PictureFactory
from tests.news.hostile import encoded, upload

pytestmark = pytest.mark.django_db
WORDS = {"alt_kk": "Дала", "alt_ru": "Степь", "focus_x": "50", "focus_y": "50"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def as_press(client, press):
    client.force_login(press)
    return client


def stored(content: bytes | None = None, **fields) -> Picture:
    picture = Picture(alt_kk="Таң", alt_ru="Рассвет", **fields)
    pictures.store(picture, pictures.accept(upload(content or encoded(size=(1200, 800)))))
    return Picture.objects.get(pk=picture.pk)


def test_a_language_left_empty_stays_empty_whoever_saves():
    picture = PictureFactory(alt_kk="", alt_ru="Степь")
    picture.refresh_from_db()
    picture.save()
    assert Picture.objects.values_list("alt_kk", "alt_ru").get() == ("", "Степь")


def with_place_and_camera() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Aigul"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 0.0, 0.0)})
    return encoded(exif=exif.tobytes())


# --- originals ---


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif")])
def test_the_original_is_kept_byte_by_byte_where_only_the_portal_reads(settings, kind, suffix):
    content = encoded(kind)
    picture = stored(content)
    path = Path(picture.original.path)
    assert path.read_bytes() == content
    assert path.suffix == f".{suffix}"
    assert Path(settings.PRIVATE_ROOT) in path.parents
    assert Path(settings.MEDIA_ROOT) not in path.parents
    assert path.stat().st_mode & 0o077 == 0


def test_no_address_serves_an_original(client, as_press):
    picture = stored(with_place_and_camera())
    name = picture.original.name
    for address in (f"/media/{name}", f"/media/../private/{name}", f"/media/%2e%2e/private/{name}"):
        assert client.get(address).status_code == 404
    with pytest.raises(ValueError, match="no address"):
        picture.original.url  # noqa: B018
    page = as_press.get(f"/admin/news/picture/{picture.pk}/change/")
    assert name not in page.text


def test_what_the_camera_wrote_stays_in_the_original_only(media):
    picture = stored(with_place_and_camera())
    assert b"Camera of Aigul" in Path(picture.original.path).read_bytes()
    files = [path for path in media.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".avif", ".jpg", ".webp"}
    for path in files:
        assert b"Camera of Aigul" not in path.read_bytes()
        with Image.open(path) as kept:
            assert not kept.getexif()


def test_nothing_stays_behind_where_saving_fails(settings, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    before = set(Path(settings.PRIVATE_ROOT).rglob("*.*"))
    monkeypatch.setattr(Picture, "save", fail)
    with pytest.raises(RuntimeError):
        stored()
    assert set(Path(settings.PRIVATE_ROOT).rglob("*.*")) == before


# --- what is said of it ---


def test_a_picture_that_shows_something_needs_words_in_the_required_languages(as_press):
    form = WORDS | {"alt_kk": "", "alt_ru": "", "file": upload(encoded())}
    response = as_press.post("/admin/news/picture/add/", form)
    errors = response.context["adminform"].form.errors
    # A browser does not send a file twice by itself, so that is said too.
    assert errors.keys() == {"alt_kk", "alt_ru", "file"}


def test_a_decorative_picture_needs_none_and_is_silent(client, as_press):
    form = WORDS | {"alt_kk": "", "alt_ru": "", "is_decorative": "on", "file": upload(encoded())}
    assert as_press.post("/admin/news/picture/add/", form).status_code == 302
    picture = Picture.objects.get()
    picture.alt_ru = "Орнамент"
    picture.save()
    article = ArticleFactory(main_picture=picture)
    text = client.get(article.get_absolute_url("ru")).text
    assert 'alt=""' in text
    assert 'alt="Орнамент"' not in text


def test_words_that_lack_the_pages_language_are_shown_in_another_and_say_which(client):
    picture = stored(caption_ru="У школы", credit_kk="А. Серік")
    article = ArticleFactory(main_picture=picture, english=True)
    english = client.get(article.get_absolute_url("en")).text
    assert 'alt="Рассвет" lang="ru"' in english
    assert '<span lang="ru">У школы</span>' in english
    assert "А. Серік" in english
    russian = client.get(article.get_absolute_url("ru")).text
    assert 'alt="Рассвет"' in russian
    assert "<span>У школы</span>" in russian


# --- the main point ---


@pytest.mark.parametrize(
    ("point", "classes"),
    [((50, 50), ""), ((0, 100), "focus-x-0 focus-y-100"), ((47, 12), "focus-y-10"),
     ((84, 55), "focus-x-80 focus-y-60")],
)  # fmt: skip
def test_the_main_point_chooses_the_classes_that_keep_it_in_sight(point, classes, settings):
    picture = PictureFactory(focus_x=point[0], focus_y=point[1])
    assert picture.focus_class == classes
    css = (settings.BASE_DIR / "static" / "css" / "components.css").read_text()
    assert all(f".{name} {{" in css for name in classes.split())


def test_the_main_point_is_set_by_numbers_too_and_stays_within_the_picture(client, as_press):
    picture = stored()
    page = f"/admin/news/picture/{picture.pk}/change/"
    assert 'id="id_focus_x"' in as_press.get(page).text
    as_press.post(page, WORDS | {"focus_x": "20", "focus_y": "80"})
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (20, 80)
    refused = as_press.post(page, WORDS | {"focus_x": "101"})
    assert refused.context["adminform"].form.errors.keys() == {"focus_x"}
    ArticleFactory(main_picture=picture)
    assert 'class="focus-x-20 focus-y-80"' in client.get("/kk/news/").text


# --- what readers get ---


def test_the_page_offers_avif_then_webp_then_jpeg_with_sizes_and_dimensions(client):
    article = ArticleFactory(main_picture=stored())
    text = client.get(article.get_absolute_url("kk")).text.partition("<picture>")[2]
    order = [text.index(kind) for kind in ("image/avif", "image/webp", "<img")]
    assert order == sorted(order)
    assert 'width="1200" height="800"' in text
    assert 'loading="lazy"' in text


def test_the_weight_is_that_of_the_file_behind_src(media):
    picture = stored()
    name = picture.src.removeprefix("/media/")
    assert picture.weight == (media / name).stat().st_size > 0


def test_a_picture_from_before_avif_offers_none_until_it_is_remade():
    picture = stored()
    Picture.objects.update(recipe=0)
    picture.refresh_from_db()
    assert picture.srcset_avif == ""


# --- making it anew ---


def rebuild(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("rebuild_pictures", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_rebuilding_makes_what_is_missing_under_the_same_addresses(media):
    picture = stored()
    before = picture.srcset_avif
    for path in media.rglob("*.avif"):
        path.unlink()
    Picture.objects.update(recipe=0, weight=0)
    out, err = rebuild()
    picture.refresh_from_db()
    assert picture.srcset_avif == before
    assert all((media / a.split()[0].removeprefix("/media/")).exists() for a in before.split(", "))
    assert picture.weight
    assert "1 pictures made anew, 0 failed" in out
    assert "100%  1/1" in err
    assert not list(media.rglob("*.new*"))


def test_rebuilding_leaves_alone_what_is_up_to_date_unless_told(media):
    picture = stored()
    path = media / picture.file.name
    before = path.stat().st_ino
    assert "0 pictures" in rebuild()[0]
    assert path.stat().st_ino == before
    assert "1 pictures" in rebuild("--all")[0]
    assert path.stat().st_ino != before


def test_a_run_that_was_stopped_goes_on_where_it_was(monkeypatch):
    stored(), stored()
    Picture.objects.update(recipe=0)
    remake, calls = pictures.remake, []

    def interrupted(picture):
        if calls:
            raise KeyboardInterrupt
        calls.append(picture)
        remake(picture)

    monkeypatch.setattr(pictures, "remake", interrupted)
    with pytest.raises(SystemExit) as stopped:
        rebuild()
    assert stopped.value.code == 130
    monkeypatch.setattr(pictures, "remake", remake)
    assert "1 pictures made anew" in rebuild()[0]


def test_every_failure_is_told_and_the_others_are_made(capsys):
    broken, sound = stored(), stored()
    Picture.objects.update(recipe=0)
    Path(broken.original.path).write_bytes(b"junk")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises((SystemExit, CommandError)) as failed:
        call_command("rebuild_pictures", stdout=out, stderr=err)
    assert failed.value.code == 1
    assert f"Picture {broken.pk}" in err.getvalue()
    assert "1 pictures made anew, 1 failed" in out.getvalue()
    sound.refresh_from_db()
    assert sound.recipe == pictures.RECIPE


def test_a_picture_without_original_is_made_from_its_largest_version(media):
    picture = stored()
    Path(picture.original.path).unlink()
    Picture.objects.update(recipe=0, original="")
    master = (media / picture.file.name).read_bytes()
    assert "1 have no original" in rebuild()[0]
    assert (media / picture.file.name).read_bytes() == master


def test_pages_stand_when_a_picture_has_lost_its_files(client):
    picture = PictureFactory()
    article = ArticleFactory(main_picture=picture)
    picture.file.storage.delete(picture.file.name)
    for path in (article.get_absolute_url("ru"), "/ru/", "/ru/news/"):
        page = client.get(path)
        assert page.status_code == 200
        assert picture.file.name.rpartition("/")[2].removesuffix(".jpg") in page.text

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from news import pictures
from news.models import Picture
from tests.news.hostile import REFUSED, encoded, png_claiming, upload


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(content: bytes, name: str = "photo.jpg") -> Picture:
    picture = Picture(alt_kk="Таң", alt_ru="Рассвет")
    pictures.store(picture, pictures.accept(upload(content, name)))
    return Picture.objects.get(pk=picture.pk)


@pytest.mark.parametrize(("name", "content", "code"), REFUSED)
def test_what_is_not_a_sound_picture_is_refused_with_its_reason(name, content, code):
    with pytest.raises(ValidationError) as refusal:
        pictures.accept(upload(content, name))
    assert refusal.value.code == code
    assert refusal.value.messages[0]


def test_limits_are_read_before_any_pixel_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    with pytest.raises(ValidationError):
        pictures.accept(upload(png_claiming(7_000, 7_000)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.django_db
def test_every_accepted_format_is_stored_as_jpeg_webp_and_avif_under_our_own_name(media, kind):
    picture = stored(encoded(kind), "../../evil.html")
    files = sorted(path.name for path in media.rglob("*.*"))
    stem = picture.file.name.removeprefix("pictures/").removesuffix(".jpg")
    assert len(stem) == 32
    assert files == [
        f"{stem}{width}.{suffix}" for width in ("-480", "") for suffix in ("avif", "jpg", "webp")
    ]
    for name, format_name in (
        (f"{stem}.jpg", "JPEG"),
        (f"{stem}-480.webp", "WEBP"),
        (f"{stem}-480.avif", "AVIF"),
    ):
        with Image.open(media / "pictures" / name) as written:
            assert written.format == format_name
    assert (picture.width, picture.height) == (600, 400)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode):
    assert pictures.accept(upload(encoded(mode=mode))).image.mode == "RGB"


@pytest.mark.parametrize("mode", ["P", "RGBA", "I;16", "1"])
def test_every_png_mode_becomes_rgb(mode):
    content = io.BytesIO()
    Image.new(mode, (50, 40)).save(content, "PNG")
    assert pictures.accept(upload(content.getvalue())).image.mode == "RGB"


def test_transparency_becomes_white():
    image = pictures.accept(upload(encoded("PNG", mode="RGBA"))).image
    assert image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.django_db
def test_location_comments_and_profiles_are_gone_and_the_picture_stands_upright(media):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "Camera of Aigul"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 0.0, 0.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = encoded(
        size=(600, 400), exif=exif.tobytes(), icc_profile=profile, comment=b"home address"
    )
    assert b"Camera of Aigul" in content
    picture = stored(content)
    assert (picture.width, picture.height) == (400, 600)
    for path in media.rglob("*.*"):
        with Image.open(path) as kept:
            assert not kept.getexif()
            assert not {"icc_profile", "comment", "xmp", "exif"} & kept.info.keys()
        assert b"Camera of Aigul" not in path.read_bytes()


def test_a_foreign_colour_profile_is_converted_and_a_broken_one_is_ignored():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for junk in (b"junk" * 50, profile):
        assert pictures.accept(upload(encoded(icc_profile=junk))).image.mode == "RGB"


def test_large_pictures_are_made_smaller_and_small_ones_are_left():
    assert pictures.accept(upload(encoded(size=(4000, 1000)))).image.size == (2400, 600)
    assert pictures.accept(upload(encoded(size=(40, 10)))).image.size == (40, 10)
    assert pictures.accept(upload(encoded("PNG", size=(5000, 1)))).image.size == (2400, 1)


@pytest.mark.django_db
def test_templates_get_addresses_of_existing_files_in_growing_widths(media):
    picture = stored(encoded(size=(1800, 1200)))
    stem = picture.file.url.removesuffix(".jpg")
    assert picture.src == f"{stem}-960.jpg"
    assert picture.srcset == (
        f"{stem}-480.jpg 480w, {stem}-960.jpg 960w, {stem}-1600.jpg 1600w, {stem}.jpg 1800w"
    )
    assert picture.srcset_webp == picture.srcset.replace(".jpg", ".webp")
    assert picture.srcset_avif == picture.srcset.replace(".jpg", ".avif")
    sources = (picture.srcset, picture.srcset_webp, picture.srcset_avif)
    for address in ", ".join(sources).split(", "):
        name = address.split()[0].removeprefix(default_storage.base_url)
        assert default_storage.exists(name)


@pytest.mark.django_db
def test_a_narrow_picture_is_its_own_usual_size(media):
    picture = stored(encoded(size=(300, 200)))
    assert picture.src == picture.thumbnail == picture.file.url
    assert picture.srcset == f"{picture.file.url} 300w"


@pytest.mark.django_db
def test_no_file_stays_behind_where_saving_fails(media, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Picture, "save", fail)
    with pytest.raises(RuntimeError):
        stored(encoded())
    assert not [path for path in media.rglob("*") if path.is_file()]

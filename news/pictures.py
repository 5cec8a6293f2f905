"""Pictures as they come in from people: looked into, re-encoded, and stored in several widths.

Nothing of an uploaded file is published but its pixels: not the name, not the metadata, not the
bytes. The file itself is kept where no address leads, so that everything can be made anew from it.
"""

import io
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from news.storage import StorageError

if TYPE_CHECKING:
    from news.models import Picture

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LONGEST_SIDE = 2400
WIDTHS = (480, 960, 1600)
USUAL_WIDTH = 960
ENCODERS: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 85, "progressive": True, "optimize": True},
    "webp": {"format": "WEBP", "quality": 80, "method": 2},
    # Slower settings save a few per cent and take many times as long.
    "avif": {"format": "AVIF", "quality": 62, "speed": 9, "max_threads": 1},
}
# Raise it whenever the same original would give other files: `rebuild_pictures` then remakes all.
RECIPE = 1
ORIGINALS = "originals/"
SUFFIXES = {"PNG": "png", "WEBP": "webp", "GIF": "gif"}


@dataclass(frozen=True)
class AcceptedPicture:
    """Upright sRGB pixels of a picture that passed every check; nothing is on disk yet."""

    image: Image.Image
    upload: File
    suffix: str


def accept(upload: File) -> AcceptedPicture:
    """Decode an upload by its content, whatever it is called; refuse what is not a picture."""
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if upload.size > settings.NEWS_PICTURE_MAX_BYTES:
        raise ValidationError(
            _("The picture is too heavy: %(size)s. The limit is %(limit)s."),
            code="too_heavy",
            params={
                "size": filesizeformat(upload.size),
                "limit": filesizeformat(settings.NEWS_PICTURE_MAX_BYTES),
            },
        )
    image = _decoded(upload)
    return AcceptedPicture(_prepared(image), upload, SUFFIXES.get(image.format or "", "jpg"))


def _decoded(upload: File) -> Image.Image:
    try:
        image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > settings.NEWS_PICTURE_MAX_PIXELS:
            raise _too_many_pixels()
        if getattr(image, "n_frames", 1) > settings.NEWS_PICTURE_MAX_FRAMES:
            raise ValidationError(
                _("The picture moves for too long: more than %(limit)s frames."),
                code="too_many_frames",
                params={"limit": settings.NEWS_PICTURE_MAX_FRAMES},
            )
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded smaller at once
        image.load()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is not a picture that we can read. Use JPEG, PNG, WebP or GIF."),
            code="not_a_picture",
        ) from error
    except Exception as error:  # on damaged data a decoder fails with anything it likes
        raise ValidationError(
            _("The picture is damaged or incomplete. Save it anew or choose another one."),
            code="damaged",
        ) from error
    return image


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has too many pixels. The limit is %(limit)s megapixels."),
        code="too_many_pixels",
        params={"limit": settings.NEWS_PICTURE_MAX_PIXELS // 1_000_000},
    )


def _prepared(image: Image.Image) -> Image.Image:
    """Upright, on white, in sRGB, not larger than we publish, without anything but pixels."""
    profile = image.info.get("icc_profile")
    with suppress(Exception):  # unreadable metadata: the picture stays as it lies
        image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = _in_srgb(_on_white(image), profile)
    image.info = {}  # Pillow would write a comment found here into the new file
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, TypeError, ValueError):
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            if converted is not None:
                return converted
    return image.convert("RGB")


def store(picture: "Picture", accepted: AcceptedPicture) -> None:
    """Write the original, the master and its renditions under a name of our own, and save."""
    storage, private = picture.file.storage, picture.original.storage
    token = secrets.token_hex(16)
    master = f"{picture.file.field.upload_to}{token}.jpg"
    written = []
    try:
        accepted.upload.seek(0)
        # Noted before it is written: a disk that fills up leaves half a file.
        original = f"{ORIGINALS}{token}.{accepted.suffix}"
        written.append((private, original))
        picture.original = private.save(original, accepted.upload)
        for name, content in renditions(accepted.image, master):
            written.append((storage, name))
            storage.save(name, ContentFile(content))
            if name == usual_name(master, accepted.image.width):
                picture.weight = len(content)
        picture.file = master
        picture.width, picture.height = accepted.image.size
        picture.recipe = RECIPE
        picture.save()
    except BaseException as error:
        for place, name in written:
            with suppress(OSError):
                place.delete(name)
        if isinstance(error, OSError):
            raise StorageError(str(error)) from error
        raise


def replace(picture: "Picture", accepted: AcceptedPicture) -> None:
    """Another file under the same addresses, wherever the picture is shown; the old one is gone.

    Widths in which the new one does not exist answer with all that it has.
    """
    storage, private = picture.file.storage, picture.original.storage
    master, width = str(picture.file.name), accepted.image.width
    files = dict(renditions(accepted.image, master))
    for old_width in widths(picture.width):
        for extension in ENCODERS:
            name = rendition_name(master, old_width, picture.width, extension)
            files.setdefault(name, files[rendition_name(master, width, width, extension)])
    former = str(picture.original.name)
    original = f"{ORIGINALS}{secrets.token_hex(16)}.{accepted.suffix}"
    try:
        accepted.upload.seek(0)
        picture.original = private.save(original, accepted.upload)
        for name, content in files.items():
            _replace(storage, name, content)
    except OSError as error:
        with suppress(OSError):
            private.delete(original)
        picture.original = former
        with suppress(OSError):  # what was written over comes back, as far as it can
            _write_again(picture)
        raise StorageError(str(error)) from error
    picture.width, picture.height = accepted.image.size
    picture.weight = len(files[usual_name(master, width)])
    picture.recipe = RECIPE
    picture.edition += 1
    picture.save(update_fields=["original", "width", "height", "weight", "recipe", "edition"])
    if former:
        transaction.on_commit(lambda: private.delete(former), robust=True)


def _write_again(picture: "Picture") -> None:
    if picture.original:
        with picture.original.open("rb") as source:
            image = _prepared(_decoded(source))
        for name, content in renditions(image, str(picture.file.name)):
            _replace(picture.file.storage, name, content)


def delete_files(picture: "Picture") -> None:
    """Of a picture that is no more, once that is certain."""
    storage, private = picture.file.storage, picture.original.storage
    master, original, width = str(picture.file.name), str(picture.original.name), picture.width
    names = [rendition_name(master, one, width, ext) for one in widths(width) for ext in ENCODERS]

    def delete() -> None:
        for name in names:
            storage.delete(name)
        if original:
            private.delete(original)

    transaction.on_commit(delete, robust=True)


def remake(picture: "Picture") -> None:
    """Make every rendition anew under its old name: an address once published keeps working."""
    master = str(picture.file.name)
    with (picture.original or picture.file).open("rb") as source:
        image = _prepared(_decoded(source))
    for name, content in renditions(image, master):
        if name != master or picture.original:  # a master without original is all that is left
            _replace(picture.file.storage, name, content)
        if name == usual_name(master, image.width):
            picture.weight = len(content)
    picture.width, picture.height = image.size
    picture.recipe = RECIPE
    picture.save(update_fields=["width", "height", "weight", "recipe"])


def _replace(storage: Storage, name: str, content: bytes) -> None:
    """Readers get the old file or the new one, never half of it; a bucket does so by itself."""
    if isinstance(storage, FileSystemStorage) and storage.exists(name):
        fresh = storage.save(f"{name}.new", ContentFile(content))
        os.replace(storage.path(fresh), storage.path(name))
    else:
        storage.save(name, ContentFile(content))


def renditions(image: Image.Image, master: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of every file made from a picture, the master among them."""
    for width in widths(image.width):
        height = max(1, round(image.height * width / image.width))
        resized = (
            image
            if width == image.width
            else image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        )
        for extension, options in ENCODERS.items():
            content = io.BytesIO()
            resized.save(content, **options)
            yield rendition_name(master, width, image.width, extension), content.getvalue()


def widths(master_width: int) -> list[int]:
    """The widths in which a picture exists: never wider than it is."""
    return [*(width for width in WIDTHS if width < master_width), master_width]


def rendition_name(master: str, width: int, master_width: int, extension: str) -> str:
    """``pictures/ab….jpg`` in a width: ``pictures/ab…-480.webp``; no table holds these names."""
    stem = master.rpartition(".")[0]
    return f"{stem}.{extension}" if width == master_width else f"{stem}-{width}.{extension}"


def usual_name(master: str, master_width: int) -> str:
    """The JPEG for whoever knows neither srcset nor newer formats."""
    return rendition_name(master, min(USUAL_WIDTH, master_width), master_width, "jpg")

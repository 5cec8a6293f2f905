"""Documents as they come in from people: told by their content, never by their name.

A file is kept as it is, so nothing may come in that runs by itself; it goes out as a download only.
"""

import re
import secrets
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from news.slugs import slug
from news.storage import StorageError

if TYPE_CHECKING:
    from news.models import Attachment

FOLDER = "attachments/"
MAX_MEMBERS = 5000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_LISTING = 1024 * 1024
CHUNK = 256 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Kind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    XLSX = "xlsx", "XLSX"
    ODT = "odt", "ODT"


MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{OFFICE}spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
}
MAIN_PARTS = {
    f"{MEDIA_TYPES[Kind.DOCX]}.main+xml": Kind.DOCX,
    f"{MEDIA_TYPES[Kind.XLSX]}.main+xml": Kind.XLSX,
}
# Macros and controls, by content type (OOXML) and by member (both families).
ACTIVE_TYPES = re.compile("macroenabled|vbaproject|activex|ms-office.vba", re.IGNORECASE)
ACTIVE_MEMBERS = re.compile(
    r"(^|/)(vba\w*\.bin|activex\d*\.(bin|xml))$|^(basic|scripts)/", re.IGNORECASE
)


@dataclass(frozen=True)
class AcceptedFile:
    """A document that passed every check; nothing is on disk yet."""

    upload: File
    kind: Kind
    size: int


def accept(upload: File) -> AcceptedFile:
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if upload.size > settings.NEWS_ATTACHMENT_MAX_BYTES:
        raise ValidationError(
            _("The file is too heavy: %(size)s. The limit is %(limit)s."),
            code="too_heavy",
            params={
                "size": filesizeformat(upload.size),
                "limit": filesizeformat(settings.NEWS_ATTACHMENT_MAX_BYTES),
            },
        )
    return AcceptedFile(upload, _kind_of(upload), upload.size)


def _kind_of(upload: File) -> Kind:
    upload.seek(0)
    beginning = upload.read(8)
    upload.seek(max(0, upload.size - 2048))
    end = upload.read(2048)
    # At the very beginning: readers forgive what stands before it, and so would another format's.
    if re.match(rb"%PDF-[12]\.\d", beginning):
        if b"%%EOF" not in end:
            raise _damaged()
        upload.seek(0)
        if zipfile.is_zipfile(upload):
            raise _unknown()  # two formats in one file
        return Kind.PDF
    if beginning.startswith(b"PK\x03\x04"):
        return _kind_of_package(upload)
    raise _unknown()


def _kind_of_package(upload: File) -> Kind:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as package:
            _look_through(package, upload.size)
            kind = _kind_by_parts(package)
            if package.comment:
                raise _unknown()
            _unpack(package)
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # on damaged data a decoder fails with anything it likes
        raise _damaged() from error
    return kind


def _look_through(package: zipfile.ZipFile, size: int) -> None:
    """What the list of members says, before anything is unpacked."""
    members = package.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise _too_much()
    # Members that share their bytes are a bomb; bytes before the first one, another file.
    if sum(m.compress_size for m in members) > size or min(m.header_offset for m in members):
        raise _unknown()
    if len({name.casefold() for name in names}) != len(names) or any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names
    ):
        raise _unknown()
    if any(m.flag_bits & 1 for m in members):
        raise ValidationError(_("The file is protected by a password."), code="encrypted")
    if any(ACTIVE_MEMBERS.search(name) for name in names):
        raise _active()


def _kind_by_parts(package: zipfile.ZipFile) -> Kind:
    names = set(package.namelist())
    if "[Content_Types].xml" in names:
        return _kind_by_content_types(_listing(package, "[Content_Types].xml"))
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names and _listing(
        package, "mimetype"
    ).strip() == MEDIA_TYPES[Kind.ODT].encode():
        return Kind.ODT
    raise _unknown()


def _kind_by_content_types(xml: bytes) -> Kind:
    if re.search(rb"<!(DOCTYPE|ENTITY)", xml) or not xml.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
        raise _unknown()
    parts = ElementTree.fromstring(xml)  # noqa: S314  (no document type: nothing to expand)
    types = [part.get("ContentType", "") for part in parts]
    if any(ACTIVE_TYPES.search(name) for name in types):
        raise _active()
    mains = [MAIN_PARTS[name] for name in types if name in MAIN_PARTS]
    if parts.tag != f"{CONTENT_TYPES}Types" or len(mains) != 1:
        raise _unknown()
    return mains[0]


def _listing(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        content = member.read(MAX_LISTING + 1)
    if len(content) > MAX_LISTING:
        raise _too_much()
    return content


def _unpack(package: zipfile.ZipFile) -> None:
    """Every member once, into nothing: sizes are believed when seen, and checksums must hold."""
    unpacked = 0
    for member in package.infolist():
        with package.open(member) as content:
            while chunk := content.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED:
                    raise _too_much()


def _unknown() -> ValidationError:
    return ValidationError(
        _("This is not a document that we can take. Use PDF, DOCX, XLSX or ODT."), code="unknown"
    )


def _damaged() -> ValidationError:
    return ValidationError(
        _("The document is damaged or incomplete. Save it anew or choose another one."),
        code="damaged",
    )


def _too_much() -> ValidationError:
    return ValidationError(_("The document unpacks to too much."), code="too_much")


def _active() -> ValidationError:
    return ValidationError(
        _("The document carries macros or controls. Save it without them."), code="active"
    )


def store(attachment: "Attachment", accepted: AcceptedFile) -> None:
    """Write the file under a name of our own, and save the attachment."""
    storage = attachment.file.storage
    accepted.upload.seek(0)
    name = f"{FOLDER}{secrets.token_hex(16)}.{accepted.kind.value}"
    try:
        name = storage.save(name, accepted.upload)
    except OSError as error:
        raise StorageError(str(error)) from error
    try:
        attachment.file, attachment.kind, attachment.size = name, accepted.kind, accepted.size
        attachment.save()
    except BaseException:
        with suppress(OSError):
            storage.delete(name)
        raise


def disposition(title: str, kind: str) -> str:
    """A download under its title: in ASCII for old programs, in UTF-8 for the others."""
    plain = slug(title, get_language() or settings.LANGUAGE_CODE) or "document"
    whole = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', " ", title).strip(" .") or "document"
    return f"attachment; filename=\"{plain}.{kind}\"; filename*=UTF-8''{quote(f'{whole}.{kind}')}"

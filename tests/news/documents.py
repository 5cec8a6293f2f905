"""Documents that officers and attackers send."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
)
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document.main+xml"
SHEET = f"{OFFICE}spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def sent(content: bytes, name: str = "document.pdf", content_type: str = "application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def packed(members: dict[str, bytes | str], **options) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return content.getvalue()


def listing(*types: str) -> str:
    return TYPES.format(
        "".join(f'<Override PartName="/p{n}" ContentType="{t}"/>' for n, t in enumerate(types))
    )


def office(*types: str, **more: bytes | str) -> bytes:
    members = {"[Content_Types].xml": listing(*types), "_rels/.rels": "<r/>", "p0": "<document/>"}
    return packed(members | more)


DOCX, XLSX = office(WORD), office(SHEET)
ODT_MEMBERS = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "<office/>",
    "META-INF/manifest.xml": "<manifest/>",
}
ODT = packed(ODT_MEMBERS)
SOUND = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "odt": ODT}


def lying(content: bytes, name: str) -> bytes:
    """A package whose list says that a member is small."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo(name).file_size
    return content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def protected(content: bytes) -> bytes:
    """With the sign that a password is needed, in the list and before each member."""
    for start, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(start)
        while place >= 0:
            content = content[: place + at] + b"\x01" + content[place + at + 1 :]
            place = content.find(start, place + 4)
    return content


BOMB = office(WORD, **{f"bomb{n}": b"\0" * 64 * 1024 * 1024 for n in range(5)})
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = b"<!doctype html><script>alert(1)</script>"
REFUSED = {
    "html under the name of a document": (HTML, "unknown"),
    "nothing": (b"", "empty"),
    "a program": (b"MZ\x90\0" + b"\0" * 500, "unknown"),
    "an old Word file, which may carry macros": (OLD_WORD * 90, "unknown"),
    "rich text": (rb"{\rtf1\ansi hello}", "unknown"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "unknown"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "unknown"),
    "a page before the PDF": (HTML + PDF, "unknown"),
    "a PDF that breaks off": (PDF[:40], "damaged"),
    "a PDF that is a package as well": (PDF + packed({"a": "b"}) + b"%%EOF", "unknown"),
    "a package with a page before it": (HTML + DOCX, "unknown"),
    "a picture before the package": (b"GIF89a" + DOCX, "unknown"),
    "a page hidden before the first member": (b"PK\x03\x04" + HTML + DOCX, "unknown"),
    "any archive": (packed({"a.txt": "x"}), "unknown"),
    "a Java archive": (packed({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe"}), "unknown"),
    "a package that breaks off": (DOCX[:-30], "damaged"),
    "a package with a wrong checksum": (
        DOCX.replace(zlib.crc32(b"<document/>").to_bytes(4, "little"), b"\1\2\3\4"), "damaged"
    ),
    "a document with macros": (office(MACRO), "active"),
    "macros behind an innocent main part": (office(WORD, MACRO), "active"),
    "macros written in entities": (office(MACRO.replace("m", "&#109;")), "active"),
    "a macro project": (office(WORD, **{"word/vbaProject.bin": b"x"}), "active"),
    "a macro project by its type": (office(WORD, "application/vnd.ms-office.vbaProject"), "active"),
    "controls": (office(WORD, **{"word/activeX/activeX1.xml": "<x/>"}), "active"),
    "OpenDocument with macros": (packed(ODT_MEMBERS | {"Basic/Standard/a.xml": "x"}), "active"),
    "OpenDocument with scripts": (packed(ODT_MEMBERS | {"Scripts/python/a.py": "x"}), "active"),
    "another OpenDocument": (
        packed(ODT_MEMBERS | {"mimetype": "application/vnd.oasis.opendocument.graphics"}), "unknown"
    ),
    "a presentation": (office(f"{OFFICE}presentationml.presentation.main+xml"), "unknown"),
    "two documents in one": (office(WORD, SHEET), "unknown"),
    "a list with a document type": (
        packed({"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]>' + listing(WORD)}), "unknown"
    ),
    "a list in UTF-16": (
        packed({"[Content_Types].xml": listing(WORD).encode("utf-16")}), "unknown"
    ),
    "a list that is no XML": (packed({"[Content_Types].xml": "<Types"}), "damaged"),
    "a list of 2 MB": (
        packed({"[Content_Types].xml": listing(WORD) + " " * 2 * 1024 * 1024}), "too_much"
    ),
    "a bomb": (BOMB, "too_much"),
    "a bomb that lies about its size": (
        lying(office(WORD, bomb=b"\0" * 3_333_333), "bomb"), "damaged"
    ),
    "too many members": (office(WORD, **{f"m{n}": "" for n in range(5100)}), "too_much"),
    "a way out of the folder": (office(WORD, **{"../../evil.sh": "x"}), "unknown"),
    "an absolute path": (office(WORD, **{"/etc/passwd": "x"}), "unknown"),
    "a way out of the folder on Windows": (office(WORD, **{"..\\evil.bat": "x"}), "unknown"),
    "the same member in two cases": (office(WORD, **{"[content_types].xml": "x"}), "unknown"),
    "a password": (protected(DOCX), "encrypted"),
}  # fmt: skip

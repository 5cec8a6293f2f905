"""Bytes of old sites and office programs as text: what says it is UTF-8 mostly is, the rest is the
Kazakh table of Windows, which holds windows-1251 but for letters that our languages do not have."""

import codecs
import re
from collections.abc import Generator
from pathlib import Path

KAZAKH_WINDOWS = "kz1048"
CHUNK = 1024 * 1024
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_HEAD = 4000
# XML knows no such characters, and one of them ends the reading of a whole file.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def table_of(path: Path) -> str:
    """The name of the table by its mark, by what the file says, and by whether that can be."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    declared = _known(_DECLARED.search(head))
    if declared and declared != "utf-8":
        return KAZAKH_WINDOWS if declared in ("cp1251", "windows-1251") else declared
    return "utf-8" if declared or _is_utf8(path) else KAZAKH_WINDOWS


def _known(match: re.Match[bytes] | None) -> str:
    if match is None:
        return ""
    try:
        return codecs.lookup(match[1].decode()).name
    except LookupError:
        return ""


def _is_utf8(path: Path) -> bool:
    """But for a few broken letters: in another table nearly none would be one of UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = good = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            broken += text.count("\ufffd")
            good += sum(character > "\x7f" for character in text)
    return broken * 4 <= good


def text_of(path: Path) -> str:
    return path.read_bytes().decode(table_of(path), errors="replace")


class LegalXml:
    """A file for an XML parser, as UTF-8: bytes that are no letter become U+FFFD, characters that
    XML forbids go, so that one broken record does not cost all that come after it."""

    def __init__(self, path: Path) -> None:
        self._pieces = self._read(path)

    def read(self, _size: int = -1) -> bytes:
        return next(self._pieces, b"")

    def close(self) -> None:
        self._pieces.close()

    def _read(self, path: Path) -> Generator[bytes, None, None]:
        decoder = codecs.getincrementaldecoder(table_of(path))(errors="replace")
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if piece := _ILLEGAL.sub("", decoder.decode(chunk)):
                    yield piece.encode("utf-8", errors="replace")
        yield decoder.decode(b"", final=True).encode()

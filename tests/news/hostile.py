"""Files that people and attackers send where a picture is expected."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(content: bytes, name: str = "photo.jpg", content_type: str = "image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


def encoded(kind: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **options):
    content = io.BytesIO()
    colour = {"RGBA": (0, 120, 200, 0), "L": 90, "P": 3, "I;16": 30000}.get(mode, (0, 120, 200))
    if mode == "CMYK":
        colour = (200, 40, 0, 0)
    Image.new(mode, size, colour).save(content, kind, **options)
    return content.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that call themselves an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
TRUNCATED = encoded(size=(900, 700))[:1500]

REFUSED = [
    ("photo.svg", SVG, "not_a_picture"),
    ("photo.jpg", SVG, "not_a_picture"),
    ("photo.jpg", HTML, "not_a_picture"),
    ("photo.jpg", b"\xff\xd8\xff", "not_a_picture"),
    ("photo.jpg", TRUNCATED, "damaged"),
    ("photo.png", encoded("PNG", (500, 500))[:120], "damaged"),
    ("photo.jpg", b"", "empty"),
    ("photo.png", png_claiming(50_000, 50_000), "too_many_pixels"),
    ("photo.png", png_claiming(10_000, 9_000), "too_many_pixels"),
    ("photo.png", png_claiming(7_000, 7_000), "too_many_pixels"),
    ("photo.tiff", encoded("TIFF"), "not_a_picture"),
    ("photo.bmp", encoded("BMP"), "not_a_picture"),
    ("photo.jpg", encoded() + b"\0" * 13 * 1024 * 1024, "too_heavy"),
]

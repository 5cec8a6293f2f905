"""Pieces of foreign HTML: its words, its pictures, its own language."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from portal.moving.records import PictureRecord

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")


def with_paragraphs(text: str) -> str:
    """What WordPress does at display: empty lines part paragraphs where there is no ``<p>``."""
    if re.search(r"<p[\s>]", text, re.IGNORECASE):
        return text
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "".join(
        block if re.match(r"<(h\d|ul|ol|table|blockquote)", block) else f"<p>{block}</p>"
        for block in blocks
        if block
    ).replace("\n", "<br>")


def pictures_of(html: str, base: str, language: str) -> tuple[str, list[PictureRecord]]:
    """The HTML with ``<img data-record="KEY">`` for each picture, and the pictures."""
    found: list[PictureRecord] = []

    def replace(match: re.Match[str]) -> str:
        values = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(match[0])
        }
        source = values.get("data-src") or values.get("src", "")
        if not source or source.startswith("data:"):
            return ""
        address = urljoin(base, source)
        alt = values.get("alt", "").strip()
        found.append(PictureRecord(address, address, {language: alt} if alt else {}))
        return f'<img data-record="{len(found) - 1}">'

    return _IMAGE.sub(replace, html), found


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return " ".join("".join(parser.words).split())

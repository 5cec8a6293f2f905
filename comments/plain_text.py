"""A citizen's words as HTML: paragraphs, and web addresses made into links; nothing else.

A link leads where its text says, letter by letter: the whole address is shown, a name in other
letters than Latin as browsers resolve it (``xn--…``), so that no look-alike passes for another
site. What could show one address and lead to another stays plain text.
"""

import re
import unicodedata
from html import escape
from urllib.parse import SplitResult, urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Only with its scheme: whatever looks like a file or an abbreviation stays as it is.
ADDRESS = re.compile(r"https?://[^\s<>\"'`«»“”]+", re.IGNORECASE)
_PARTED = re.compile(r"[\r\n]|://")
CLOSING = {")": "(", "]": "[", "}": "{"}


def as_html(text: str) -> SafeString:
    """Paragraphs between empty lines, line breaks within them."""
    if not _PARTED.search(text):
        return SafeString(f"<p>{escape(text)}</p>")
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return mark_safe(  # noqa: S308  (everything in it comes escaped from _line)
        "\n".join(
            f"<p>{'<br>'.join(map(_line, paragraph.split(chr(10))))}</p>"
            for paragraph in paragraphs
        )
    )


def _line(line: str) -> str:
    parts, done = [], 0
    for found in ADDRESS.finditer(line):
        address = _without_punctuation(found[0])
        parts += [escape(line[done : found.start()]), _link(address)]
        done = found.start() + len(address)
    return "".join([*parts, escape(line[done:])])


def _link(address: str) -> str:
    if shown := _as_resolved(address):
        return format_html('<a href="{}" rel="nofollow ugc" dir="ltr">{}</a>', shown, shown)
    return escape(address)


def _as_resolved(address: str) -> str | None:
    """The address with its host in the letters of the network; None where it could mislead."""
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in address):
        return None  # shown from right to left, its parts would change places
    if any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zs") for char in address):
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        name = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return None
    if "@" in parts.netloc or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name):
        return None
    netloc = f"{name}:{port}" if port else name
    return SplitResult(
        parts.scheme.lower(), netloc, parts.path, parts.query, parts.fragment
    ).geturl()


def _without_punctuation(address: str) -> str:
    """A full stop or bracket after an address belongs to the sentence."""
    while address:
        last = address[-1]
        opened = CLOSING.get(last)
        if last in ".,;:!?…" or (opened and address.count(last) > address.count(opened)):
            address = address[:-1]
        else:
            break
    return address

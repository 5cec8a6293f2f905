"""The words of an HTML body, without the HTML."""

import re
from html import unescape

_BLOCK = re.compile(r"<(?:/?(?:p|h2|h3|ul|ol|li|blockquote|table|caption|tr|th|td)\b[^>]*|br ?/?)>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def plain_text(html: str) -> str:
    """One line for each paragraph, heading, list item and cell; inline tags leave no gap."""
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", html.replace("\n", " "))))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()

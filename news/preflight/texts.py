"""What can be seen in one text: its alphabet, its capitals, its links and headings."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.utils.html import strip_tags

from news.models import Picture
from news.richtext import PICTURE

KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Link texts that tell a listener nothing of where they lead.
EMPTY_WORDS = {
    "здесь", "тут", "ссылка", "по ссылке", "подробнее", "осында", "мұнда", "сілтеме",
    "толығырақ", "here", "click here", "link", "more",
}  # fmt: skip


def plain(html: str) -> str:
    """The words of a body, its blocks apart."""
    return strip_tags(
        re.sub(r"</(?:p|li|h2|h3|td|th|blockquote|caption)>|<br>", " ", html)
    ).replace("\xa0", " ")


def pictures_in(html: str) -> list[Picture]:
    numbers = {int(number) for number in re.findall(PICTURE, html)}
    return list(Picture.objects.filter(pk__in=numbers)) if numbers else []


def has_kazakh_letter(text: str) -> bool:
    return not KAZAKH.isdisjoint(text)


def mixed_words(text: str) -> list[str]:
    """Words written half in Latin, half in Cyrillic: «iс-шара» with a Latin i is found by no
    search and read wrongly by a screen reader."""
    return sorted(
        {word for word in _WORD.findall(text) if _LATIN.search(word) and _CYRILLIC.search(word)}
    )


def is_capitals(headline: str) -> bool:
    letters = [char for char in headline if char.isalpha()]
    return len(letters) >= 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


class Outline(HTMLParser):
    """Links, headings and bold paragraphs of cleaned HTML, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []  # address, text
        self.headings: list[tuple[str, str]] = []  # level, text
        self.bold_paragraphs: list[str] = []
        self._open: list[dict[str, Any]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img"):
            return
        self._open.append({"tag": tag, "text": "", "href": dict(attrs).get("href"), "bold": ""})

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element["text"] += data
        if any(element["tag"] == "strong" for element in self._open):
            for element in self._open:
                element["bold"] += data

    def handle_endtag(self, tag: str) -> None:
        if not any(element["tag"] == tag for element in self._open):
            return
        while (element := self._open.pop())["tag"] != tag:
            pass
        text = " ".join(element["text"].split())
        if tag == "a":
            self.links.append((element["href"] or "", text))
        elif tag in ("h2", "h3"):
            self.headings.append((tag, text))
        elif tag == "p" and _is_like_a_heading(text, " ".join(element["bold"].split())):
            self.bold_paragraphs.append(text)


def _is_like_a_heading(text: str, bold: str) -> bool:
    return 0 < len(text) <= 80 and bold == text and text[-1] not in ".!?…:;,"


def poor_links(outline: Outline) -> Iterator[tuple[str, str]]:
    """Address and text of links that say nothing."""
    for href, text in outline.links:
        words = text.lower().strip(' .!…«»"')
        if not words or words in EMPTY_WORDS or re.match(r"https?://\S{30,}$", words):
            yield href, text

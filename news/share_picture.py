"""The picture that goes with a shared link: the article's own, or its headline drawn by us."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache as remember
from itertools import accumulate, takewhile
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from news import pictures, publisher
from news.models import Article, ArticleText

FILES = Path(__file__).parent / "share"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
BAND = 56
HEADLINE_TOP, HEADLINE_BOTTOM = 186, 500
SIZES = range(72, 34, -2)
DEEP, SKY, GOLD, WHITE = "#00475a", "#00afca", "#fec50c", "#ffffff"
# Messengers ignore pictures of more than about 600 kB: not the master, the next width.
WIDEST_SHARED = 1600
CACHED_FOR = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class SharePicture:
    url: str
    width: int
    height: int
    alt: str
    content_type: str


def of_article(article: Article, text: ArticleText) -> SharePicture:
    """What to show with a link to this article in this language."""
    if (picture := article.main_picture) is not None:
        width = max(
            (width for width in pictures.widths(picture.width) if width <= WIDEST_SHARED),
            default=picture.width,
        )
        return SharePicture(
            url=publisher.absolute(picture.address(width)),
            width=width,
            height=max(1, round(picture.height * width / picture.width)),
            alt=getattr(picture, f"alt_{text.language}", "") or text.headline,
            content_type="image/jpeg",
        )
    with override(text.language):
        address = reverse("news:share", args=[article.pk])
    return _drawn(f"{address}?v={_version(article, text)}", text.headline)


def of_portal() -> SharePicture:
    """What to show with a link to any other page."""
    return _drawn(reverse("news:share_portal"), publisher.name())


def _drawn(address: str, alt: str) -> SharePicture:
    return SharePicture(publisher.absolute(address), WIDTH, HEIGHT, alt, "image/png")


@require_safe
def show_article(request: HttpRequest, number: int) -> HttpResponse:
    """The drawn headline of a public article without a picture, in the address's language."""
    language = get_language()
    article = get_object_or_404(
        Article.objects.published().in_language(language).for_listing(), pk=number
    )
    if article.main_picture_id:
        raise Http404
    text = article.text_in(language)
    version = _version(article, text)
    content = _remembered(
        f"share:{article.pk}:{language}:{version}",
        text.headline,
        article.section.title,
        date_format(localdate(article.published_at)),
    )
    return _response(content, is_current=request.GET.get("v") == version)


@require_safe
def show_portal(request: HttpRequest) -> HttpResponse:
    content = _remembered(f"share:portal:{get_language()}", publisher.name())
    return _response(content, is_current=False)


def _version(article: Article, text: ArticleText) -> str:
    """The headline's too: a mended slip moves no date."""
    return f"{int(article.updated_at.timestamp())}-{crc32(text.headline.encode()):08x}"


def _response(content: bytes, *, is_current: bool) -> HttpResponse:
    """An address that names the article's present version never changes its content."""
    age = "max-age=31536000, immutable" if is_current else "max-age=3600"
    return HttpResponse(
        content,
        content_type="image/png",
        headers={
            "Cache-Control": f"public, {age}",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


def _remembered(key: str, headline: str, section: str = "", day: str = "") -> bytes:
    if (content := cache.get(key)) is None:
        footer = publisher.name() if section else urlsplit(settings.SITE_URL).netloc
        content = draw(headline, section, day, footer)
        cache.set(key, content, CACHED_FOR)
    return content


def draw(headline: str, section: str, day: str, footer: str) -> bytes:
    """1200 × 630 pixels as PNG; the same words always give the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), DEEP)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, BAND), fill=SKY)
    tile = _ornament()
    for left in range(0, WIDTH, tile.width):
        image.paste(GOLD, (left, (BAND - tile.height) // 2), tile)
    canvas.rectangle((0, BAND, WIDTH, BAND + 3), fill=GOLD)

    if section:
        canvas.text((MARGIN, 112), _shortened(_drawable(section), 28), GOLD, _font(28))
    lines, size = fit(headline)
    leading = round(size * 1.24)
    top = HEADLINE_TOP + max(0, (HEADLINE_BOTTOM - HEADLINE_TOP - len(lines) * leading) // 2)
    for number, line in enumerate(lines):
        canvas.text((MARGIN, top + number * leading), line, WHITE, _font(size))

    emblem = _emblem()
    image.paste(emblem, (MARGIN, HEIGHT - 24 - emblem.height), emblem)
    font, middle = _font(22), HEIGHT - 24 - emblem.height // 2
    left, day = MARGIN + emblem.width + 20, _drawable(day)
    room = WIDTH - MARGIN - left - (_length(day, 22) + 32 if day else 0)
    canvas.text((left, middle), _shortened(_drawable(footer), 22, room), WHITE, font, "lm")
    canvas.text((WIDTH - MARGIN, middle), day, GOLD, font, "rm")
    content = io.BytesIO()
    # 64 colours are enough for edges between five; a quarter of the weight.
    image.quantize(64, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def fit(headline: str) -> tuple[list[str], int]:
    """The headline's lines in the largest size that has room for them all."""
    words = _drawable(headline).split() or ["…"]
    for size in SIZES:
        lines = list(_lines(words, size))
        rows = int((HEADLINE_BOTTOM - HEADLINE_TOP) // (size * 1.24))
        if len(lines) <= rows:
            return lines, size
    return [*lines[: rows - 1], _shortened(" ".join(lines[rows - 1 :]), size)], size


def _lines(words: list[str], size: int) -> Iterator[str]:
    room, line = WIDTH - 2 * MARGIN, ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if _length(longer, size) <= room:
            line = longer
            continue
        if line:
            yield line
        line = word
        while _length(line, size) > room:  # one endless word
            part = _fitting(line, size, room)
            yield line[:part]
            line = line[part:]
    if line:
        yield line


def _shortened(text: str, size: int, room: float = WIDTH - 2 * MARGIN) -> str:
    if _length(text, size) <= room:
        return text
    return f"{text[: _fitting(text, size, room - _advance('…', size))].rstrip()}…"


def _fitting(text: str, size: int, room: float) -> int:
    """How many letters of a text have room; at least one."""
    ends = accumulate(_advance(letter, size) for letter in text)
    return max(1, sum(1 for _end in takewhile(lambda end: end <= room, ends)))


def _length(text: str, size: int) -> float:
    """The sum of its letters: the font has no kerning, and asking Pillow for it is slow."""
    return sum(_advance(letter, size) for letter in text)


@remember
def _advance(letter: str, size: int) -> float:
    return _font(size).getlength(letter)


def _drawable(text: str) -> str:
    """Composed, and without what the font lacks: emoji, other scripts, invisible characters."""
    composed = unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x202F: " ", 0x2011: "-"})
    letters = _letters()
    return "".join(" " if c.isspace() else c for c in composed if c.isspace() or c in letters)


@remember
def _letters() -> frozenset[str]:
    """What the font can draw: the recipe of its subset is in share/README.md."""
    ranges = (FILES / "letters.txt").read_text(encoding="ascii").replace("U+", "").split(",")
    bounds = [(part.split("-")[0], part.split("-")[-1]) for part in ranges]
    return frozenset(
        chr(code)
        for first, last in bounds
        for code in range(int(first, 16), int(last, 16) + 1)
        if code != 0xAD  # a soft hyphen is drawn only where a line breaks
    )


@remember
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: Raqm would kern where it is installed, and pictures would differ by machine.
    return ImageFont.truetype(
        FILES / "NotoSerif-Bold-subset.ttf", size, layout_engine=ImageFont.Layout.BASIC
    )


@remember
def _ornament() -> Image.Image:
    with Image.open(FILES / "ornament.png") as tile:
        return tile.convert("L")


@remember
def _emblem() -> Image.Image:
    file = settings.BASE_DIR / "static" / "img" / "icons" / "icon-192.png"
    with Image.open(file) as emblem:
        return emblem.convert("RGBA").resize((76, 76), Image.Resampling.LANCZOS)

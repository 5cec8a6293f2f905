"""An article in a list, and a picture: what the long pages are made of.

Written out here and not in templates: a list has twenty of them, and as templates they cost more
than everything else on the page.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple, cast

from django.core.files.storage import FileSystemStorage
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news import lists, moments
from news.models import Article, Picture


def article_html(article: Article, *, level: int, hide_section: bool, wanted: str) -> SafeString:
    """A card with a heading of ``level``; ``wanted`` is how the reader wants pictures."""
    section, picture, language = article.section, article.main_picture, get_language()
    headline, lead = (getattr(article, f"{part}_{language}") for part in ("headline", "lead"))
    moment = cast(datetime, article.published_at)  # what is listed has been published
    parts = [
        '<article class="card">\n  <div class="card-text">\n    <p class="card-meta">\n'
        f"      {moments.day(moment)}\n"
    ]
    if not hide_section:
        url = escape(section.get_absolute_url(language))
        parts.append(f'      <a href="{url}">{escape(section.title or "")}</a>\n')
    url = escape(article.get_absolute_url(language))
    parts.append(
        f'    </p>\n    <h{level} class="card-headline">'
        f'<a href="{url}">{escape(headline or "")}</a></h{level}>\n'
    )
    if lead:
        parts.append(f'    <p class="card-lead">{escape(lead)}</p>\n')
    parts.append("  </div>\n")
    if picture:
        shown = picture_html(picture, sizes="12rem", eager=False, wanted=wanted)
        parts.append(f'  <div class="card-picture">{shown}</div>\n')
    parts.append("</article>\n")
    return SafeString("".join(parts))  # escaped piece by piece


def headline_items_html(articles: Iterable[Article], came_from: str) -> SafeString:
    """Articles as items of a short list, with the reader's own list kept in their addresses."""
    parts, language = [], get_language()
    for article in articles:
        url = escape(lists.keeping(came_from, article.get_absolute_url(language)))
        day = moments.day(cast(datetime, article.published_at))
        parts.append(f'<li><a href="{url}">{escape(article.headline or "")}</a>\n{day}</li>\n')
    return SafeString("".join(parts))  # escaped piece by piece


def picture_html(picture: Picture, *, sizes: str, eager: bool, wanted: str) -> SafeString:
    """``eager``: it belongs to the first screen."""
    if wanted == "off":
        return render_to_string("news/_picture_text.html", {"picture": picture})
    files, sizes = _files(picture), escape(sizes)
    alt, language = picture.alt_said
    focus = picture.focus_class
    parts = ["<picture>\n"]
    for kind, srcset in (("avif", files.avif), ("webp", files.webp)):
        if srcset:
            parts.append(
                f'  <source type="image/{kind}" srcset="{escape(srcset)}" sizes="{sizes}">\n'
            )
    parts.append(f'  <img src="{escape(files.src)}"')
    if files.jpeg:
        parts.append(f' srcset="{escape(files.jpeg)}" sizes="{sizes}"')
    parts.append(f' width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"')
    if language:
        parts.append(f' lang="{language}"')
    if focus:
        parts.append(f' class="{focus}"')
    parts.append(f' {_FIRST if eager else _LATER} decoding="async">\n</picture>\n')
    return SafeString("".join(parts))  # escaped piece by piece


_FIRST, _LATER = 'fetchpriority="high"', 'loading="lazy"'


class Files(NamedTuple):
    src: str
    jpeg: str
    webp: str
    avif: str


def _files(picture: Picture) -> Files:
    # Other storages may sign their addresses for an hour.
    if not isinstance(picture.file.storage, FileSystemStorage):
        return _addresses(picture)
    return _kept(str(picture.file.name), picture.width, bool(picture.recipe), picture.edition)


@lru_cache(maxsize=8192)
def _kept(name: str, width: int, has_recipe: bool, edition: int) -> Files:
    # With both sides known Django leaves the file alone: it may be far away, or lost.
    return _addresses(
        Picture(file=name, width=width, height=width, recipe=int(has_recipe), edition=edition)
    )


def _addresses(picture: Picture) -> Files:
    return Files(picture.src, picture.srcset, picture.srcset_webp, picture.srcset_avif)

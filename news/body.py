"""An article's text as pages show it: cut at the pictures that stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.models import Picture
from news.richtext import PICTURE, with_scrolling_tables


@dataclass(frozen=True)
class Part:
    """Either a stretch of cleaned HTML or a picture of the library."""

    html: str = ""
    picture: Picture | None = None


def parts(html: str) -> list[Part]:
    """What a page shows, in order; tables scroll inside themselves."""
    return list(_cut(with_scrolling_tables(html, _("Table"))))


def with_plain_pictures(html: str) -> str:
    """For whatever knows nothing of our pages: feed readers, the press office's own view."""
    return "".join(
        format_html(
            '<p><img src="{}" alt="{}" width="{}" height="{}"></p>',
            part.picture.src,
            part.picture.alt_said[0],
            part.picture.width,
            part.picture.height,
        )
        if part.picture
        else part.html
        for part in _cut(html)
    )


def _cut(html: str) -> Iterator[Part]:
    """One query for all pictures, none where there are none; what is gone leaves no trace."""
    pieces = re.split(PICTURE, html)
    known = Picture.objects.in_bulk({int(key) for key in pieces[1::2]}) if pieces[1:] else {}
    for index, piece in enumerate(pieces):
        if index % 2:
            if picture := known.get(int(piece)):
                yield Part(picture=picture)
        elif piece.strip():
            yield Part(html=piece)

"""Where a picture of the library is shown: asked before it is replaced or deleted.

The texts' pictures are noted after every save of an article, whoever saves it, so that nobody has
to look through all texts.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from news.languages import LANGUAGES, name_of
from news.models import Article, ArticlePicture, Page, Picture, PictureInText
from news.richtext import PICTURE, clean_html

MOST = 200


@dataclass(frozen=True)
class Use:
    """A record that shows the picture, and in which places."""

    shown_by: Article | Page
    places: list[str]


def connect() -> None:
    """Called once, when the application is ready."""
    post_save.connect(_article_saved, sender=Article, dispatch_uid="news.picture_uses")


def _article_saved(
    instance: Article, raw: bool = False, update_fields: Any = None, **_signal: Any
) -> None:
    bodies = {f"body_{language}" for language in LANGUAGES}
    if not raw and (update_fields is None or bodies & set(update_fields)):
        update(instance)


def update(article: Article) -> None:
    """Note which pictures the article's texts show now."""
    named = {
        (language, int(number))
        for language in LANGUAGES
        for number in re.findall(PICTURE, _cleaned(getattr(article, f"body_{language}")))
    }
    stored = {
        (row.language, row.picture_id): row.pk
        for row in PictureInText.objects.filter(article=article)
    }
    if gone := [pk for key, pk in stored.items() if key not in named]:
        PictureInText.objects.filter(pk__in=gone).delete()
    if new := named - stored.keys():
        there = set(
            Picture.objects.filter(pk__in={number for _l, number in new}).values_list(
                "pk", flat=True
            )
        )
        PictureInText.objects.bulk_create(
            (
                PictureInText(article=article, language=language, picture_id=number)
                for language, number in sorted(new)
                if number in there
            ),
            ignore_conflicts=True,
        )


def _cleaned(body: str | None) -> str:
    """In memory a text may still be as it was typed; it is stored as the allow-list leaves it."""
    return clean_html(body) if body and "data-picture" in body else ""


def uses(picture: Picture) -> list[Use]:
    """Every article and page that shows the picture, the newest first; MOST of them."""
    places: dict[int, list[str]] = defaultdict(list)
    main = Article.objects.filter(main_picture=picture).order_by("-pk")
    for number in main.values_list("pk", flat=True)[:MOST]:
        places[number].append(_("main picture"))
    gallery = ArticlePicture.objects.filter(picture=picture).order_by("-article")
    for number in gallery.values_list("article", flat=True)[:MOST]:
        places[number].append(_("gallery"))
    for row in PictureInText.objects.filter(picture=picture).order_by("-article", "pk")[:MOST]:
        places[row.article_id].append(
            _("text (%(language)s)") % {"language": name_of(row.language)}
        )
    chosen = sorted(places, reverse=True)[:MOST]
    articles = Article.objects.for_listing().in_bulk(chosen)
    found = [Use(articles[number], places[number]) for number in chosen if number in articles]
    return found + _in_pages(picture)


def _in_pages(picture: Picture) -> list[Use]:
    """The few pages of the portal itself are looked through."""
    sign = f'<img data-picture="{picture.pk}">'
    anywhere = Q()
    for language in LANGUAGES:
        anywhere |= Q(**{f"body_{language}__contains": sign})
    return [
        Use(
            page,
            [
                _text(language)
                for language in LANGUAGES
                if sign in (getattr(page, f"body_{language}") or "")
            ],
        )
        for page in Page.objects.filter(anywhere)
    ]


def _text(language: str) -> str:
    return _("text (%(language)s)") % {"language": name_of(language)}

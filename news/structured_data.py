"""An article as search engines read it: schema.org's NewsArticle with Google's list of fields."""

import json
from datetime import datetime
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import override

from news import publisher
from news.kept import keep
from news.models import Article, ArticleText
from news.share_picture import SharePicture

HEADLINE_LENGTH = 110
DESCRIPTION_LENGTH = 200
# Inside <script> the parser looks for "</script" and "<!--", whatever JSON means by them.
ESCAPES = str.maketrans(
    {
        "<": r"\u003C", ">": r"\u003E", "&": r"\u0026",
        "\u2028": r"\u2028", "\u2029": r"\u2029",
    }
)  # fmt: skip


def news_article(
    article: Article, text: ArticleText, address: str, picture: SharePicture
) -> dict[str, Any]:
    organization = keep(("publisher", text.language), lambda: _organization(text.language))
    with override(text.language):
        section = article.section.title
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "headline": _shortened(text.headline, HEADLINE_LENGTH),
        "description": description(text),
        "image": [
            {
                "@type": "ImageObject",
                "url": picture.url,
                "width": picture.width,
                "height": picture.height,
            }
        ],
        "datePublished": localtime(article.published_at).isoformat(timespec="seconds"),
        "dateModified": localtime(changed_at(article)).isoformat(timespec="seconds"),
        "author": [{"@type": "Person", "name": text.byline} if text.byline else organization],
        "publisher": organization,
        "inLanguage": text.language,
        "articleSection": section,
        "isAccessibleForFree": True,
    }


def _organization(language: str) -> dict[str, Any]:
    with override(language):
        name, home = publisher.name(), publisher.absolute(reverse("home"))
    return {
        "@type": "Organization",
        "name": name,
        "url": home,
        "logo": {
            "@type": "ImageObject",
            "url": publisher.logo_url(),
            "width": publisher.LOGO[1],
            "height": publisher.LOGO[1],
        },
    }


def description(text: ArticleText) -> str:
    """The lead, or how the text begins."""
    words = text.lead or unescape(strip_tags(text.body.replace("<", " <")))
    return _shortened(" ".join(words.split()), DESCRIPTION_LENGTH)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else Truncator(text).chars(most)


def changed_at(article: Article) -> datetime:
    """A scheduled article was last edited before it appeared; readers first saw it then."""
    return max(article.updated_at, article.published_at or article.updated_at)


def as_script(data: dict[str, Any]) -> SafeString:
    """A data block: no script, so that the Content-Security-Policy has no say in it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (escaped)

"""Atom feeds with the full text: all news, and one section, in the language of the address."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import publisher, share_picture
from news.body import with_plain_pictures
from news.languages import LANGUAGES
from news.models import Article, Section
from news.structured_data import changed_at

NEWEST = 30
# Fine in HTML and in the database, but no character of XML: one would make the feed unreadable.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINK_WITHIN_THE_SITE = re.compile(r'(<(?:a href|img src)=")/(?!/)')


class FullTextAtom(Atom1Feed):
    """Django's Atom, and in it the text itself and the picture (whose size nobody has to ask)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", publisher.absolute(static("img/icons/icon-192.png")))

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement(
            "content", item["content"], {"type": "html", "xml:base": f"{settings.SITE_URL}/"}
        )
        if picture := item["picture"]:
            handler.addQuickElement(
                "link",
                "",
                {"rel": "enclosure", "href": picture.url, "type": picture.content_type},
            )


class AllNews(Feed):
    """Every address in it is absolute already, so that Django never asks the Host header."""

    feed_type = FullTextAtom

    @method_decorator(require_safe)
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # Scheduled news appears by itself: no copy is older than a minute.
        patch_cache_control(response, public=True, max_age=60)
        return response

    def title(self, section: Any) -> str:
        return _xml(publisher.name())

    def subtitle(self, section: Any) -> str:
        return _("All news")

    def link(self, section: Any) -> str:
        return publisher.absolute(reverse("news:list"))

    def feed_url(self, section: Any) -> str:
        return publisher.absolute(reverse("news:feed"))

    def feed_guid(self, section: Any) -> str:
        return self.feed_url(section)

    def author_name(self) -> str:
        return publisher.name()

    def author_link(self) -> str:
        return publisher.absolute(reverse("home"))

    def get_articles(self, section: Any) -> Any:
        return Article.objects.published()

    def items(self, section: Any) -> Any:
        language = get_language()
        others = [f"body_{other}" for other in LANGUAGES if other != language]
        return (
            self.get_articles(section)
            .in_language(language)
            .select_related("section", "main_picture")
            .defer(*others)
            .newest_first()[:NEWEST]
        )

    def item_title(self, article: Article) -> str:
        return _xml(_text(article).headline)

    def item_description(self, article: Article) -> str:
        """The summary; Django declares it as HTML."""
        return escape(_xml(_text(article).lead))

    def item_link(self, article: Article) -> str:
        return publisher.absolute(article.get_absolute_url())

    def item_guid(self, article: Article) -> str:
        """Stays the same when headline, date or section are corrected."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},2015:news/{article.pk}/{get_language()}"

    def item_author_name(self, article: Article) -> str | None:
        return _xml(_text(article).byline) or None

    def item_pubdate(self, article: Article) -> Any:
        return localtime(article.published_at)

    def item_updateddate(self, article: Article) -> Any:
        return localtime(changed_at(article))

    def item_categories(self, article: Article) -> list[str]:
        return [_xml(article.section.title)]

    def item_extra_kwargs(self, article: Article) -> dict[str, Any]:
        text = _text(article)
        body = LINK_WITHIN_THE_SITE.sub(
            rf"\1{settings.SITE_URL}/", _xml(with_plain_pictures(text.body))
        )
        picture = share_picture.of_article(article, text) if article.main_picture else None
        return {"content": body, "picture": picture}


class SectionNews(AllNews):
    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return Section.objects.get(slug=slug)

    def subtitle(self, section: Any) -> str:
        return _xml(section.title)

    def title(self, section: Any) -> str:
        return f"{_xml(section.title)} — {publisher.name()}"

    def link(self, section: Any) -> str:
        return publisher.absolute(section.get_absolute_url())

    def feed_url(self, section: Any) -> str:
        return publisher.absolute(reverse("news:section_feed", args=[section.slug]))

    def get_articles(self, section: Any) -> Any:
        return super().get_articles(section).in_section(section)


def _text(article: Article) -> Any:
    return article.text_in(get_language())


def _xml(text: str) -> str:
    return NOT_XML.sub("", text)

"""The seam: the only module of this app that knows the news."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from news import lists, richtext
from news.languages import best_of
from news.models import Article
from news.richtext import clean_text

__all__ = ["Article", "PlainCharField", "PlainTextField", "clean_text"]


class PlainCharField(richtext.PlainCharField):
    def deconstruct(self) -> Any:
        """Migrations hold a plain column, and no import of the news."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PlainTextField(richtext.PlainTextField):
    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def find(article_id: int) -> Article | None:
    """The article behind a public address, be it withdrawn or removed by now."""
    return Article.objects.once_published().for_listing().filter(pk=article_id).first()


def with_headlines() -> models.QuerySet[Article]:
    """For lists of comments, which name their articles and do not quote them."""
    return Article.objects.for_listing()


def is_open(article: Article) -> bool:
    """Whether readers may comment on a published article."""
    return settings.COMMENTS_ENABLED and article.comments_open and article.is_published


def is_removed(article: Article) -> bool:
    return article.status == Article.Status.REMOVED


def headline(article: Article, language: str) -> tuple[str, str]:
    """The headline a reader of ``language`` meets, and the language it is written in."""
    shown = best_of(article.languages, language) or language
    return article.text_in(shown).headline, shown


def address(article: Article, language: str | None = None) -> str:
    """Where readers find the article; empty where it was never published."""
    return article.get_absolute_url(language) if article.published_at else ""


def readable_address(article: Article) -> str:
    """``address()`` where it still shows a text."""
    shown = article.is_published or article.status == Article.Status.WITHDRAWN
    return address(article) if shown else ""


def came_from(request: HttpRequest) -> str:
    """The list of news that the reader of the article, and now of its comments, came from."""
    return lists.came_from(request)


def keeping(came_from: str, address: str) -> str:
    return lists.keeping(came_from, address)


def query_in(came_from: str, language: str, other: str) -> str:
    return lists.query_in(came_from, language, other)


def submit_address(article: Article, language: str | None = None) -> str:
    return f"{article.get_absolute_url(language)}comments/"

"""The seam: the only module of this app that knows the news."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from news import lists, outbox, page_cache, richtext
from news.charts import Chart, Series
from news.kept import keep
from news.languages import LANGUAGES, best_of, said
from news.models import Article
from news.moments import day_and_time
from news.operations import AddIndexWhileServing
from news.periods import Period
from news.prepared import Prepared
from news.richtext import clean_text
from news.search.analysis import document_terms, normalise, strong_terms, tokens

__all__ = [
    "LANGUAGES",
    "AddIndexWhileServing",
    "Article",
    "Chart",
    "Period",
    "PlainCharField",
    "PlainTextField",
    "Prepared",
    "Series",
    "clean_text",
    "day_and_time",
    "keep",
    "normalise",
    "outbox",
    "said",
    "tokens",
]


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


def named() -> models.QuerySet[Article]:
    """With headline and address and nothing else: fifty comments name fifty of them."""
    return Article.objects.named()


def terms_of(word: str) -> frozenset[str]:
    """Under which a normalised word is found, be it Kazakh or Russian, in whatever form."""
    return document_terms(word, "kk") | document_terms(word, "ru")


def wanted_terms(word: str) -> set[str]:
    """What any form of a normalised word has in common with others of its forms."""
    return set(strong_terms(word))


def is_open(article_id: int) -> bool:
    """Whether readers may comment on the article at this very moment."""
    published = Article.objects.published().filter(pk=article_id)
    return settings.COMMENTS_ENABLED and (
        published.filter(comments_state=Article.Comments.OPEN).order_by().exists()
    )


def is_removed(article: Article) -> bool:
    return article.is_gone


def headline(article: Article, language: str) -> tuple[str, str]:
    """The headline a reader of ``language`` meets, and the language it is written in."""
    shown = best_of(article.languages, language) or language
    return article.text_in(shown).headline, shown


def address(article: Article, language: str | None = None) -> str:
    """Where readers find the article; empty where it was never published."""
    return article.get_absolute_url(language) if article.published_at else ""


def readable_address(article: Article) -> str:
    """``address()`` where it still shows a text."""
    shown = article.is_published or article.is_withdrawn
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


def refresh_page(article_id: int, *, forget: bool = False) -> None:
    """After commit the article's pages are made anew, and no others; ``forget``: something was
    taken off them, which not even a copy kept for bad times may show again."""
    page_cache.refresh_article(article_id, forget=forget)


def refresh_all_pages() -> None:
    page_cache.refresh_site()

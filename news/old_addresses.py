"""Addresses of an earlier portal lead to the same articles here."""

from urllib.parse import unquote, urlsplit

from news.models import Article, OldAddress

LONGEST = 500


def normal(address: str) -> str:
    """Path and query, as they are compared; empty where there is nothing but a host."""
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/") or "/"
    wanted = f"{path}?{parts.query}" if parts.query else path
    return "" if wanted == "/" else wanted[:LONGEST]


def article_at(address: str) -> Article | None:
    """The readable article that stood at an address, or at it without its query."""
    wanted = normal(address)
    if not wanted:
        return None
    found = {
        old.path: old.article_id
        for old in OldAddress.objects.filter(path__in={wanted, wanted.partition("?")[0]})
    }
    number = found.get(wanted) or next(iter(found.values()), None)
    return Article.objects.readable().filter(pk=number).first() if number else None


def remember(article: Article, addresses: list[str]) -> None:
    """The first article to claim an address keeps it."""
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, article=article) for path in map(normal, addresses) if path],
        ignore_conflicts=True,
    )

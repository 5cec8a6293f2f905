"""Links within the portal: do they lead anywhere? Those outside are asked by `check_links`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from news.models import Article, Page, Section


def is_ours(href: str) -> bool:
    parts = urlsplit(href)
    ours = ("", urlsplit(settings.SITE_URL).netloc)
    return parts.scheme in ("", "http", "https") and parts.netloc in ours


def is_dead(href: str) -> bool:
    """Whether readers who follow an internal address find nothing there now."""
    path = urlsplit(href).path
    if not path:
        return not urlsplit(href).fragment  # "#part" stays on the page
    try:
        # The address map knows one language's pages at a time.
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        return True
    if match.view_name in ("news:article", "short_link"):
        number = match.kwargs.get("number") or match.kwargs.get("address", "").partition("-")[0]
        return not Article.objects.readable().filter(pk=int(number)).exists()
    if match.view_name in ("news:section", "news:section_feed"):
        return not Section.objects.filter(slug=match.kwargs["slug"]).exists()
    if match.view_name == "page":
        return not Page.objects.filter(slug=match.kwargs["slug"]).exists()
    return False

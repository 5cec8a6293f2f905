"""Where news lies, for pages with many addresses: ``reverse()`` takes longer than all the rest."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override


def root(language: str | None = None) -> str:
    """``/kk/news/``; articles, days and sections lie below it (news/urls.py)."""
    return _root(language or get_language() or settings.LANGUAGE_CODE, get_script_prefix())


@lru_cache
def _root(language: str, script_prefix: str) -> str:
    with override(language):
        return reverse("news:list")

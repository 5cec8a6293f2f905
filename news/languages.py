"""Which languages there are, and in which one an article is shown."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def name_of(language: str) -> str:
    """The language's own name for itself: «Қазақша»."""
    return dict(settings.LANGUAGES)[language]


def preference(language: str) -> Iterator[str]:
    """``language`` first, then what its readers understand best."""
    yield language
    yield from settings.NEWS_FALLBACK_LANGUAGES[language]


def best_of(available: Collection[str], wanted: str) -> str | None:
    """The language to show to a reader of ``wanted``; None where nothing is available."""
    return next((code for code in preference(wanted) if code in available), None)


def said(thing: Any, field: str) -> tuple[str, str]:
    """A translated field in the page's language or the next best one, and that one's code.

    The code is empty where it is the page's own: then no ``lang`` is needed.
    """
    page = get_language() or settings.LANGUAGE_CODE
    for language in preference(page):
        if text := getattr(thing, f"{field}_{language}"):
            return text, "" if language == page else language
    return "", ""

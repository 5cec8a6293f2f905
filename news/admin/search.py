"""Searching a column of an admin list for words, in any case of any of our letters."""

import re

from django.db.models import Q, QuerySet

MAX_WORDS = 10


def containing(queryset: QuerySet, words: str, fields: list[str]) -> QuerySet:
    """Rows in which each word stands in one of the fields."""
    for word in words.replace("\x00", " ")[:200].split()[:MAX_WORDS]:
        pattern = in_any_case(word)
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__regex": pattern})
        queryset = queryset.filter(anywhere)
    return queryset


def in_any_case(word: str) -> str:
    """A pattern both databases read alike.

    SQLite folds the case of Latin letters only, PostgreSQL what its locale happens to know.
    """
    return "".join(
        f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else re.escape(letter)
        for letter in word
    )

"""How often articles are read, by day and language: no cookie, no address, nobody told apart.

A read is a page of an article that a browser was given, or was told to show as it has it (304).
Left out are programs that say what they are, officers who are signed in, pages fetched in advance
of a reader's wish, and readers who ask not to be counted (``DNT``, ``Sec-GPC``).
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from news.models import Article, ArticleReads
from news.tallies import Tally

# What is no browser does not begin like one; these begin so and say further on what they are.
# (CUBOT makes telephones.)
PROGRAM = re.compile(
    r"(?<!cu)bot(?:\b|[/;_-])|crawl|spider|slurp|archiver|preview|monitor|scanner|fetch|feed"
    r"|headless|phantom|lighthouse|mediapartners|validator|python|curl|wget",
    re.IGNORECASE,
)
_Key = tuple[int, date, str]


def note(environ: Mapping[str, Any], article: int, language: str) -> None:
    """One page of an article was handed out."""
    if is_reader(environ):
        _reads.add((article, timezone.localdate(), language))


def is_reader(environ: Mapping[str, Any]) -> bool:
    get = environ.get
    return (
        get("HTTP_DNT") != "1"
        and get("HTTP_SEC_GPC") != "1"
        and "prefetch" not in get("HTTP_SEC_PURPOSE", get("HTTP_PURPOSE", ""))
        and is_browser(get("HTTP_USER_AGENT", ""))
    )


@lru_cache(maxsize=1024)
def is_browser(user_agent: str) -> bool:
    return (
        user_agent.startswith(("Mozilla/", "Opera/"))
        and not PROGRAM.search(user_agent)
        and "http" not in user_agent  # where its owner explains it
    )


def _put_down(counts: Mapping[_Key, int]) -> None:
    known = set(
        Article.objects.filter(pk__in={article for article, _day, _language in counts})
        .order_by()
        .values_list("pk", flat=True)
    )
    # In one order always: processes that add to the same rows must not lock each other out.
    rows = sorted((*key, number) for key, number in counts.items() if key[0] in known)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO news_articlereads (article_id, day, language, reads)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (article_id, day, language)"
            " DO UPDATE SET reads = news_articlereads.reads + excluded.reads",
            rows,
        )


_reads: Tally[_Key] = Tally(_put_down)


def purge() -> int:
    """Forget the days before NEWS_READS_DAYS; how many rows that were."""
    limit = timezone.localdate() - timedelta(days=settings.NEWS_READS_DAYS)
    old = ArticleReads.objects.filter(day__lt=limit)
    return old._raw_delete(old.db)

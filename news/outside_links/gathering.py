"""Which articles link to what. Goes on where it stopped, and looks again at what was changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag

from django.db import transaction
from django.utils import timezone

from news.languages import LANGUAGES
from news.models import Article, LinkGathering, OutsideLink, OutsideLinkUse
from news.outside_links.known import key_of
from news.preflight.links import is_ours
from news.preflight.texts import Outline

CHUNK = 200
MOST_LINKS = 200  # of one text


def addresses_in(body: str) -> list[str]:
    """The addresses outside the portal to which a body links, each once."""
    if "href=" not in body:
        return []
    found = [href for href, _words in Outline(body).links if href.startswith(("http:", "https:"))]
    outside = [urldefrag(href).url for href in found if not is_ours(href)]
    return list(dict.fromkeys(outside))[:MOST_LINKS]


def gather() -> Iterator[int]:
    """How many articles were looked at so far; articles by number, then those changed since."""
    row, _is_new = LinkGathering.objects.get_or_create(pk=1)
    began, seen = timezone.now(), 0
    changed_until = row.changed_until or began
    while chunk := _after(row.last_article):
        with transaction.atomic():
            _note(chunk)
            row.last_article = chunk[-1].pk
            row.save(update_fields=["last_article"])
        seen += len(chunk)
        yield seen
    last = 0
    while chunk := _changed(changed_until, began, last):
        _note(chunk)
        seen, last = seen + len(chunk), chunk[-1].pk
        yield seen
    row.changed_until = began
    row.save(update_fields=["changed_until"])


def _texts() -> Any:
    return Article.objects.order_by("pk").only("pk", *(f"body_{code}" for code in LANGUAGES))


def _after(number: int) -> list[Article]:
    return list(_texts().filter(pk__gt=number)[:CHUNK])


def _changed(since: datetime, until: datetime, number: int) -> list[Article]:
    changed = _texts().filter(updated_at__gt=since, updated_at__lte=until)
    return list(changed.filter(pk__gt=number)[:CHUNK])


@transaction.atomic
def _note(articles: Iterable[Article]) -> None:
    wanted = {
        (article.pk, language, key_of(address)): address
        for article in articles
        for language in LANGUAGES
        for address in addresses_in(article.__dict__.get(f"body_{language}") or "")
    }
    now = timezone.now()
    OutsideLink.objects.bulk_create(
        [
            OutsideLink(key=key, address=address, due_at=now)
            for key, address in {key: url for (_a, _l, key), url in wanted.items()}.items()
        ],
        ignore_conflicts=True,
    )
    keys = {key for _article, _language, key in wanted}
    numbers = dict(OutsideLink.objects.filter(key__in=keys).values_list("key", "pk"))
    there = {
        (use.article_id, use.language, use.link_id): use.pk
        for use in OutsideLinkUse.objects.filter(article__in=[each.pk for each in articles])
    }
    uses = {(article, language, numbers[key]) for article, language, key in wanted}
    OutsideLinkUse.objects.filter(pk__in=[there[use] for use in there.keys() - uses]).delete()
    OutsideLinkUse.objects.bulk_create(
        [
            OutsideLinkUse(article_id=article, language=language, link_id=link)
            for article, language, link in uses - there.keys()
        ],
        ignore_conflicts=True,
    )

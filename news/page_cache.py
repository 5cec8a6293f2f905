"""How kept pages learn that the public site has changed; who keeps them is no matter of this app.

No list of addresses to purge: a page is current while the token of the site, and for an article's
own pages the token of that article, are what they were when the page was made. Verbs, and signals
of the models below, renew the tokens after commit, in the store that all processes share.

Old copies are still good for a database that is down, except where something was taken back: with
``forget`` no page made before this moment is ever shown again.
"""

import secrets
import time
from typing import Any

from django.db import models, transaction

from news.shared_store import StoreError, store

DAY = 24 * 60 * 60.0
FOR_EVER = 3650 * DAY
ARTICLE_TOKENS = 3 * DAY  # longer than any page is kept

SITE, SITE_FORGOTTEN = "site", "site:forgotten"
ANY_ARTICLE = "articles"  # renewed with each article's token: one name to watch instead of many


def article_names(article_id: int) -> tuple[str, str]:
    """Names of an article's token and of the moment before which its pages are forgotten."""
    return f"article:{article_id}", f"article:{article_id}:forgotten"


def refresh_site(*, forget: bool = False) -> None:
    """Something changed that any page may show."""
    names = [SITE, SITE_FORGOTTEN] if forget else [SITE]
    transaction.on_commit(lambda: _renew(*names))


def refresh_article(article_id: int, *, forget: bool = False) -> None:
    """Something changed on this article's own pages and nowhere else: a comment."""
    token, forgotten = article_names(article_id)
    names = [token, forgotten] if forget else [token]
    transaction.on_commit(lambda: _renew(*names, ANY_ARTICLE))


class _Outage:
    """Whether this process may have missed, or failed to tell, a change."""

    seen = False


def tokens(*names: str) -> list[str]:
    """Their values, "" for those that are not there. Raises StoreError."""
    try:
        found = store().get(*names)
    except StoreError:
        _Outage.seen = True
        raise
    if _Outage.seen:
        # While the store was away something may have been published: begin anew.
        _Outage.seen = False
        _renew(SITE)
        found = store().get(*names)
    return [(value or b"").decode() for value in found]


def site_token() -> str:
    (token,) = tokens(SITE)
    if not token:
        store().add(SITE, _new_token(), FOR_EVER)
        (token,) = tokens(SITE)
    return token


def generation() -> str:
    """For the keys of whatever else is kept of the public site; "" where nobody knows."""
    try:
        return site_token()
    except StoreError:
        return ""


def _renew(*names: str) -> None:
    value = _new_token()
    try:
        for name in names:
            store().set(name, value, ARTICLE_TOKENS if name.startswith("article") else FOR_EVER)
    except StoreError:
        _Outage.seen = True


def _new_token() -> bytes:
    return f"{time.time():.6f}-{secrets.token_hex(4)}".encode()


def moment_of(token: str) -> float:
    """When a token was made, in seconds; 0 where there is none."""
    return float(token.partition("-")[0] or 0)


# --- saving a model in whatever way: admin, inline, verb, import, shell ---


def connect() -> None:
    """`queryset.update()` and `bulk_create()` send no signal: whoever uses them calls a function
    above."""
    from news.models import Alert, Article, ArticlePicture, Attachment, Page, Picture, Section

    for model in (Alert, Article, ArticlePicture, Attachment, Page, Picture, Section):
        models.signals.post_save.connect(_saved, sender=model, dispatch_uid="news.page_cache")
        models.signals.post_delete.connect(_deleted, sender=model, dispatch_uid="news.page_cache")
    models.signals.m2m_changed.connect(
        _saved, sender=Article.related.through, dispatch_uid="news.page_cache"
    )


def _saved(sender: Any, instance: Any, created: bool = False, **_signal: Any) -> None:
    from news.models import Picture

    if created and isinstance(instance, Picture):
        return  # nobody shows it so far
    if _has_been_public(instance):
        refresh_site()


def _deleted(sender: Any, instance: Any, **_signal: Any) -> None:
    from news.models import Article

    if not _has_been_public(instance):
        return
    refresh_site(forget=isinstance(instance, Article))
    if article_id := getattr(instance, "article_id", None):
        refresh_article(article_id, forget=True)


def _has_been_public(instance: Any) -> bool:
    """False for a draft and what belongs to it: writing one changes no public page."""
    from news.models import Article

    article = instance
    if not isinstance(instance, Article):
        article = instance._state.fields_cache.get("article")  # without a query
    return not isinstance(article, Article) or article.published_at is not None

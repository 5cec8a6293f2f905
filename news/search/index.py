"""Keeps the documents in step with the articles.

``update()`` runs after every save of an article, in its transaction, whoever saves it: the
admin, a verb, an import, the shell. What goes past ``save()`` — ``queryset.update()`` of a text,
``bulk_create()`` — calls for ``manage.py rebuild_search``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import router, transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save

from news.languages import LANGUAGES
from news.models import Article
from news.search import frequencies
from news.search.analysis import VERSION, document_terms, tokens
from news.search.documents import SearchDocument, key_of, place_terms
from news.search.text import plain_text

# A term again under a second letter says where the word stands, or that it comes up often.
HEADLINE, LEAD, OFTEN = "t", "l", "m"
OFTEN_TIMES = 3
MARKED_KINDS = "skvre"  # the first-class ones
FIELD_BREAK = "¶"  # phrases do not run from one field into the next
# What one document may hold: tsvector ends at 1 MB, and no reader at 20 000 words.
MAX_WORDS = 20_000
UNCOUNTED = 0.01  # the share of articles that a rebuild may redo without counting terms anew
LOOKED_AT_ONCE, LOCKED_AT_ONCE = 200, 20


def connect() -> None:
    """Called once, when the application is ready."""
    post_save.connect(_article_saved, sender=Article, dispatch_uid="news.search")


def _article_saved(instance: Article, **_kwargs: Any) -> None:
    update(instance)


@transaction.atomic
def update(article: Article, *, counted: bool = True) -> None:
    """Make the article's documents what its texts are now."""
    wanted = {document.key: document for document in _documents(article)}
    stored = {d.key: d for d in SearchDocument.objects.filter(article_id=article.pk)}
    if outdated := stored.keys() - wanted.keys():
        SearchDocument.objects.filter(key__in=outdated).delete()
    changed = [d for key, d in wanted.items() if key not in stored or _differ(d, stored[key])]
    if changed:
        SearchDocument.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["article", "language", "version", "length", "words", "terms"],
        )
    if counted and frequencies.is_sampled(article.pk):
        old = [d for key, d in stored.items() if key not in wanted or wanted[key] in changed]
        _count_later(frequencies.difference(old, changed))


def _count_later(changes: Mapping[str, int]) -> None:
    using = router.db_for_write(SearchDocument)
    transaction.on_commit(lambda: frequencies.add(using, changes), using=using, robust=True)


class Progress(NamedTuple):
    seen: int
    total: int
    redone: int
    last: int  # article looked at


def rebuild(*, everything: bool = False, after: int = 0) -> Iterator[Progress]:
    """Redo what is missing or left by another analyser, or everything; yields after each batch.

    May be stopped at any moment: what is done is known by its version, so that the next run
    goes on from there, and of ``everything`` by the last article, ``after`` which to go on.
    Articles are locked a few at a time, so that no save is overwritten.
    """
    articles = Article.objects.filter(pk__gt=after)
    total, seen, redone, last = articles.count(), 0, 0, after
    yield Progress(seen, total, redone, last)
    while batch := list(_next(articles, last)):
        outdated = batch if everything else _outdated(batch)
        for start in range(0, len(outdated), LOCKED_AT_ONCE):
            with transaction.atomic():
                chosen = Article.objects.filter(pk__in=outdated[start : start + LOCKED_AT_ONCE])
                for article in chosen.order_by("pk").select_for_update(of=("self",)):
                    update(article, counted=False)
                    redone += 1
        last, seen = batch[-1], seen + len(batch)
        yield Progress(seen, max(seen, total), redone, last)
    if redone > total * UNCOUNTED:
        frequencies.recount(router.db_for_write(SearchDocument))


def _outdated(articles: list[int]) -> list[int]:
    """Articles without documents, and with documents of another analyser."""
    versions = defaultdict(set)
    stored = SearchDocument.objects.filter(article__in=articles)
    for article, version in stored.values_list("article_id", "version"):
        versions[article].add(version)
    return [article for article in articles if versions[article] != {VERSION}]


def _next(articles: QuerySet, last: int) -> QuerySet:
    return articles.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT_ONCE]


def _documents(article: Article) -> Iterator[SearchDocument]:
    moment = article.published_at or article.created_at
    for language in LANGUAGES:
        text = article.text_in(language)
        fields = [text.headline, text.lead, plain_text(text.body), text.byline]
        if any(fields):
            yield _document(key_of(article.pk, language, moment), article, language, fields)


def _document(key: int, article: Article, language: str, fields: list[str]) -> SearchDocument:
    words = [[token.word for token in tokens(field)] for field in fields]
    headline, lead = words[:2]
    times = Counter(word for field in words for word in field[:MAX_WORDS])
    often = [word for word, number in times.items() if number >= OFTEN_TIMES]
    terms = _terms(times, language) | place_terms(key, article.section_id)
    for mark, marked in ((HEADLINE, headline), (LEAD, lead), (OFTEN, often)):
        terms |= {mark + term for term in _terms(marked, language) if term[0] in MARKED_KINDS}
    in_order = f" {FIELD_BREAK} ".join(" ".join(field[:MAX_WORDS]) for field in words)
    return SearchDocument(
        key=key,
        article=article,
        language=language,
        version=VERSION,
        length=times.total(),
        words=f" {in_order} ",
        terms=" ".join(sorted(terms)),
    )


def _terms(words: Iterable[str], language: str) -> set[str]:
    return set().union(*(document_terms(word, language) for word in words))


def _differ(one: SearchDocument, other: SearchDocument) -> bool:
    return (one.version, one.words, one.terms) != (other.version, other.words, other.terms)

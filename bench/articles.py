"""The rows of the n-th thousand articles, the same at every run: texts, dates, comments, index."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.texts import LANGUAGES, SURNAMES, Piece, Pool, surname
from comments.models import Comment
from news.models import Article
from news.search import index
from news.search.analysis import VERSION, document_terms
from news.search.documents import SearchDocument, key_of, place_terms

CHUNK = 1000
YEARS = {2_000: 5, 100_000: 15, 1_000_000: 30}
COMMENTED_EVERY, COMMENTS = 100, 20
LONG_EVERY = 50
MAX_QUEUE = 100_000

Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What there is to load: so many articles, spread over the years up to ``now``."""

    articles: int
    first: int
    sections: list[int]
    pictures: list[int]
    officer: int
    now: datetime

    @property
    def years(self) -> int:
        return next((y for most, y in YEARS.items() if self.articles <= most), max(YEARS.values()))

    def moment(self, place: int) -> datetime:
        """Evenly, the last one a minute ago; a little pushed about, never past its neighbours."""
        step = timedelta(days=365.25 * self.years) / self.articles
        return self.now - timedelta(minutes=1) - step * (self.articles - 1 - place)

    @property
    def queue(self) -> int:
        return min(self.articles // 10, MAX_QUEUE)


def rows(plan: Plan, pool: Pool, chunk: int) -> tuple[list[Row], list[Row], list[Row]]:
    """Articles, search documents and comments of a chunk."""
    random = Random(f"chunk {chunk}")
    articles: list[Row] = []
    documents: list[Row] = []
    comments: list[Row] = []
    for place in range(chunk * CHUNK, min((chunk + 1) * CHUNK, plan.articles)):
        row, pieces = _article(plan, pool, place, random)
        articles.append(row)
        documents += _documents(row, pieces)
        comments += _comments(plan, pool, row, place, random)
    return articles, documents, comments


Pieces = dict[str, tuple[Piece, Piece, list[list[Piece]]]]


def _article(plan: Plan, pool: Pool, place: int, random: Random) -> tuple[Row, Pieces]:
    moment = plan.moment(place)
    status, published_at, withdrawn_at = Article.Status.PUBLISHED, moment, None
    newest = plan.articles - 1 - place
    chance = random.random()
    if newest in (3, 7, 11):  # a few that wait for their moment
        published_at = plan.now + timedelta(days=1 + newest)
    elif chance < 0.004:
        status, published_at = Article.Status.DRAFT, None
    elif chance < 0.005 or newest in (5, 9, 13):
        status, published_at = Article.Status.IN_REVIEW, None
    elif chance < 0.01:
        status, withdrawn_at = Article.Status.WITHDRAWN, moment + timedelta(days=1)
    elif chance < 0.012:
        status = Article.Status.REMOVED
    # The newest with comments is what the bench opens: public, long, in both languages.
    shown = place % COMMENTED_EVERY == COMMENTED_EVERY - 1
    if shown:
        status, published_at, withdrawn_at = Article.Status.PUBLISHED, moment, None
    long = shown or place % LONG_EVERY == 0
    said_by = surname(int(SURNAMES * random.random() ** 3))
    pieces: Pieces = {}
    for language, share in (("ru", 1), ("kk", 1 if shown else 0.85), ("en", 0.03)):
        if random.random() > share:
            continue
        sentences = [
            pool.sentence(language, random)
            for _ in range(random.randint(10, 14) if long else random.randint(2, 3))
        ]
        sentences.insert(1, pool.said(language, said_by, moment.day))
        pieces[language] = (
            pool.headline(language, random),
            pool.sentence(language, random),
            [sentences[start : start + 3] for start in range(0, len(sentences), 3)],
        )
    row: Row = {
        "id": plan.first + place,
        "section_id": plan.sections[int(len(plan.sections) * random.random() ** 1.5)],
        "main_picture_id": random.choice(plan.pictures) if shown or random.random() < 0.7 else None,
        "status": status.value,
        "published_at": published_at,
        "updated_at": moment,
        "created_at": moment - timedelta(hours=2),
        "created_by_id": plan.officer,
        "withdrawn_at": withdrawn_at,
    }
    for language in LANGUAGES:
        headline, lead, paragraphs = pieces.get(language, (None, None, []))
        row[f"headline_{language}"] = headline.bare if headline else ""
        row[f"lead_{language}"] = lead.bare if lead else ""
        row[f"body_{language}"] = "\n".join(
            f"<p>{' '.join(piece.html for piece in paragraph)}</p>" for paragraph in paragraphs
        )
    return row, pieces


def _documents(row: Row, pieces: Pieces) -> Iterator[Row]:
    moment = row["published_at"] or row["created_at"]
    for language, (headline, lead, paragraphs) in pieces.items():
        body = [piece for paragraph in paragraphs for piece in paragraph]
        everything = [headline, lead, *body]
        times = Counter(word for piece in everything for word in piece.words)
        often: set[str] = set()
        for word, number in times.items():
            if number >= index.OFTEN_TIMES:
                often |= document_terms(word, language)
        terms = set().union(*(piece.terms for piece in everything))
        for mark, marked in (
            (index.HEADLINE, headline.terms),
            (index.LEAD, lead.terms),
            (index.OFTEN, often),
        ):
            terms |= {mark + term for term in marked if term[0] in index.MARKED_KINDS}
        key = key_of(row["id"], language, moment)
        terms |= place_terms(key, row["section_id"])
        fields = [headline.words, lead.words, [w for piece in body for w in piece.words], []]
        in_order = f" {index.FIELD_BREAK} ".join(" ".join(words) for words in fields)
        yield {
            "key": key,
            "article_id": row["id"],
            "language": language,
            "version": VERSION,
            "length": times.total(),
            "words": f" {in_order} ",
            "terms": " ".join(sorted(terms)),
        }


def _comments(plan: Plan, pool: Pool, row: Row, place: int, random: Random) -> Iterator[Row]:
    if place % COMMENTED_EVERY == COMMENTED_EVERY - 1:
        for number in range(COMMENTS):
            sent_at = min(row["created_at"] + timedelta(hours=3 + number), plan.now)
            yield _comment(pool, row["id"], number, Comment.Status.APPROVED, sent_at, random)
    # The queue lies under the newest articles: one each, as far as it reaches.
    if plan.articles - place <= plan.queue and row["status"] == Article.Status.PUBLISHED:
        sent_at = plan.now - timedelta(days=30) * ((plan.articles - place) / plan.queue)
        yield _comment(pool, row["id"], COMMENTS, Comment.Status.PENDING, sent_at, random)


def _comment(
    pool: Pool,
    article: int,
    number: int,
    status: Comment.Status,
    sent_at: datetime,
    random: Random,
) -> Row:
    name, text, language = random.choice(pool.comments)
    return {
        "article_id": article,
        "author_name": name,
        "text": text,
        "language": language,
        "status": status.value,
        "created_at": sent_at,
        "sender_hash": f"{random.getrandbits(256):064x}",
        "submission_key": uuid.UUID(int=random.getrandbits(128), version=4),
        "receipt_code": f"{article:08d}{number:04d}",  # unique; nobody looks these up
        "receipt_token": f"{random.getrandbits(96):024x}",
    }


def differences(articles: Iterable[Row], documents: Iterable[Row]) -> list[str]:
    """Where composed documents are not what the portal itself would store: for a sample."""
    composed = {row["key"]: row for row in documents}
    wrong = []
    for row in articles:
        article = Article(**{k: v for k, v in row.items() if v is not None})
        for document in index._documents(article):
            stored = composed.get(document.key, {})
            wrong += [
                f"{name} of {document}"
                for field in SearchDocument._meta.concrete_fields
                if (name := field.attname) and stored.get(name) != getattr(document, name)
            ]
    return wrong

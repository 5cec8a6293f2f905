"""Does the search find the article? Measured on a corpus of our own, and equal on both databases.

``search_corpus.json`` holds short articles and queries with their right articles;
``search_corpus.expected.json`` the answers that SQLite and PostgreSQL must both give. After an
intended change of the analysis or of the score write it anew: ``SEARCH_EXPECTED=write pytest …``.
"""

import json
import os
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.models import Article, Section
from news.search import index
from news.search.query import search

CORPUS = json.loads((Path(__file__).parent / "search_corpus.json").read_text())
EXPECTED = Path(__file__).parent / "search_corpus.expected.json"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
# A little under what is reached: a change that loses articles has to say so.
FIRST, AMONG_TEN = 0.98, 0.985


@pytest.fixture
def corpus(db):
    """Key → article, indexed; ids are given, because they are part of the order."""
    section = Section.objects.create(slug="district", title_kk="Аудан", title_ru="Район")
    articles = {}
    for number, entry in enumerate(CORPUS["articles"], start=1000):
        texts = {}
        for language in ("kk", "ru", "en"):
            headline, body = entry.get(language, ("", ""))
            texts |= {f"headline_{language}": headline, f"body_{language}": body}
        article = Article.objects.create(
            pk=number,
            section=section,
            status=Article.Status.PUBLISHED,
            published_at=NOW - timedelta(days=entry["day"]),
            **texts,
        )
        index.update(article)
        articles[entry["key"]] = article
    return articles


def answers(corpus):
    keys = {article.pk: key for key, article in corpus.items()}
    found = {}
    for entry in CORPUS["queries"]:
        results = search(entry["query"], articles=Article.objects.published(), at=NOW)
        found[entry["query"]] = [f"{keys[hit.article_id]}-{hit.language}" for hit in results.hits]
    return found


def test_right_articles_are_found_and_both_databases_agree(corpus, capsys):
    found = answers(corpus)
    first, ten, by_kind = [], [], defaultdict(list)
    for entry in CORPUS["queries"]:
        best = [hit.split("-")[0] for hit in found[entry["query"]][:10]]
        right = set(entry["articles"])
        first.append(bool(best) and best[0] in right)
        ten.append(len(right.intersection(best)) / len(right))
        by_kind[entry["kind"]].append(ten[-1])
    with capsys.disabled():
        lines = [f"{kind} {sum(x) / len(x):.2f} ({len(x)})" for kind, x in by_kind.items()]
        print(  # noqa: T201 - the figure is what this test is for
            f"\n{len(first)} queries, first right {sum(first) / len(first):.3f}, "
            f"recall@10 {sum(ten) / len(ten):.3f}; " + ", ".join(lines)
        )
    if os.environ.get("SEARCH_EXPECTED") == "write":
        EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n")
    assert sum(first) / len(first) >= FIRST
    assert sum(ten) / len(ten) >= AMONG_TEN
    assert found == json.loads(EXPECTED.read_text())

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
from statistics import mean

import pytest

from news.models import Article, Section
from news.search import frequencies, index, matching, query
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


def quality(found):
    """How often the first is right, how many of the right ones are among ten; these by kind."""
    first, ten, by_kind = [], [], defaultdict(list)
    for entry in CORPUS["queries"]:
        best = [hit.split("-")[0] for hit in found[entry["query"]][:10]]
        right = set(entry["articles"])
        first.append(bool(best) and best[0] in right)
        ten.append(len(right.intersection(best)) / len(right))
        by_kind[entry["kind"]].append(ten[-1])
    return mean(first), mean(ten), by_kind


def test_right_articles_are_found_and_both_databases_agree(corpus, capsys):
    found = answers(corpus)
    first, ten, by_kind = quality(found)
    with capsys.disabled():
        lines = [f"{kind} {mean(shares):.2f} ({len(shares)})" for kind, shares in by_kind.items()]
        print(  # noqa: T201 - the figure is what this test is for
            f"\n{len(found)} queries, first right {first:.3f}, "
            f"recall@10 {ten:.3f}; " + ", ".join(lines)
        )
    if os.environ.get("SEARCH_EXPECTED") == "write":
        EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n")
    assert first >= FIRST
    assert ten >= AMONG_TEN
    assert found == json.loads(EXPECTED.read_text())


def test_what_is_found_by_counts_and_among_the_newest_is_no_worse(corpus, monkeypatch):
    """As in a large archive: words are weighed by counts, most are sought in part of the corpus."""
    monkeypatch.setattr(frequencies, "SAMPLE", 1)
    monkeypatch.setattr(frequencies, "COUNTED", 100)
    monkeypatch.setattr(query, "COMMON", 5)
    frequencies.recount("default")
    first, ten, _by_kind = quality(answers(corpus))
    assert first >= FIRST
    assert ten >= AMONG_TEN


def test_bounded_searches_find_of_the_newest_what_exhaustive_ones_find(corpus, monkeypatch):
    """Whatever the corpus is asked, and however early the looking back ends."""
    monkeypatch.setattr(frequencies, "SAMPLE", 1)
    monkeypatch.setattr(frequencies, "COUNTED", 100)
    frequencies.recount("default")
    everything = Article.objects.published()

    def asked():
        return {
            entry["query"]: search(entry["query"], articles=everything, at=NOW, order="newest")
            for entry in CORPUS["queries"]
        }

    exhaustive = asked()
    monkeypatch.setattr(matching, "REACH", 3)
    bounded = asked()
    cut = [text for text in bounded if not bounded[text].is_exact and exhaustive[text].is_exact]
    assert cut
    for text in bounded:
        # With all words in both: bounded leaves out the old, and never says that it did not.
        if bounded[text].has_all_words and exhaustive[text].total >= query.HARDLY_ANY:
            found = bounded[text].hits
            missing = [hit for hit in exhaustive[text].hits if hit not in found]
            assert set(found) <= set(exhaustive[text].hits), text
            assert not missing or not bounded[text].is_exact, text

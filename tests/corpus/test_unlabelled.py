"""The unlabelled articles in ``fixtures/unlabelled`` are readable, differ, and share nothing with a test set."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from claimcheck.corpus import walk
from claimcheck.corpus.overlap import NGRAM, ngrams

ROOT = Path(__file__).parents[2]
FILE = ROOT / "fixtures" / "unlabelled" / "articles.jsonl"
sys.path.insert(0, str(ROOT / "benchmarks"))

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the articles do not come with a source distribution")

LEAK = 0.02
"""Share of an article's 5-grams in the held-out articles that is chance: dates, offices, turns of phrase."""


@pytest.fixture(scope="module")
def articles() -> list[dict[str, str]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_each_is_an_article_of_its_own(articles: list[dict[str, str]]) -> None:
    assert len({a["id"] for a in articles}) == len(articles) >= 100
    seen: dict[str, str] = {}
    for article in articles:
        assert set(article) == {"id", "text"}
        assert 150 <= len(article["text"].split()) <= 1000, article["id"]
        grams = ngrams(article["text"], 8)
        shared = [seen[g] for g in grams if g in seen]
        assert len(shared) <= 5, (article["id"], set(shared))
        seen |= dict.fromkeys(grams, article["id"])


def test_they_share_nothing_with_the_held_out_articles(articles: list[dict[str, str]]) -> None:
    held_out = [a for a in walk(ROOT / "fixtures" / "corpus") if a.meta["split"] != "train"]
    known = set().union(*(ngrams(a.text, NGRAM) for a in held_out))
    for article in articles:
        grams = ngrams(article["text"], NGRAM)
        assert len(grams & known) <= LEAK * len(grams), article["id"]


def test_they_share_nothing_with_the_minimal_pairs(articles: list[dict[str, str]]) -> None:
    from robustness_sets import pairs as minimal_pairs  # needs the benchmarks beside the tests

    known = set().union(*(ngrams(side.text, 7) for pair in minimal_pairs() for side in pair.sides))
    for article in articles:
        assert not ngrams(article["text"], 7) & known, article["id"]

"""The unlabelled texts in ``fixtures/unlabelled`` are readable, differ, and share nothing with a test set."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from claimcheck.corpus import walk
from claimcheck.corpus.overlap import NGRAM, ngrams

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "unlabelled"
sys.path.insert(0, str(ROOT / "benchmarks"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the texts do not come with a source distribution")

LEAK = 0.02
"""Share of an article's 5-grams in the held-out articles that is chance: dates, offices, turns of phrase."""
CHANCE = 3
"""And how many of them are chance in a passage, however short."""


def _read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles() -> list[dict[str, str]]:
    return _read("articles.jsonl")


@pytest.fixture(scope="module")
def passages() -> list[dict[str, str]]:
    return _read("passages.jsonl")


def _own(text: dict[str, str]) -> str:
    """The id without what tells the two passages of a pair apart."""
    return text["id"].removesuffix("-a").removesuffix("-b")


def test_each_is_a_text_of_its_own(articles: list[dict[str, str]], passages: list[dict[str, str]]) -> None:
    texts = articles + passages
    assert len({a["id"] for a in texts}) == len(texts) >= 1000
    assert all(150 <= len(a["text"].split()) <= 1000 for a in articles)
    assert all(45 <= len(a["text"].split()) <= 180 for a in passages)
    seen: dict[tuple[str, ...], str] = {}
    for text in texts:
        assert set(text) == {"id", "text"}
        grams = ngrams(text["text"], 8)
        shared = [seen[g] for g in grams if g in seen and seen[g] != _own(text)]
        assert len(shared) <= 5, (text["id"], set(shared))
        seen |= dict.fromkeys(grams, _own(text))


def test_they_share_nothing_with_the_held_out_articles(
    articles: list[dict[str, str]], passages: list[dict[str, str]]
) -> None:
    held_out = [a for a in walk(ROOT / "fixtures" / "corpus") if a.meta["split"] != "train"]
    known = set().union(*(ngrams(a.text, NGRAM) for a in held_out))
    for text in articles + passages:
        grams = ngrams(text["text"], NGRAM)
        assert len(grams & known) <= max(LEAK * len(grams), CHANCE), text["id"]


def test_they_share_nothing_with_the_minimal_pairs(
    articles: list[dict[str, str]], passages: list[dict[str, str]]
) -> None:
    from robustness_sets import pairs as minimal_pairs  # needs the benchmarks beside the tests

    known = set().union(*(ngrams(side.text, 7) for pair in minimal_pairs() for side in pair.sides))
    for text in articles + passages:
        assert not ngrams(text["text"], 7) & known, text["id"]

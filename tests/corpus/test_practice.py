"""The practice articles in ``fixtures/practice`` are as sound as the corpus, only train, and share nothing with a test set."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from claimcheck.corpus import GoldArticle, walk
from claimcheck.corpus.check import check_all
from claimcheck.corpus.overlap import NGRAM, ngrams, words
from claimcheck.corpus.stats import statistics

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "practice"
sys.path.insert(0, str(ROOT / "benchmarks"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the articles do not come with a source distribution")

LEAK = 0.02
"""Share of an article's 5-grams in the held-out articles that is chance: dates, offices, turns of phrase."""


@pytest.fixture(scope="module")
def practice() -> list[GoldArticle]:
    return list(walk(FOLDER))


def test_the_articles_are_sound_and_only_train(practice: list[GoldArticle]) -> None:
    assert len(practice) >= 50
    assert list(check_all(practice)) == []
    assert {a.meta["split"] for a in practice} == {"train"}


def test_they_share_nothing_with_the_held_out_articles(practice: list[GoldArticle]) -> None:
    held_out = [a for a in walk(ROOT / "fixtures" / "corpus") if a.meta["split"] != "train"]
    known = set().union(*(ngrams(a.text, NGRAM) for a in held_out))
    for article in practice:
        grams = ngrams(article.text, NGRAM)
        assert len(grams & known) <= LEAK * len(grams), article.id


def test_they_share_nothing_with_the_minimal_pairs(practice: list[GoldArticle]) -> None:
    from robustness_sets import pairs as minimal_pairs  # needs the benchmarks beside the tests

    known = set().union(*(ngrams(side.text, 7) for pair in minimal_pairs() for side in pair.sides))
    for article in practice:
        for s in article.sentences:
            sentence = article.text[s.start : s.end]
            assert not ngrams(sentence, 7) & known, " ".join(words(sentence))


def test_the_readme_has_the_numbers_of_today(practice: list[GoldArticle]) -> None:
    sheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- begin stats -->\n(.*?)\n<!-- end stats -->", sheet, re.S)
    assert block is not None
    assert block[1] == statistics(practice).markdown(), (
        "run: claimcheck corpus stats fixtures/practice --into fixtures/practice/README.md"
    )

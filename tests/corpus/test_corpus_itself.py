"""The corpus that ships in ``fixtures/corpus`` keeps its own rules, and its datasheet its numbers."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from claimcheck.corpus import GoldArticle, brat, inline, walk
from claimcheck.corpus.agreement import compare
from claimcheck.corpus.annotation import SPLITS
from claimcheck.corpus.check import check_all, check_amount
from claimcheck.corpus.records import from_record, to_record
from claimcheck.corpus.split import SHARES
from claimcheck.corpus.stats import Statistics, statistics

FOLDER = Path(__file__).parents[2] / "fixtures" / "corpus"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpus does not come with a source distribution")


@pytest.fixture(scope="module")
def corpus() -> list[GoldArticle]:
    return list(walk(FOLDER))


@pytest.fixture(scope="module")
def numbers(corpus: list[GoldArticle]) -> Statistics:
    return statistics(corpus)


def test_the_corpus_has_no_inconsistency(corpus: list[GoldArticle]) -> None:
    assert [*check_all(corpus), *check_amount(corpus, 12)] == []


def test_the_corpus_is_as_large_and_as_varied_as_promised(numbers: Statistics) -> None:
    assert numbers.total.articles >= 300
    assert numbers.total.sentences >= 6000
    assert numbers.total.attributions >= 4000
    assert numbers.attributions["distinct cues"] >= 300
    assert numbers.attributions["share of cues with a form of say"] <= 0.35


def test_the_splits_have_their_shares_in_every_stratum_to_within_an_article(corpus: list[GoldArticle]) -> None:
    sizes = Counter(a.meta["stratum"] for a in corpus)
    counts = Counter((a.meta["stratum"], a.meta.get("split")) for a in corpus)
    for stratum, size in sizes.items():
        for split in SPLITS:
            assert abs(counts[stratum, split] - SHARES[split] * size) < 1, (stratum, split)


def test_every_article_survives_every_format(corpus: list[GoldArticle]) -> None:
    for article in corpus:
        assert inline.parse(inline.write(article), id=article.id) == article
        assert brat.from_ann(article.text, brat.to_ann(article), id=article.id) == article
        assert from_record(to_record(article)) == article


def test_the_datasheet_has_the_numbers_of_today(numbers: Statistics) -> None:
    sheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- begin stats -->\n(.*?)\n<!-- end stats -->", sheet, re.S)
    assert block is not None
    assert block[1] == numbers.markdown(), (
        "run: claimcheck corpus stats fixtures/corpus --into fixtures/corpus/README.md"
    )


def test_every_article_was_read_a_second_time(corpus: list[GoldArticle]) -> None:
    comparison = compare(corpus, FOLDER / "second-reading")
    assert comparison.unread == []
    assert comparison.overall.sentences == sum(len(a.sentences) for a in corpus)

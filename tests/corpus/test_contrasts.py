"""The contrast texts in ``fixtures/contrasts`` differ in one sentence a pair, and in nothing that a test set knows."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from claimcheck.corpus import GoldArticle, walk
from claimcheck.corpus.annotation import GoldSentence
from claimcheck.corpus.check import check
from claimcheck.corpus.overlap import words
from claimcheck.corpus.stats import statistics

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "contrasts"
CORPUS = ROOT / "fixtures" / "corpus"
sys.path.insert(0, str(ROOT / "benchmarks"))

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the contrasts do not come with a source distribution")


@pytest.fixture(scope="module")
def texts() -> list[GoldArticle]:
    return list(walk(FOLDER))


@pytest.fixture(scope="module")
def pairs(texts: list[GoldArticle]) -> dict[str, dict[str, GoldArticle]]:
    found: defaultdict[str, dict[str, GoldArticle]] = defaultdict(dict)
    for text in texts:
        name, _, side = text.id.rpartition("-")
        found[name][side] = text
    return dict(found)


def _read(text: GoldArticle, s: GoldSentence) -> tuple[str, str]:
    return text.text[s.start : s.end], s.label + "+opinion" * s.opinion


def _sentences(text: GoldArticle) -> set[tuple[str, ...]]:
    """The words of each sentence; a heading ("Letters") or a byline is none."""
    return {tuple(words(text.text[s.start : s.end])) for s in text.sentences if s.label != "none"}


def test_every_text_is_consistent_and_only_trains(texts: list[GoldArticle]) -> None:
    assert [message for text in texts for message in check(text)] == []
    assert {text.meta["split"] for text in texts} == {"train"}
    assert all(text.id.split("/")[0] == text.meta["stratum"].replace(" ", "-") for text in texts)


def test_a_pair_has_two_sides_which_differ_in_one_sentence_and_in_its_label(
    pairs: dict[str, dict[str, GoldArticle]],
) -> None:
    assert len(pairs) >= 100
    for name, sides in pairs.items():
        assert set(sides) == {"a", "b"}, name
        a, b = ([_read(text, s) for s in text.sentences] for text in (sides["a"], sides["b"]))
        [(one, other)] = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        assert one[1] != other[1], name


def test_every_claim_has_content_in_an_attribution(texts: list[GoldArticle]) -> None:
    for text in texts:
        contents = [fragment for a in text.attributions for fragment in a.content]
        for s in text.sentences:
            if s.label == "claim":
                assert any(s.start <= start and end <= s.end for start, end in contents), _read(text, s)


def test_no_sentence_stands_in_two_pairs(pairs: dict[str, dict[str, GoldArticle]]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for name, sides in pairs.items():
        for sentence in _sentences(sides["a"]) | _sentences(sides["b"]):
            assert seen.setdefault(sentence, name) == name, sentence


def test_no_sentence_is_one_of_dev_or_test(texts: list[GoldArticle]) -> None:
    held_out = set().union(*(_sentences(a) for a in walk(CORPUS) if a.meta["split"] != "train"))
    for text in texts:
        assert not _sentences(text) & held_out, text.id


def test_no_sentence_is_one_of_the_minimal_pairs(texts: list[GoldArticle]) -> None:
    from robustness_sets import pairs as minimal_pairs  # needs the benchmarks beside the tests

    passages = [f" {' '.join(words(side.text))} " for pair in minimal_pairs() for side in pair.sides]
    for text in texts:
        for sentence in _sentences(text):
            assert not any(f" {' '.join(sentence)} " in passage for passage in passages), sentence


def test_the_readme_has_the_numbers_of_today(texts: list[GoldArticle]) -> None:
    sheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- begin stats -->\n(.*?)\n<!-- end stats -->", sheet, re.S)
    assert block is not None
    assert block[1] == statistics(texts).markdown(), (
        "run: claimcheck corpus stats fixtures/contrasts --into fixtures/contrasts/README.md"
    )

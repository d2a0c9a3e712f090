"""Every model that ships: named as its folder, whole, small enough, with a card, and at work on the articles that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

import claimcheck
from claimcheck.article import Article
from claimcheck.corpus import GoldArticle

ROOT = Path(__file__).parent.parent
NAMES = sorted(folder.name for folder in (ROOT / "models").iterdir() if folder.is_dir())
LIMITS = {"claimcheck-en": 30_000_000, "claimcheck-en-lg": 60_000_000}
"""Bytes that a graph may have."""


def test_a_limit_is_set_for_every_model() -> None:
    assert set(NAMES) <= set(LIMITS)
    assert "claimcheck-en" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_model_that_ships(name: str, articles: list[GoldArticle]) -> None:
    folder = ROOT / "models" / name
    assert (folder / "model.onnx").stat().st_size <= LIMITS[name]
    card = (folder / "README.md").read_text(encoding="utf-8")
    checker = claimcheck.load(name)
    assert checker.model.config.name == name
    assert card.startswith(f"# {name} {checker.model.config.version}\n")
    right = of = 0
    for gold in articles:
        report = checker.check(Article(text=gold.text, id=gold.id))
        said = {(s.start, s.end): s.label for s in report.sentences}
        for sentence in gold.sentences:
            of += 1
            right += said.get((sentence.start, sentence.end)) == sentence.label
    # One label for all would be right of about half; a graph whose numbers went wrong on the way is no better.
    assert of > 100
    assert right / of > 0.7

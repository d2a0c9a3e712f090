"""Learning what a network's word on antecedents is worth: from articles that it has not seen, and nothing else with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from claimcheck.paragraphs import Span
from claimcheck.speakers import antecedents
from claimcheck.speakers.antecedents import HAND_SET
from claimcheck.training.antecedents import FEWEST, POINTED, Example, accuracy, main, point, read, unseen
from claimcheck.training.coreference import gap, gum
from claimcheck.training.pointers import reader, unread

TEXT = "Ingrid Vale met Martha Quill in Oslo. Then she left."
ARTICLE = """+++
stratum = "local news"
variety = "British"
desk = "news"
split = "SPLIT"

[speakers.vale]
name = "Ingrid Vale"
kind = "named_person"
+++

claim vale | {src1=vale|Ingrid Vale} {cue1|said} {con1|the ferry was late}.
"""


class Rightly:
    """Points at one place for every question."""

    def __init__(self, start: int) -> None:
        self.start = start

    def logits(self, reference: Span, mentions: Sequence[Span]) -> list[float]:
        return [5.0 if m[0] == self.start else -5.0 for m in mentions]


def examples(number: int) -> list[Example]:
    """References for which the network is right and the other clue wrong."""
    return [
        Example([{"subject": 1.0, "network": -2.0}, {"network": 2.0, "network_best": 1.0}, {"new": 1.0}], [1])
        for _ in range(number)
    ]


def test_weights_of_the_network_are_learned_and_all_others_stay() -> None:
    base = {"he": {"subject": 1.5, "new": 0.5}}
    weights = point(base, {"he": examples(FEWEST)}, lambda _: None)["he"]
    assert weights["network"] > 0
    assert {k: w for k, w in weights.items() if k not in POINTED} == base["he"]
    assert accuracy(examples(1), base["he"]) == 0
    assert accuracy(examples(1), weights) == 1


def test_a_type_without_references_learns_from_the_others() -> None:
    base = {"he": {"subject": 1.5}, "it": {"subject": 1.0}, "empty": {"previous": 3.0}}
    weights = point(base, {"he": examples(FEWEST)}, lambda _: None)
    assert weights["it"]["network"] > 0
    assert weights["empty"] == base["empty"]


def test_few_references_teach_nothing() -> None:
    base = {"he": {"subject": 1.5, "new": 0.5}}
    untold = [Example([{"subject": 1.0}, {"new": 1.0}], [0])] * FEWEST
    assert point(base, {"he": examples(FEWEST - 1) + untold}, lambda _: None) == base


@pytest.mark.parametrize("right", ["Ingrid Vale", "Martha Quill"])
def test_gap_is_read_with_the_word_of_a_network(right: str) -> None:
    candidates = [
        {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "antecedent": name == right}
        for name in ("Ingrid Vale", "Martha Quill")
    ]
    record = {"text": TEXT, "pronoun": [43, 46], "candidates": candidates}
    weights = {kind: {"network": 1.0} for kind in HAND_SET}
    (found,) = gap([record], weights, lambda text, sentences: Rightly(TEXT.index(right)))
    assert [antecedents.best(found.candidates, weights["silent"])] == found.right


def test_gum_and_articles_are_read_with_the_word_of_a_network() -> None:
    gold = [(0, 11, 1), (16, 28, 2), (43, 46, 1)]
    mentions = [{"start": a, "end": b, "cluster": c, "type": "person"} for a, b, c in gold]
    sentences = [{"start": 0, "end": 37, "label": "fact", "speakers": []}, {"start": 38, "end": 52, "label": "fact", "speakers": []}]  # fmt: skip
    told = list(gum([{"text": TEXT, "sentences": sentences, "mentions": mentions}], HAND_SET, lambda *_: Rightly(0)))
    assert [c.candidates[k]["network"] for c in told for k in c.right] == [5.0]
    article = {
        "id": "a",
        "text": "Ingrid Vale met Martha Quill in Oslo. She said the ferry was late.",
        "sentences": [{"start": 38, "end": 66, "label": "claim", "speakers": ["Ingrid Vale"]}],
        "attributions": [{"source": [[38, 41]], "cue": [[42, 46]], "content": [[47, 65]]}],
    }
    found = unseen([article], told, HAND_SET, lambda *_: Rightly(0))
    assert {kind: len(e) for kind, e in found.items()} == {"he": 1, "silent": 1}
    assert all(e.candidates[k]["network"] == 5.0 for kind in found for e in found[kind] for k in e.right)


def test_the_test_split_of_our_corpus_is_not_learned_from(tmp_path: Path) -> None:
    (tmp_path / "local-news").mkdir()
    for split in ("train", "dev", "test"):
        path = tmp_path / "local-news" / f"{split}.txt"
        path.write_text(ARTICLE.replace("SPLIT", split), encoding="utf-8")
    assert {r["meta"]["split"] for r in read([], [str(tmp_path)])} == {"train", "dev"}


def test_a_model_folder_is_read_as_the_checker_reads_it(tiny_model: Path) -> None:
    sentences = [(0, 37), (38, 52)]
    pointer = reader(tiny_model)(TEXT, sentences)
    assert pointer is not None
    logits = pointer.logits((43, 46), [(0, 11), (16, 28)])
    assert len(set(logits)) == 2
    assert all(logits)
    assert reader(None) is unread
    assert unread(TEXT, sentences) is None


def test_learning_with_a_model_writes_weights(tmp_path: Path, tiny_model: Path) -> None:
    article: dict[str, Any] = {
        "id": "a",
        "text": TEXT,
        "sentences": [{"start": 0, "end": 37, "label": "fact", "speakers": []}],
        "attributions": [{"source": [], "cue": [], "content": [[0, 36]]}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    out = tmp_path / "weights.json"
    assert main([str(tmp_path / "gold.jsonl"), "--all", "--model", str(tiny_model), "--out", str(out)]) == 0
    assert set(json.loads(out.read_text(encoding="utf-8"))["weights"]) == set(antecedents.TYPES)

"""Annotation apart from its text: not a word of it in the record, and nothing lost."""

from __future__ import annotations

import json

import pytest

from claimcheck.corpus import GoldArticle, to_record
from claimcheck.corpus.standoff import apart, digest, joined


def test_nothing_is_lost_and_no_word_is_kept(articles: list[GoldArticle]) -> None:
    for article in articles:
        record = to_record(article)
        kept = apart(record)
        again = joined(json.loads(json.dumps(kept)), article.text)
        assert [s | {"opinion": s["opinion"] or s["label"] == "opinion"} for s in again["sentences"]] == record[
            "sentences"
        ]
        assert again["attributions"] == record["attributions"]
        written = json.dumps(kept["sentences"]) + json.dumps(kept.get("attributions"))
        names = {name for s in record["sentences"] for name in s["speakers"]} - {"AUTHOR", "UNKNOWN"}
        assert not [name for name in names if name in written]


def test_labels_alone_stay_labels_alone() -> None:
    text = "Rain fell. It will end badly."
    record = {
        "id": "a",
        "text": text,
        "sentences": [
            {"start": 0, "end": 10, "label": "fact", "speakers": [], "hard": True},
            {"start": 11, "end": 29, "label": "opinion", "speakers": [], "opinion": True},
        ],
    }
    kept = apart(record)
    assert "attributions" not in kept
    assert "attributions" not in joined(kept, text)
    assert [s["hard"] for s in joined(kept, text)["sentences"]] == [True, False]


def test_another_text_is_refused() -> None:
    record = {"id": "a", "sha256": digest("Rain fell."), "sentences": []}
    with pytest.raises(ValueError, match="another text"):
        joined(record, "Rain fell .")


def test_a_name_that_the_text_has_not_is_refused() -> None:
    sentences = [{"start": 0, "end": 10, "label": "claim", "speakers": ["Nobody"]}]
    with pytest.raises(ValueError, match="Nobody"):
        apart({"id": "a", "text": "Rain fell.", "sentences": sentences})

"""Pronouns made from names: what is masked, what is not, and that the record says where the name was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.training import chains, masked_names

INTRODUCED = "Mr. Tom Arkwright met Mr. Luis Belmonte at the mill. "


def shown(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each record's passage with its pronoun in brackets, the name it stands for, and the other one."""
    result = []
    for r in masked_names.passages(text):
        (a, b), passage = r["pronoun"], r["text"]
        names = {c["antecedent"]: passage[c["start"] : c["end"]] for c in r["candidates"]}
        result.append((f"{passage[:a]}[{passage[a:b]}]{passage[b:]}", names.get(True), names.get(False)))
    return result


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("Arkwright said the wheel was his.", "[He] said the wheel was his."),
        ("Last week Mr. Belmonte's wheel broke.", None),
        ("The wheel that Arkwright sold broke.", None),
        ("The owner of Arkwright's mill was absent.", "The owner of [his] mill was absent."),
        ("Nobody spoke to Arkwright.", "Nobody spoke to [him]."),
        ("Nobody spoke to Arkwright supporters.", None),
        ("Arkwright and others left.", None),
        ("Arkwright, a miller, left.", None),
    ],
)
def test_a_name_that_comes_again_is_masked_where_a_pronoun_can_stand(sentence: str, masked: str | None) -> None:
    found = [x for x in shown(INTRODUCED + sentence) if x[1] == "Tom Arkwright"]
    assert found == ([(INTRODUCED + masked, "Tom Arkwright", "Luis Belmonte")] if masked else [])


def test_a_woman_is_she_and_her() -> None:
    text = "Mrs. Ana Sousa met Mrs. Eva Lindqvist at the mill. Sousa said it was late. Nobody had spoken to Lindqvist."
    assert [x[0].split("mill. ")[1] for x in shown(text)] == [
        "[She] said it was late. Nobody had spoken to Lindqvist.",
        "Sousa said it was late. Nobody had spoken to [her].",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Arkwright spoke at the mill. Arkwright said it was late.",  # nobody else
        "Tom Arkwright met Mrs. Ana Sousa. Arkwright said it was late.",  # nobody else whom "he" could mean
        "Xyqu Arkwright met Luis Belmonte. Arkwright said it was late.",  # a man or a woman?
        "",
    ],
)
def test_where_nothing_can_be_mistaken_nothing_is_masked(text: str) -> None:
    assert shown(text) == []


def test_as_many_are_made_of_an_article_as_it_says_and_always_the_same() -> None:
    again = "Belmonte said it was not. Arkwright said the wheel was his. Arkwright said so. "
    text = INTRODUCED + again * 9
    first = list(masked_names.passages(text))
    assert len(first) == masked_names.AN_ARTICLE
    assert first == list(masked_names.passages(text))


def test_the_records_are_read_as_those_of_gap_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [f"t/{k}" for k in range(40)]
    file = tmp_path / "articles.jsonl"
    text = INTRODUCED + "Arkwright said the wheel was his."
    file.write_text("".join(json.dumps({"id": id, "text": text}) + "\n" for id in ids), encoding="utf-8")
    assert masked_names.main([str(file)]) == 0
    records: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(records) == len({r["id"] for r in records}) == len(ids)
    read = list(chains.gap(records))
    assert read
    for article in read:
        assert [(article["text"][a:b], article["text"][c:d]) for a, b, c, d in article["antecedents"]] == [
            ("He", "Tom Arkwright")
        ]

"""The annotation in fixtures/standoff: sound, and without a word of anybody's text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.corpus.annotation import LABELS, ROLES
from claimcheck.corpus.standoff import joined

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted((FIXTURES / "standoff").glob("*.jsonl"))


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_record_holds_places_and_nothing_else(path: Path) -> None:
    words = {*LABELS, "AUTHOR", "UNKNOWN"}

    def strings(value: object) -> set[str]:
        if isinstance(value, dict):
            return set().union(*map(strings, value.values()), set())
        if isinstance(value, list):
            return set().union(*map(strings, value), set())
        return {value} if isinstance(value, str) else set()

    for record in records(path):
        assert strings([record["sentences"], record.get("attributions", [])]) <= words
        last = 0
        for s in record["sentences"]:
            assert last <= s["start"] < s["end"]
            assert bool(s["speakers"]) == (s["label"] == "claim"), (record["id"], s)
            last = s["end"]
        for a in record.get("attributions", []):
            assert a["content"], record["id"]
            assert all(0 <= start < end <= last for role in ROLES for start, end in a.get(role, []))


def test_the_passages_are_those_in_the_repository() -> None:
    texts = {r["id"]: r["text"] for r in records(FIXTURES / "unlabelled" / "passages.jsonl")}
    annotated = records(FIXTURES / "standoff" / "passages.jsonl")
    assert {r["id"] for r in annotated} == set(texts)
    for record in annotated:
        for s in joined(record, texts[record["id"]])["sentences"]:
            assert all(name in texts[record["id"]] for name in s["speakers"] if name not in ("AUTHOR", "UNKNOWN"))

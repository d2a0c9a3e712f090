"""Reports as tables: nothing is lost, and the tables join."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bulk_articles import news

from claimcheck import report
from claimcheck.article import Article
from claimcheck.bulk import tables
from claimcheck.bulk.write import Tables
from claimcheck.checker import Checker
from claimcheck.report import Report, Span

Frames = dict[str, list[dict[str, Any]]]
TEXT = "“Rain,” said Ada Brandt. “And hail,” she went on, citing the town’s log."


def by_hand() -> Report:
    """A report in which every field of the contract holds something."""
    return Report(
        schema=report.SCHEMA,
        id="hand",
        title="Weather",
        text=TEXT,
        sentences=[
            report.Sentence(0, 24, "claim", report.Scores(0.1, 0.8, 0.1), [0]),
            report.Sentence(25, len(TEXT), "claim", report.Scores(0.25, 0.5, 0.25), [1]),
        ],
        claims=[
            report.Claim(0, "direct", 0.9, [Span(0, 7)], Span(8, 12), Span(13, 23), [0]),
            report.Claim(1, "mixed", 0.5, [Span(25, 36), Span(50, 56)], None, None, [0, 1]),
        ],
        speakers=[
            report.Speaker(0, "Ada Brandt", "named_person", None, "who measured it", [Span(13, 23), Span(37, 40)], 0.4),
            report.Speaker(1, "the town’s log", "document", "log", None, [Span(57, 71)], 0.125),
        ],
        findings=[report.Finding("CC101", 0, 7, "Who says?", "warning")],
        model=report.Model("claimcheck-en", "7"),
        claimcheck="0.1.0",
    )


@pytest.fixture(scope="module")
def reports(tiny_checker: Checker) -> list[Report]:
    made = [tiny_checker.check(Article(r["id"], r["text"], title=r["title"])) for r in news(40, sentences=4)]
    return [by_hand(), *made, by_hand()]


@pytest.fixture(scope="module")
def frames(reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Frames:
    out = Tables(tmp_path_factory.mktemp("tables"), "part-0")
    for i, r in enumerate(reports):
        out.add(i, r)
    return {name: pq.read_table(path).to_pylist() for name, path in out.close().items()}


def rebuilt(frames: Frames, article: int) -> Report:
    rows = {name: [row for row in table if row["article"] == article] for name, table in frames.items()}
    (a,) = rows["articles"]

    def spans(value: list[dict[str, int]]) -> list[Span]:
        return [Span(s["start"], s["end"]) for s in value]

    def scores(row: dict[str, Any]) -> report.Scores:
        return report.Scores(row["fact"], row["claim"], row["opinion"])

    def span(row: dict[str, Any], name: str) -> Span | None:
        return None if row[f"{name}_start"] is None else Span(row[f"{name}_start"], row[f"{name}_end"])

    return Report(
        schema=report.SCHEMA,
        id=a["article_id"],
        title=a["title"],
        text=a["text"],
        sentences=[
            report.Sentence(r["start"], r["end"], r["label"], scores(r), r["claims"]) for r in rows["sentences"]
        ],
        claims=[
            report.Claim(
                id=r["claim"],
                quotation=r["quotation"],
                confidence=r["confidence"],
                content=spans(r["content"]),
                cue=span(r, "cue"),
                source=span(r, "source"),
                speakers=r["speakers"],
            )
            for r in rows["claims"]
        ],
        speakers=[
            report.Speaker(
                r["speaker"], r["name"], r["kind"], r["title"], r["justification"], spans(r["mentions"]), r["share"]
            )
            for r in rows["speakers"]
        ],
        findings=[
            report.Finding(r["rule"], r["start"], r["end"], r["message"], r["severity"]) for r in rows["findings"]
        ],
        model=report.Model(a["model"], a["model_version"]),
        claimcheck=a["claimcheck"],
    )


def test_a_report_can_be_rebuilt_from_the_tables(reports: list[Report], frames: Frames) -> None:
    for i, r in enumerate(reports):
        if "\ud83d" not in r.text:
            assert rebuilt(frames, i) == r


def test_lone_surrogates_are_replaced_one_for_one(reports: list[Report], frames: Frames) -> None:
    (i,) = (i for i, r in enumerate(reports) if "\ud83d" in r.text)
    assert frames["articles"][i]["text"] == reports[i].text.replace("\ud83d", "\ufffd")


def test_covered_words_stand_beside_the_spans(frames: Frames) -> None:
    text = {a["article"]: a["text"] for a in frames["articles"]}
    assert all(r["text"] == text[r["article"]][r["start"] : r["end"]] for r in frames["sentences"])
    hand = [r for r in frames["claims"] if r["article"] == 0]
    assert [(r["content_text"], r["cue_text"], r["source_text"]) for r in hand] == [
        ("“Rain,”", "said", "Ada Brandt"),
        ("“And hail,” citing", None, None),
    ]


def test_sentences_claims_and_speakers_join(reports: list[Report], frames: Frames) -> None:
    sentences, claims, speakers = (pd.DataFrame(frames[name]) for name in ("sentences", "claims", "speakers"))
    exploded = sentences.explode("claims").dropna(subset="claims").rename(columns={"claims": "claim_id"})
    left, right = ["article", "claim_id"], ["article", "claim"]
    joined = exploded.merge(claims, left_on=left, right_on=right, suffixes=("", "_c"))
    joined = joined.explode("speakers").dropna(subset="speakers")
    left, right = ["article", "speakers"], ["article", "speaker"]
    joined = joined.merge(speakers, left_on=left, right_on=right, suffixes=("", "_s"))
    expected = sorted(
        (i, k, c, r.speakers[s].name)
        for i, r in enumerate(reports)
        for k, sentence in enumerate(r.sentences)
        for c in sentence.claims
        for s in r.claims[c].speakers
    )
    assert sorted(zip(joined.article, joined.sentence, joined.claim_id, joined.name, strict=True)) == expected
    assert (joined.article_id == joined.article_id_c).all()
    assert (joined.article_id == joined.article_id_s).all()


@pytest.mark.parametrize("table", tables.NAMES)
def test_rows_schema_and_ddl_name_the_same_columns(table: str) -> None:
    rows = tables.rows(by_hand(), 3)[table]
    assert {tuple(row) for row in rows} == {tuple(tables.schema(table).names)}
    assert tables.schema(table).names == ["article", *tables.columns(table)]
    assert [column.split("`")[1] for column in tables.ddl(table).split(", ")] == tables.columns(table)


def test_a_part_without_any_claim_still_has_its_tables(tmp_path: Path) -> None:
    for path in Tables(tmp_path, "part-0").close().values():
        assert pq.read_table(path).num_rows == 0
        assert isinstance(pq.read_schema(path), pa.Schema)

"""A report as brat standoff, read back by a parser of brat's files."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec
import pytest

from claimcheck.render import brat
from claimcheck.report import Claim, Model, Report, Span


def read(report: Report) -> Any:
    """What bioc reads from the two files; it refuses a line that is not brat's."""
    reader = pytest.importorskip("bioc.brat", reason="bioc is not installed")
    return reader.loads(brat.text(report), brat.render(report))


def test_a_reader_of_brat_files_finds_every_span_relation_and_note(reports: dict[str, Report]) -> None:
    for report in reports.values():
        document = read(report)
        count = Counter(entity.type for entity in document.entities)
        assert count["Sentence"] == len(report.sentences)
        assert count["Content"] == len(report.claims) == len(document.notes)
        assert count["Source"] == sum(c.source is not None for c in report.claims)
        assert count["Cue"] == sum(c.cue is not None for c in report.claims)
        for entity in document.entities:
            spans = sorted((location.begin, location.end) for location in entity.locations)
            assert entity.text == " ".join(report.text[a:b] for a, b in spans)
        types = {entity.id: entity.type for entity in document.entities}
        assert len(document.relations) == count["Source"] + count["Cue"]
        for relation in document.relations:
            assert types[relation.arguments["Arg1"]] == "Content"
            assert f"Has{types[relation.arguments['Arg2']]}" == relation.type
        assert {a.refid for a in document.attributes} == {i for i, t in types.items() if t in ("Sentence", "Content")}


def test_content_in_parts_is_one_span_with_fragments(war: Report) -> None:
    claim = next(c for c in war.claims if len(c.content) == 2)
    offsets = ";".join(f"{s.start} {s.end}" for s in claim.content)
    assert f"Content {offsets}\twhich come from North Korea\n" in brat.render(war)


def test_a_span_over_several_lines_is_cut_where_lines_end() -> None:
    text = "“One\r\n  two ”\u2028 three”"
    claim = Claim(0, "direct", 1.0, [Span(0, len(text))], None, None, [])
    report = Report("claimcheck-report/1", "", None, text, [], [claim], [], [], Model("m", "1"), "0")
    (line,) = [line for line in brat.render(report).split("\n") if line.startswith("T")]
    _, where, words = line.split("\t")
    fragments = [tuple(map(int, pair.split())) for pair in where.removeprefix("Content ").split(";")]
    assert [text[a:b] for a, b in fragments] == ["“One", "two ”", "three”"]
    assert words == "“One two ” three”"


def test_labels_and_quotations_are_attributes_and_speakers_notes(war: Report) -> None:
    written = brat.render(war)
    labels = re.findall(r"^A\d+\tLabel T\d+ (\w+)$", written, re.M)
    assert labels == [s.label for s in war.sentences]
    assert re.findall(r"^A\d+\tQuotation T\d+ (\w+)$", written, re.M) == [c.quotation for c in war.claims]
    assert re.search(r"^#\d+\tAnnotatorNotes T\d+\tLithuanian media .*citing intelligence sources", written, re.M)


def test_the_configuration_names_all_types_and_values_in_use(war: Report) -> None:
    sections: dict[str, list[str]] = {}
    for line in brat.CONFIGURATION.splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = []
        elif line:
            sections[line and list(sections)[-1]].append(line)
    written = brat.render(war)
    assert {m[1] for m in re.finditer(r"^T\d+\t(\w+)", written, re.M)} <= set(sections["entities"])
    relations = {line.split()[0] for line in sections["relations"]}
    assert {m[1] for m in re.finditer(r"^R\d+\t(\w+)", written, re.M)} <= relations
    values = {line.split()[0]: line.split("Value:")[1].split("|") for line in sections["attributes"]}
    for name, value in re.findall(r"^A\d+\t(\w+) T\d+ (\w+)$", written, re.M):
        assert value in values[name]


def test_hostile_and_odd_reports_stay_standoff(hostile: Report, odd: Report) -> None:
    for report in (hostile, odd):
        document = read(report)
        assert document.entities
        for entity in document.entities:
            spans = sorted((location.begin, location.end) for location in entity.locations)
            assert entity.text == " ".join(brat.text(report)[a:b] for a, b in spans)
        for line in brat.render(report).splitlines():
            assert re.match(r"[TAR#]\d+\t", line)
        brat.render(report).encode("utf-8")


def test_offsets_hold_for_the_text_as_written(war: Report) -> None:
    with_returns = msgspec.structs.replace(war, text=war.text.replace("\n\n", "\r\n"))
    assert len(brat.text(with_returns)) == len(with_returns.text)

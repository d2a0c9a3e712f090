"""The claims as a table that a CSV reader and a spreadsheet read back."""

from __future__ import annotations

import csv
import io

from claimcheck.render import csv as table
from claimcheck.report import Report


def read(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.render(report)), strict=True))


def test_there_is_a_row_for_each_claim(reports: dict[str, Report]) -> None:
    for report in reports.values():
        rows = read(report)
        assert [row["claim"] for row in rows] == [str(c.id) for c in report.claims]
        assert all(set(row) == set(table.COLUMNS) for row in rows)


def test_a_row_says_what_the_claim_says(war: Report) -> None:
    for row, claim in zip(read(war), war.claims, strict=True):
        spans = [tuple(map(int, span.split("-"))) for span in row["content_spans"].split()]
        assert spans == [(s.start, s.end) for s in claim.content]
        assert row["content"] == " [...] ".join(war.text[a:b] for a, b in spans)
        assert row["quotation"] == claim.quotation
        if claim.source:
            assert row["source"] == war.text[int(row["source_start"]) : int(row["source_end"])]
        else:
            assert row["source"] == row["source_start"] == row["source_end"] == ""
        assert row["label"] == "claim"


def test_a_chain_is_told_outermost_first_and_the_words_are_of_the_innermost(war: Report) -> None:
    (row,) = [row for row in read(war) if " > " in row["chain"]]
    assert row["chain"] == "Lithuanian media > intelligence sources"
    assert (row["speaker"], row["kind"]) == ("intelligence sources", "unnamed_group")


def test_a_row_has_who_the_speaker_is(war: Report) -> None:
    row = next(row for row in read(war) if row["speaker"] == "crane operator")
    assert row["justification"] == "who spent the night in a grain silo"
    row = next(row for row in read(war) if row["speaker"] == "Taras Horbenko")
    assert row["title"] == "adviser to the Ukrainian president"


def test_several_reports_make_one_table(reports: dict[str, Report]) -> None:
    first, second = list(reports.values())[:2]
    rows = list(csv.DictReader(io.StringIO(table.render(first) + table.render(second, header=False))))
    assert len(rows) == len(first.claims) + len(second.claims)
    assert {row["article"] for row in rows} == {first.id, second.id}


def test_no_cell_is_a_formula_to_a_spreadsheet_nor_ends_its_line(hostile: Report, odd: Report) -> None:
    for report in (hostile, odd):
        written = table.render(report)
        assert written.count("\n") == 1 + len(report.claims)
        for row in csv.reader(io.StringIO(written), strict=True):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        written.encode("utf-8")
    assert read(hostile)[0]["speaker"].startswith("'=cmd <script>")


def test_a_claim_of_nobody_has_no_speaker(odd: Report) -> None:
    assert read(odd)[1]["speaker"] == read(odd)[1]["chain"] == ""

"""Source audits in a terminal and as tables that a CSV reader and a spreadsheet read back."""

from __future__ import annotations

import csv
import io
import time

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from claimcheck.render import sources as render
from claimcheck.report import Claim, Model, Report, Scores, Sentence, Span, Speaker
from claimcheck.sources import Audit, audit, combine


def shown(found: Audit, width: int = 80, **options: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, emoji=False, markup=False, **options)  # type: ignore[arg-type]
    render.show(found, console)
    return out.getvalue()


def read(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written), strict=True))


def crowd(number: int) -> Report:
    """A report with many speakers, each with a word more to say than the one before."""
    lines, sentences, claims, speakers, at = [], [], [], [], 0
    for i in range(number):
        name, said = f"Speaker {i}", " ".join(["yes"] * (i + 1))
        line = f"{name} said {said}"
        start = at + len(name) + 6
        sentences.append(Sentence(at, at + len(line), "claim", Scores(0, 1, 0), [i]))
        claims.append(Claim(i, "indirect", 1, [Span(start, at + len(line))], None, Span(at, at + len(name)), [i]))
        speakers.append(Speaker(i, name, "named_person", None, None, [Span(at, at + len(name))], 0))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    return Report("claimcheck-report/1", "crowd", None, text, sentences, claims, speakers, [], Model("m", "1"), "0")


def test_a_row_of_the_table_says_what_the_audit_says(war: Report) -> None:
    found = audit(war)
    rows = read(render.table([found]))
    assert [row["speaker"] for row in rows] == [v.name for v in found.speakers]
    for row, voice in zip(rows, found.speakers, strict=True):
        assert tuple(row) == render.SPEAKERS
        assert row["name"] == row["first_article"] == war.id
        assert (row["kind"], row["title"] or None) == (voice.kind, voice.title)
        assert [int(row[k]) for k in ("claims", "direct", "indirect", "mixed", "words")] == [
            voice.claims,
            voice.direct,
            voice.indirect,
            voice.mixed,
            voice.words,
        ]
        assert float(row["share"]) == voice.share
        assert voice.first
        assert war.sentences[int(row["first_sentence"])].start <= int(row["first_start"]) == voice.first.start


def test_a_row_of_balances_says_what_the_balance_says(reports: dict[str, Report]) -> None:
    audits = [audit(report) for report in reports.values()]
    for row, found in zip(read(render.balances(audits)), audits, strict=True):
        assert tuple(row) == render.BALANCE
        assert int(row["speakers"]) == len(found.speakers)
        assert int(row["attributed_words"]) == found.attributed
        for name in ("named", "unnamed", "people", "organizations", "documents", "nobody"):
            part = getattr(found.balance, name)
            assert int(row[f"{name}_words"]) == part.words
            assert float(row[f"{name}_share"]) == part.share
        assert found.balance.loudest
        assert row["loudest"] == found.balance.loudest.name


def test_several_audits_make_one_table(reports: dict[str, Report]) -> None:
    first, second = (audit(r) for r in list(reports.values())[:2])
    written = render.table([first]) + render.table([second], header=False)
    assert written == render.table([first, second])
    assert len(read(written)) == len(first.speakers) + len(second.speakers)


def test_no_cell_is_a_formula_to_a_spreadsheet_nor_ends_its_line(hostile: Report, odd: Report) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "＝1", '"=1', ",=1"]
    nasty = msgspec.structs.replace(
        hostile, speakers=[Speaker(0, n, "document", n, n, [], 0) for n in names], id="=HYPERLINK()"
    )
    for report in (hostile, odd, nasty):
        found = audit(report)
        for written, rows in ((render.table([found]), len(found.speakers)), (render.balances([found]), 1)):
            assert written.count("\n") == 1 + rows
            for row in csv.reader(io.StringIO(written), strict=True):
                assert not any(cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r")) for cell in row)
            written.encode("utf-8")
    assert read(render.table([audit(hostile)]))[0]["speaker"].startswith("'=cmd <script>")


@pytest.mark.parametrize("width", [20, 50, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    reports: dict[str, Report], hostile: Report, odd: Report, width: int
) -> None:
    wide = msgspec.structs.replace(hostile, speakers=[Speaker(0, "名" * 500, "document", "長" * 99, None, [], 0)])
    for report in (*reports.values(), hostile, odd, wide, crowd(60)):
        for found in (audit(report), combine([audit(report)] * 2, report.id)):
            assert max(cell_len(line) for line in shown(found, width).splitlines()) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_name_and_figure_can_be_read_without_colour(war: Report, width: int) -> None:
    found = audit(war)
    words = "".join(shown(found, width).split())
    for voice in found.speakers:
        assert "".join(voice.name.split()) in words
        assert "".join((voice.title or "").split()) in words
        assert "".join((voice.justification or "").split()) in words


def test_sentences_are_numbered_as_people_count() -> None:
    lines = shown(audit(crowd(3))).splitlines()
    row = next(line.split() for line in lines if line.startswith("Speaker 2"))
    assert row == ["Speaker", "2", "1", "0", "1", "0", "3", "20%", "3", "3"]


def test_colour_adds_nothing_but_colour(war: Report) -> None:
    coloured = shown(audit(war), force_terminal=True, color_system="truecolor", no_color=False)
    assert "\x1b[" in coloured
    import re

    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == shown(audit(war))


def test_an_article_does_not_steer_the_terminal(hostile: Report) -> None:
    name = "\x1b[2J\x07\u202e\u2066\ud800\x9b31m[bold]:warning:\r\nReis"
    report = msgspec.structs.replace(
        hostile, title=name, speakers=[Speaker(0, name, "document", name, name, [Span(0, 1)], 0)]
    )
    for found in (audit(report), combine([audit(report)], name)):
        written = shown(found)
        assert not set("\x1b\x07\x9b\u202e\u2066\ud800\r") & set(written)
        assert "[bold]:warning: Reis" in " ".join(written.split())
        written.encode("utf-8")


def test_who_speaks_without_a_name_has_words_in_its_place(odd: Report) -> None:
    assert "Loudest voice: speaker unknown," in shown(audit(odd))


def test_an_article_of_no_claims_says_so() -> None:
    empty = Report("claimcheck-report/1", "", None, "", [], [], [], [], Model("m", "1"), "0")
    assert shown(audit(empty)) == "article\n0 sentences, 0 words.\nNo claims, no speakers.\n"
    assert read(render.table([audit(empty)])) == []
    (row,) = read(render.balances([audit(empty)]))
    assert (row["words"], row["loudest"], row["attributed_share"]) == ("0", "", "0.0000")


def test_claims_of_nobody_are_in_the_balance() -> None:
    report = crowd(2)
    found = audit(msgspec.structs.replace(report, speakers=[]))
    (line,) = [line for line in shown(found).splitlines() if line.startswith("speaker unknown")]
    assert line.split() == ["speaker", "unknown", "2", "3", "100%"]


def test_a_huge_table_is_cut_in_the_terminal_only() -> None:
    report = crowd(400)
    found = audit(report)
    began = time.process_time()
    written = shown(found)
    assert time.process_time() - began < 5
    assert sum(line.startswith("Speaker ") for line in written.splitlines()) == render.MOST
    assert written.endswith("and 350 more, none with more than 350 words: --format csv has them all.\n")
    assert len(read(render.table([found]))) == 400


def test_speakers_that_are_not_known_to_be_the_same_are_said_to_be_several() -> None:
    report = msgspec.structs.replace(crowd(1), speakers=[Speaker(0, "Officials", "unnamed_group", None, None, [], 0)])
    assert "unnamed group, counted as 3" in shown(combine([audit(report)] * 3, "week"))


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (0.0001, "<1%"), (0.004, "<1%"), (0.006, "1%"), (1, "100%")])
def test_a_share_that_is_not_nothing_is_not_shown_as_nothing(share: float, text: str) -> None:
    assert render.percent(share) == text

"""Cutting a text at the edges of spans that nest and cross."""

from __future__ import annotations

import msgspec

from claimcheck.render.pieces import pieces
from claimcheck.report import Claim, Model, Report, Span, Speaker


def report(text: str, claims: list[Claim], speakers: list[Speaker] | None = None) -> Report:
    return Report("claimcheck-report/1", "", None, text, [], claims, speakers or [], [], Model("m", "1"), "0")


def claim(id: int, content: list[tuple[int, int]], cue: Span | None = None, source: Span | None = None) -> Claim:
    return Claim(id, "indirect", 1.0, [Span(*c) for c in content], cue, source, [])


def test_crossing_contents_make_a_piece_that_is_part_of_both() -> None:
    found = pieces(report("abcdefghij", [claim(0, [(0, 6)]), claim(1, [(4, 10)])]))
    assert [(p.start, p.end, p.content) for p in found] == [(0, 4, (0,)), (4, 6, (0, 1)), (6, 10, (1,))]


def test_a_source_inside_anothers_content_is_both_and_its_own_claim_is_nearest() -> None:
    found = pieces(report("abcdefghij", [claim(0, [(0, 10)]), claim(1, [(6, 10)], source=Span(2, 4))]))
    inside = next(p for p in found if p.start == 2)
    assert (inside.end, inside.content, inside.source, inside.nearest) == (4, (0,), (1,), (1,))


def test_the_same_content_of_two_claims_is_nearest_to_both() -> None:
    found = pieces(report("abcdefghij", [claim(0, [(3, 9)]), claim(1, [(3, 9)])]))
    assert [p.nearest for p in found] == [(), (0, 1), ()]


def test_overlapping_parts_of_one_claim_end_where_the_last_ends() -> None:
    found = pieces(report("abcdefghij", [claim(0, [(0, 4), (2, 6)])]))
    assert [(p.start, p.end) for p in found if p.content] == [(0, 2), (2, 4), (4, 6)]


def test_pieces_cover_the_text_without_gaps(reports: dict[str, Report], odd: Report, hostile: Report) -> None:
    for r in [*reports.values(), odd, hostile]:
        found = pieces(r)
        assert "".join(r.text[p.start : p.end] for p in found) == r.text
        assert all(p.start < p.end for p in found)


def test_mentions_are_of_speakers() -> None:
    someone = Speaker(0, "Ann", "named_person", None, None, [Span(0, 3)], 0.0)
    found = pieces(report("Ann sang.", [], [someone, msgspec.structs.replace(someone, id=1, mentions=[])]))
    assert found[0].mention == (0,)
    assert found[0].nearest == ()


def test_an_empty_text_has_no_pieces() -> None:
    assert pieces(report("", [])) == []

"""The figures: well-formed SVG whose bars stand where the sentences and claims are, and which say so in words."""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec
import pytest

from claimcheck.errors import ClaimcheckError
from claimcheck.render import plot
from claimcheck.report import Report, Speaker

SVG = "{http://www.w3.org/2000/svg}"


def bars(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    """Left edge and width of the bars of a class, in percent."""
    found = [r for r in root.iter(f"{SVG}rect") if r.get("class") == kind]
    return [(float(r.attrib["x"].rstrip("%")), float(r.attrib["width"].rstrip("%"))) for r in found]


def test_each_sentence_has_a_bar_where_it_stands(long_report: Report) -> None:
    root = ElementTree.fromstring(plot.labels(long_report))
    length = len(long_report.text)
    for label in ("fact", "claim", "opinion"):
        expected = [
            (100 * s.start / length, 100 * (s.end - s.start) / length)
            for s in long_report.sentences
            if s.label == label
        ]
        found = bars(root, label)
        assert len(found) == len(expected)
        for (left, wide), (start, size) in zip(found, expected, strict=True):
            assert left == pytest.approx(min(start, 99.5), abs=0.01)
            assert wide == pytest.approx(max(size, 0.5), abs=0.01)


def test_each_speaker_has_a_row_with_their_content(war: Report) -> None:
    rows = plot.strips(war)
    length = len(war.text)
    assert len(rows) == len(war.speakers)
    for speaker, row in zip(war.speakers, rows, strict=True):
        expected = sorted({s.start for c in war.claims if speaker.id in c.speakers for s in c.content})
        found = [left for left, _ in bars(ElementTree.fromstring(row), "claim")]
        assert found == pytest.approx([min(100 * start / length, 99.5) for start in expected], abs=0.01)


def test_figures_have_a_title_and_a_description(war: Report) -> None:
    for figure in (plot.render(war), plot.labels(war), plot.speakers(war)):
        root = ElementTree.fromstring(figure)
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert root.get("aria-labelledby") == title.get("id")
        assert root.get("aria-describedby") == description.get("id")
        assert title.text
        assert description.text


def test_the_description_says_what_the_figure_shows(war: Report) -> None:
    assert plot.describe_labels(war).startswith("10 sentences labelled fact, 14 sentences labelled claim")
    assert "fact 1 to 3, claim 4 to 15, fact 16 to 17, claim 18" in plot.describe_labels(war)
    assert "Taras Horbenko: 3 claims, in sentences 7 to 9" in plot.describe_speakers(war)
    assert "Kyiv: 2 claims, in sentences 4 and 13" in plot.describe_speakers(war)


def test_rows_are_named_with_words_so_that_colour_is_not_needed(war: Report) -> None:
    words = "".join(ElementTree.fromstring(plot.render(war)).itertext())
    for word in ("Fact", "Claim", "Opinion", "Taras Horbenko", "13% of the words"):
        assert word in words


def test_each_figure_can_be_had_alone(war: Report) -> None:
    labels, speakers, both = (plot.render(war, figure) for figure in ("labels", "speakers", "all"))
    assert "Who speaks when" not in labels
    assert "How the labels run" not in speakers
    assert "Who speaks when" in both
    assert "How the labels run" in both
    with pytest.raises(ClaimcheckError, match="labels, speakers"):
        plot.render(war, "pie")  # type: ignore[arg-type]


def test_many_speakers_are_cut_and_counted(war: Report) -> None:
    crowd = [Speaker(i, f"Witness {i}", "unnamed_person", None, None, [], 0.0) for i in range(plot.MOST_SPEAKERS + 3)]
    figure = plot.speakers(msgspec.structs.replace(war, speakers=crowd))
    assert "and 3 more speakers" in figure


def test_hostile_odd_and_empty_reports_make_well_formed_figures(hostile: Report, odd: Report, war: Report) -> None:
    empty = msgspec.structs.replace(war, text="", sentences=[], claims=[], speakers=[])
    for report in (hostile, odd, empty):
        for figure in (plot.render(report), plot.labels(report), plot.speakers(report), *plot.strips(report)):
            root = ElementTree.fromstring(figure.encode())
            assert not list(root.iter(f"{SVG}script"))
            for left, wide in bars(root, "claim"):
                assert left >= 0
                assert left + wide <= 100.01


def test_figures_for_a_page_bring_no_style_of_their_own(war: Report) -> None:
    # The page's security policy would refuse it.
    for figure in (plot.labels(war), plot.speakers(war), *plot.strips(war)):
        assert "style" not in figure

"""The figures: well-formed SVG whose bars stand where the sentences and claims are, and which say so in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import msgspec
import pytest

from claimcheck.errors import ClaimcheckError
from claimcheck.render import plot
from claimcheck.report import Report, Speaker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


def test_a_figure_that_stands_alone_shows_whose_it_is(war: Report) -> None:
    assert war.title is not None
    shown = [text.text for text in ElementTree.fromstring(plot.render(war)).iter(f"{SVG}text")]
    assert shown[0] == war.title
    (long, *_) = ElementTree.fromstring(plot.render(msgspec.structs.replace(war, title="long " * 40))).iter(
        f"{SVG}text"
    )
    assert long.text is not None
    assert len(long.text) <= 76


def test_where_nobody_speaks_the_figure_says_so(war: Report) -> None:
    silent = msgspec.structs.replace(war, speakers=[], claims=[])
    words = [text.text for text in ElementTree.fromstring(plot.speakers(silent)).iter(f"{SVG}text")]
    assert words == ["Nobody speaks in the article."]


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


BOXES = """() => [...document.querySelectorAll('text, rect:not(.paper)')].map(e => {
    const b = e.getBoundingClientRect();
    return {text: e.tagName == 'text' && e.textContent, left: b.left, right: b.right, top: b.top, bottom: b.bottom};
})"""


@pytest.mark.browser
def test_in_a_browser_no_words_overlap_leave_the_figure_or_touch_a_bar(
    chromium: Browser, war: Report, hostile: Report, odd: Report, tmp_path: Path
) -> None:
    wide = msgspec.structs.replace(
        war, title="名" * 200, speakers=[Speaker(0, "名" * 90, "document", None, None, [], 1)]
    )
    empty = msgspec.structs.replace(war, text="", sentences=[], claims=[], speakers=[])
    page = chromium.new_page(viewport={"width": 800, "height": 1200})
    loud = msgspec.structs.replace(war, title="PORT STRUCK AGAIN " * 20)
    reports = {"war": war, "hostile": hostile, "odd": odd, "wide": wide, "loud": loud, "empty": empty}
    for name, report in reports.items():
        file = tmp_path / f"{name}.svg"
        file.write_text(plot.render(report), encoding="utf-8")
        page.goto(file.as_uri())
        boxes = page.evaluate(BOXES)
        assert len(boxes) > 5
        height = float(ElementTree.fromstring(plot.render(report)).attrib["height"])
        for i, box in enumerate(boxes):
            assert box["left"] >= 15, (name, box)
            assert box["right"] <= plot.WIDTH - 15, (name, box)
            assert box["bottom"] <= height, (name, box)
            for other in boxes[i + 1 :] if box["text"] else []:
                apart = box["bottom"] <= other["top"] + 2 or other["bottom"] <= box["top"] + 2
                assert apart or box["right"] <= other["left"] or other["right"] <= box["left"], (name, box, other)
    page.close()


@pytest.mark.browser
def test_in_a_browser_figures_follow_light_and_dark(chromium: Browser, war: Report, tmp_path: Path) -> None:
    file = tmp_path / "figure.svg"
    file.write_text(plot.render(war), encoding="utf-8")
    seen = []
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme)
        page.goto(file.as_uri())
        fill = "s => getComputedStyle(document.querySelector(s)).fill"
        seen.append([page.evaluate(fill, selector) for selector in (".paper", ".ink", ".claim")])
        page.close()
    light, dark = seen
    assert all(a != b for a, b in zip(light, dark, strict=True))

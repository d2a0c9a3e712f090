"""Figures of a report as SVG: how the labels run through the article, and who speaks when.

From left to right a figure is the article from its first character to its last. Rows are told apart by their place and
by words, so the figures read the same in greyscale; each has a title and a description that says in words what it
shows. Lengths across are percentages: a figure is as wide as its place is, and its letters keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from unicodedata import east_asian_width, normalize
from xml.etree import ElementTree

from claimcheck.errors import ClaimcheckError
from claimcheck.render.safe import one_line, shown
from claimcheck.render.words import LABELS, count, ranges
from claimcheck.report import Label, Report

Figure = Literal["all", "labels", "speakers"]

WIDTH = 720
"""Of a figure that stands alone, in pixels."""
MOST_SPEAKERS = 24
"""Rows of the figure of speakers; the others, who say least, are named in a last line."""

_SVG = "http://www.w3.org/2000/svg"
_ROW, _BAR, _TEXT, _HEAD = 40, 12, 13, 16
"""Heights in pixels: of a row with its heading, of the bars in it, of letters, and of those of the headline."""
_NAME = 40
"""Room for a speaker's name, in ems; a note stands after it."""
_BELOW = 20
"""From the top of a row to its bars: the heading and room for what hangs below its line."""
_PAPER, _INK, _QUIET, _RAIL = "#ffffff", "#1c1d1f", "#5a5c60", "#e4e4e1"
_FILL: dict[Label, str] = {"fact": "#8b8d91", "claim": "#0072b2", "opinion": "#d55e00"}
"""Blue and vermilion of the Okabe-Ito palette, which stay distinct for colour-blind readers, and grey."""

_STYLE = f"""
text {{ font-family: system-ui, sans-serif; font-size: {_TEXT}px }}
.head {{ font-size: {_HEAD}px; font-weight: bold }}
@media (prefers-color-scheme: dark) {{
  .paper {{ fill: #17181a }} .ink {{ fill: #e8e6e1 }} .quiet {{ fill: #a9a8a3 }} .rail {{ fill: #313337 }}
  .fact {{ fill: #8b8d91 }} .claim {{ fill: #56b4e9 }} .opinion {{ fill: #e69f00 }}
}}
"""


def render(report: Report, figure: Figure = "all") -> str:
    """A figure of a report as an SVG file of its own, for light and dark surroundings.

    Args:
        report: what to show.
        figure: ``labels``, ``speakers``, or both in one.

    Raises:
        ClaimcheckError: if there is no such figure.
    """
    if figure == "labels":
        parts = [_labels(report)]
    elif figure == "speakers":
        parts = [_speakers(report)]
    elif figure == "all":
        parts = [_labels(report), _speakers(report)]
    else:
        raise ClaimcheckError(f"There is no figure {figure!r}. Choose one of all, labels, speakers.")
    margin = 16
    inner = WIDTH - 2 * margin
    title = one_line(report.title or report.id) or "An article"
    topics = " and ".join(label[0].lower() + label[1:] for _, label, _ in parts)
    root = _root(f"{title}: {topics}", " ".join(description for *_, description in parts), name="figure")
    ElementTree.SubElement(root, "style").text = _STYLE
    paper = ElementTree.SubElement(root, "rect", {"class": "paper", "width": "100%", "fill": _PAPER})
    # A figure that stands alone says whose it is.
    _write(root, _short(title, inner / _HEAD), margin + _HEAD, "ink", x=str(margin)).set("class", "ink head")
    top = margin + 2 * _HEAD
    for group, label, _ in parts:
        _write(root, label, top + _TEXT, "ink", x=str(margin), **{"font-weight": "bold"})
        top += 2 * _TEXT
        # An inner svg, so that percentages mean its width.
        height = group.attrib["height"]
        group.attrib.update({"x": str(margin), "y": str(top), "width": str(inner)})
        root.append(group)
        top += int(height) + margin
    root.attrib.update({"width": str(WIDTH), "height": str(top), "viewBox": f"0 0 {WIDTH} {top}"})
    paper.attrib["height"] = str(top)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def labels(report: Report, *, name: str = "labels") -> str:
    """The figure of labels to put into a page, as wide as its place.

    Colours are attributes that a style sheet overrides by the classes ``fact``, ``claim``, ``opinion``, ``rail``,
    ``ink`` and ``quiet``. ``name`` begins the ids in it and must be unique in the page.
    """
    group, label, description = _labels(report)
    return _inside(group, label, description, name)


def speakers(report: Report, *, name: str = "speakers") -> str:
    """The figure of speakers to put into a page; see :func:`labels`."""
    group, label, description = _speakers(report)
    return _inside(group, label, description, name)


def strips(report: Report) -> list[str]:
    """The rows of the figure of speakers one by one, by the ids of the speakers, without names, to put into a page."""
    found = []
    for spoken in _spoken(report):
        root = ElementTree.Element(
            "svg",
            {
                "xmlns": _SVG,
                "class": "strip",
                "width": "100%",
                "height": str(_BAR),
                "role": "img",
                "aria-label": spoken.when,
            },
        )
        _bars(root, report, spoken.content, 0, "claim")
        found.append(ElementTree.tostring(root, encoding="unicode"))
    return found


def describe_labels(report: Report) -> str:
    """The figure of labels in words: how many sentences of each label there are, and in what order they come."""
    if not report.sentences:
        return "The article has no sentences."
    many = [f"{count(sum(s.label == x for s in report.sentences), 'sentence')} labelled {x}" for x in LABELS]
    runs = []
    for label, numbered in groupby(enumerate(report.sentences, 1), key=lambda pair: pair[1].label):
        runs.append(f"{label} {ranges([n for n, _ in numbered])}")
    order = f"By number: {', '.join(runs)}." if len(runs) <= 60 else f"The label changes {len(runs) - 1:,} times."
    return f"{', '.join(many)}. {order}"


def describe_speakers(report: Report) -> str:
    """The figure of speakers in words: whose claims stand in which sentences, by their share of the article."""
    if not report.speakers:
        return "Nobody speaks in the article."
    spoken = _spoken(report)
    said = [f"{one_line(report.speakers[i].name)}: {spoken[i].when}" for i in _by_share(report)[:MOST_SPEAKERS]]
    return "; ".join(said) + "."


def _labels(report: Report) -> tuple[ElementTree.Element, str, str]:
    group = ElementTree.Element("svg", {"height": str(_ROW * len(LABELS) + _TEXT + 4)})
    for row, (label, meaning) in enumerate(LABELS.items()):
        of_label = [s for s in report.sentences if s.label == label]
        _heading(group, label.capitalize(), f"{meaning}, {count(len(of_label), 'sentence')}", row)
        _bars(group, report, [(s.start, s.end) for s in of_label], row * _ROW + _BELOW, label)
    _axis(group, report, len(LABELS))
    return group, "How the labels run through the article", describe_labels(report)


def _speakers(report: Report) -> tuple[ElementTree.Element, str, str]:
    order = _by_share(report)
    rows = order[:MOST_SPEAKERS]
    spoken = _spoken(report)
    group = ElementTree.Element("svg")
    for row, i in enumerate(rows):
        speaker = report.speakers[i]
        _heading(group, _short(one_line(speaker.name), _NAME), f"{speaker.share:.0%} of the words", row)
        _bars(group, report, spoken[i].content, row * _ROW + _BELOW, "claim")
    lines = len(rows)
    if lines:
        _axis(group, report, lines)
    else:
        _write(group, describe_speakers(report), _TEXT, "quiet")
    height = _ROW * lines + _TEXT + 4
    if more := len(order) - len(rows):
        height += _TEXT + 6
        _write(group, f"and {count(more, 'more speaker')}", height - 4, "quiet")
    group.attrib["height"] = str(height)
    return group, "Who speaks when", describe_speakers(report)


def _by_share(report: Report) -> list[int]:
    return sorted(range(len(report.speakers)), key=lambda i: -report.speakers[i].share)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one speaker says: spans of content in order, and where that is in words."""

    content: list[tuple[int, int]]
    when: str


def _spoken(report: Report) -> list[_Spoken]:
    """For each speaker, by id, what they say and when: "2 claims, in sentences 4 and 7"."""
    claims: list[list[int]] = [[] for _ in report.speakers]
    within: list[list[int]] = [[] for _ in report.speakers]
    for i, claim in enumerate(report.claims):
        for speaker in {k for k in claim.speakers if k < len(claims)}:
            claims[speaker].append(i)
    for number, sentence in enumerate(report.sentences, 1):
        own = {k for i in sentence.claims if i < len(report.claims) for k in report.claims[i].speakers}
        for speaker in own.intersection(range(len(within))):
            within[speaker].append(number)
    found = []
    for ids, numbers in zip(claims, within, strict=True):
        when = count(len(ids), "claim")
        if numbers:
            when += f", in sentence{'' if len(numbers) == 1 else 's'} {ranges(numbers)}"
        found.append(_Spoken(sorted({(s.start, s.end) for i in ids for s in report.claims[i].content}), when))
    return found


def _heading(group: ElementTree.Element, name: str, note: str, row: int) -> None:
    """A row's name and, fainter, what else there is to say of it, above its bars."""
    text = _write(group, name, row * _ROW + _TEXT, "ink")
    rest = ElementTree.SubElement(text, "tspan", {"class": "quiet", "fill": _QUIET, "dx": "8"})
    rest.text = note


def _bars(group: ElementTree.Element, report: Report, spans: list[tuple[int, int]], top: int, kind: Label) -> None:
    length = max(1, len(report.text))
    rail = {"class": "rail", "fill": _RAIL, "y": str(top + _BAR / 2 - 1), "width": "100%", "height": "2"}
    ElementTree.SubElement(group, "rect", rail)
    for start, end in spans:
        # Half a percent at least, or a short sentence of a long article could not be seen.
        wide = max(0.5, 100 * (min(end, length) - start) / length)
        left = min(100 * start / length, 100 - wide)
        ElementTree.SubElement(
            group,
            "rect",
            {
                "class": kind,
                "fill": _FILL[kind],
                "x": f"{left:.2f}%",
                "y": str(top),
                "width": f"{wide:.2f}%",
                "height": str(_BAR),
            },
        )


def _axis(group: ElementTree.Element, report: Report, rows: int) -> None:
    y = rows * _ROW + _TEXT
    _write(group, "first sentence", y, "quiet")
    last = f"last of {count(len(report.sentences), 'sentence')}"
    _write(group, last, y, "quiet", x="100%", **{"text-anchor": "end"})


def _write(
    parent: ElementTree.Element, words: str, y: int, kind: Literal["ink", "quiet"], **attributes: str
) -> ElementTree.Element:
    """Words with their baseline at ``y``."""
    fill = _INK if kind == "ink" else _QUIET
    text = ElementTree.SubElement(parent, "text", {"class": kind, "fill": fill, "y": str(y), **attributes})
    text.text = shown(words)
    return text


def _short(words: str, room: float) -> str:
    """Words that fit into so many ems, with an ellipsis where some are left out."""
    taken = 0.0
    for i, character in enumerate(words):
        taken += _em(character)
        if taken > room:
            return words[: max(0, i - 1)].rstrip() + "…"
    return words


def _em(character: str) -> float:
    """How wide a letter is, in ems of DejaVu Sans Bold, which is wider than what most systems write with.

    How wide it really is, is known only where it is drawn.
    """
    letter = normalize("NFD", character)[0]
    if letter in " !'(),-./:;I[\\]fijlrt|":
        return 0.5
    if letter.isascii() and letter not in "mwMW%@":
        return 0.85 if letter.isupper() or letter in "#&+<=>^~" else 0.72
    return 1.3 if east_asian_width(letter) in "WF" else 1.1


def _root(label: str, description: str, *, name: str) -> ElementTree.Element:
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _SVG,
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
        },
    )
    ElementTree.SubElement(root, "title", {"id": f"{name}-title"}).text = shown(label)
    ElementTree.SubElement(root, "desc", {"id": f"{name}-description"}).text = shown(description)
    return root


def _inside(group: ElementTree.Element, label: str, description: str, name: str) -> str:
    root = _root(label, description, name=name)
    root.attrib.update({"width": "100%", "height": group.attrib["height"], "class": "figure"})
    root.extend(group)
    return ElementTree.tostring(root, encoding="unicode")

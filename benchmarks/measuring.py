"""What the benchmarks of speed share: articles to read, spread of repeated figures, the machine in words, and a plot."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import platform
import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
SCORE = ROOT.parent / "shared" / "eval" / "score.py"

Record = dict[str, Any]
Point = tuple[float, float]

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8b8d91")
"""Of Okabe and Ito, which stay distinct for colour-blind readers."""
_MARKS = re.compile(r"[\"“”„‟«»]")
_ODD_MARKS = re.compile(r"[‘‚‛‹›`]|['’](?![a-zA-Z])|(?<![a-zA-Z])['’]")
"""Single marks, and apostrophes that may be taken for them."""
_STYLE = """
text { font-family: system-ui, sans-serif; font-size: 12px; fill: #1c1d1f }
.grid { stroke: #e4e4e1 } .paper { fill: #ffffff }
@media (prefers-color-scheme: dark) { text { fill: #e8e6e1 } .grid { stroke: #313337 } .paper { fill: #17181a } }
"""


def articles(path: Path | None) -> list[Record]:
    """Records with ``id`` and ``text``, and gold where there is some: the lines of a file, or else our own articles,
    which are those of `fixtures/plain` (no gold) and the test split of the corpus (gold)."""
    if path is not None:
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]
    sys.path.insert(0, str(ROOT))
    from claimcheck.corpus import to_record, walk

    plain = [
        {"id": f"plain/{p.stem}", "text": p.read_text(encoding="utf-8")}
        for p in sorted((ROOT / "fixtures" / "plain").glob("*.txt"))
    ]
    return [*plain, *(to_record(a) for a in walk(ROOT / "fixtures" / "corpus", "test"))]


def scorer() -> ModuleType | None:
    """The scorer that all issues are measured with, where it is."""
    if not SCORE.exists():
        return None
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of_length(records: Sequence[Record], words: int) -> str:
    """Whole paragraphs of the articles, one after the other and again from the first, until there are so many words.

    Only paragraphs whose quotation marks pair up: some systems give up a whole article for one mark.

    Raises:
        ValueError: if there is no such paragraph.
    """
    paragraphs = [
        p
        for r in records
        for p in re.split(r"\n\s*\n", r["text"])
        if p.strip() and not _ODD_MARKS.search(p) and not len(_MARKS.findall(p)) % 2
    ]
    if not paragraphs:
        raise ValueError("no paragraph has quotation marks that pair up")
    taken: list[str] = []
    count = 0
    while count < words:
        taken.append(paragraphs[len(taken) % len(paragraphs)])
        count += len(taken[-1].split())
    return "\n\n".join(taken)


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, and the range in parentheses; a dash if there is nothing."""
    if not values:
        return "-"
    middle, low, high = statistics.median(values), min(values), max(values)
    if len(values) == 1:
        return f"{middle:,.{digits}f}"
    return f"{middle:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def machine() -> dict[str, Any]:
    """What the figures were taken on, and how busy it was."""
    facts: dict[str, Any] = {
        "cpu": platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 2),
    }
    try:
        cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        memory = Path("/proc/meminfo").read_text(encoding="utf-8")
    except OSError:
        return facts
    if name := re.search(r"^model name\s*:\s*(.+)$", cpu, re.M):
        facts["cpu"] = name[1]
    flags = set(re.findall(r"\b(avx2|avx512f|avx512_vnni|avx_vnni|amx_int8)\b", cpu))
    facts["instructions"] = sorted(flags)
    if total := re.search(r"MemTotal:\s*(\d+)", memory):
        facts["memory_gib"] = round(int(total[1]) / 2**20, 1)
    return facts


def in_words(facts: Mapping[str, Any]) -> str:
    """The machine in a sentence."""
    instructions = ", ".join(facts.get("instructions", [])) or "unknown instructions"
    return (
        f"{facts['cpu']} ({instructions}), {facts['cores']} cores, {facts.get('memory_gib', '?')} GiB, {facts['system']}; "
        f"load average at the start {facts['load']}"
    )


def growth(points: Sequence[Point]) -> float | None:
    """The exponent of the power law that fits best: 1 where cost grows as size does."""
    if len({x for x, _ in points}) < 2:
        return None
    return statistics.linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


def plot(title: str, across: str, up: str, lines: Mapping[str, Sequence[Point]]) -> str:
    """Lines over two logarithmic axes, as an SVG for light and dark surroundings; every line is named at its end."""
    width, height, left, right, top, bottom = 760, 440, 70, 200, 40, 50
    drawn = {name: sorted(points) for name, points in lines.items() if points}
    every = [p for points in drawn.values() for p in points]
    if not every:
        raise ValueError("a plot of nothing")
    x_ticks, y_ticks = _ticks([x for x, _ in every]), _ticks([y for _, y in every])

    def place(value: float, ticks: Sequence[float], start: float, end: float) -> float:
        low, high = math.log(ticks[0]), math.log(ticks[-1])
        return round(start + (end - start) * (math.log(value) - low) / (high - low), 1)

    def at(p: Point) -> Point:
        return place(p[0], x_ticks, left, width - right), place(p[1], y_ticks, height - bottom, top)

    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    svg = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
    ElementTree.SubElement(svg, "title").text = title
    said = (f"{name}: " + ", ".join(f"{y:.3g} at {x:,.0f}" for x, y in points) + "." for name, points in drawn.items())
    ElementTree.SubElement(svg, "desc").text = f"{up} by {across}, both axes logarithmic. {' '.join(said)}"
    ElementTree.SubElement(svg, "style").text = _STYLE
    ElementTree.SubElement(svg, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    _word(svg, title, left, 22, weight="bold")
    _word(svg, across, (left + width - right) / 2, height - 10, anchor="middle")
    _word(svg, up, left, top - 4)
    for value in x_ticks:
        x, _ = at((value, y_ticks[0]))
        _line(svg, [(x, top), (x, height - bottom)], "grid")
        _word(svg, f"{value:,g}", x, height - bottom + 16, anchor="middle")
    for value in y_ticks:
        _, y = at((x_ticks[0], value))
        _line(svg, [(left, y), (width - right, y)], "grid")
        _word(svg, f"{value:,g}", left - 6, y + 4, anchor="end")
    taken: list[float] = []
    # From the lowest line up, so that a name in the way of another can only go up.
    for k, (name, points) in sorted(enumerate(drawn.items()), key=lambda item: item[1][1][-1][1]):
        colour = _COLOURS[k % len(_COLOURS)]
        places = [at(p) for p in points]
        _line(svg, places, "", colour)
        for x, y in places:
            ElementTree.SubElement(svg, "circle", {"cx": str(x), "cy": str(y), "r": "3", "fill": colour})
        y = places[-1][1]
        while any(abs(y - other) < 14 for other in taken):
            y -= 2
        taken.append(y)
        _word(svg, name, width - right + 10, y + 4)
        _line(svg, [places[-1], (width - right + 8, y)], "", colour, thin=True)
    return ElementTree.tostring(svg, encoding="unicode") + "\n"


def _ticks(values: Sequence[float]) -> list[float]:
    """Powers of ten, with 2 and 5 of each where there are few, that enclose the values."""
    low, high = math.log10(min(values)), math.log10(max(values))
    steps = (1, 2, 5) if high - low < 3 else (1,)
    every = [s * 10.0**e for e in range(math.floor(low) - 1, math.ceil(high) + 2) for s in steps]
    first = max(i for i, t in enumerate(every) if t <= min(values) * 1.0001)
    last = min(i for i, t in enumerate(every) if t >= max(values) * 0.9999)
    return every[first : max(last, first + 1) + 1]


def _word(svg: ElementTree.Element, text: str, x: float, y: float, *, anchor: str = "start", weight: str = "") -> None:
    attributes = {"x": str(x), "y": str(round(y, 1)), "text-anchor": anchor}
    ElementTree.SubElement(svg, "text", {**attributes, **({"font-weight": weight} if weight else {})}).text = text


def _line(
    svg: ElementTree.Element, points: Sequence[Point], name: str, colour: str = "", *, thin: bool = False
) -> None:
    look = {"class": name} if name else {"stroke": colour, "stroke-width": "0.7" if thin else "2"}
    corners = " ".join(f"{x},{y}" for x, y in points)
    ElementTree.SubElement(svg, "polyline", {"points": corners, "fill": "none", **look})

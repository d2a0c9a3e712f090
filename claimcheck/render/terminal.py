"""The report an editor reads in a terminal: every sentence with its label, every claim with its speaker.

Labels are told apart three times over: by word, by a mark in the margin and by a colour of the Okabe-Ito palette,
which stays distinct for colour-blind readers. Without colour nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from claimcheck import labels
from claimcheck.paragraphs import numbered
from claimcheck.render import words
from claimcheck.report import Claim, Label, Report, Sentence

if TYPE_CHECKING:
    from claimcheck.explain import Explanation

MARKS: dict[Label, str] = {"fact": "·", "claim": "“", "opinion": "!"}
STYLES: dict[Label, Style] = {
    "fact": Style(color="bright_black"),
    "claim": Style(color="#56B4E9"),
    "opinion": Style(color="#E69F00", bold=True),
}
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters and writing-direction overrides: an article must not steer the reader's terminal."""


def printable(text: str) -> str:
    """Text on one line that a terminal can show safely: control characters become ``\N{REPLACEMENT CHARACTER}``."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


REMARK = Style(italic=True, dim=True)
LEAST = 40
"""Columns below which the table of speakers becomes ribbons of letters, and sentences nothing at all."""


def show(report: Report, console: Console, explanations: Sequence[Explanation] = ()) -> None:
    """Print a report: title line, the sentences by paragraphs, the speakers, and a summary line.

    Args:
        explanations: of the report, shown below the sentences they explain.
    """
    console.print(Text(printable(report.title or report.id or "article"), style="bold"))
    console.print()
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=9, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    explained: dict[int, list[Explanation]] = {}
    for e in explanations:
        explained.setdefault(e.sentence, []).append(e)
    numbers = numbered(report.text, (s.start for s in report.sentences))
    for k, sentence in enumerate(report.sentences):
        if k and numbers[k] != numbers[k - 1]:
            grid.add_row("", "")
        style = STYLES[sentence.label]
        grid.add_row(Text(f"{MARKS[sentence.label]} {sentence.label}", style=style), _sentence(report, sentence))
        for e in explained.get(k, []):
            grid.add_row("", Text(_explanation(report, e), style=REMARK))
    console.print(grid)
    console.print()
    for part in (_speakers(report), _summary(report)):
        console.print(part)


def _sentence(report: Report, sentence: Sentence) -> RenderableType:
    text = Text(printable(report.text[sentence.start : sentence.end]))
    if sentence.label == "opinion":
        text.stylize(STYLES["opinion"])
    elif sentence.label == "claim":
        names = []
        for i in sentence.claims:
            for name in _names(report, report.claims[i]):
                if name not in names:
                    names.append(name)
        text.append(f"  [{' · '.join(names) or 'speaker unknown'}]", style=STYLES["claim"] + Style(bold=True))
    if remarks := words.remarks(sentence):
        text.append(f"  ({', '.join([sentence.label, *remarks])}{_rivals(sentence)})", style=REMARK)
    return text


def _rivals(sentence: Sentence) -> str:
    """The two labels that an unsure sentence stands between."""
    if not labels.is_unsure(sentence):
        return ""
    ranked = sorted(zip(labels.three(sentence.scores), labels.LABELS, strict=True), reverse=True)
    return ": " + ", ".join(f"{label} {p:.0%}" for p, label in ranked[:2])


def _explanation(report: Report, e: Explanation) -> str:
    """One explanation on a line."""
    if e.label == "claim":
        by_claim: dict[int, list[str]] = {}
        for part in e.parts:
            told = printable(report.text[part.start : part.end])
            by_claim.setdefault(part.claim, []).append(f"{part.role} “{told}”")
        return "claim: " + "; ".join(" · ".join(parts) for parts in by_claim.values())
    if not e.words:
        return f"{e.label} {e.probability:.0%}: no word stands out"
    told = ", ".join(f"“{printable(report.text[w.start : w.end])}” {w.weight:+.1f}" for w in e.words)
    if e.enough and e.becomes:
        n = "the first" if e.enough == 1 else f"the first {e.enough}"
        told += f"; without {n}: {e.becomes}"
    return f"{e.label} {e.probability:.0%}: {told}"


def _names(report: Report, claim: Claim) -> list[str]:
    return [printable(report.speakers[i].name) for i in words.speaker_ids(report, claim)]


def _speakers(report: Report) -> RenderableType:
    if not report.speakers:
        return Text("No claims, no speakers.", style="dim")
    table = Table(
        title="Speakers", title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    table.add_column("speaker", overflow="fold")
    table.add_column("kind", overflow="fold")
    table.add_column("title", overflow="fold")
    table.add_column("claims", justify="right")
    table.add_column("words", justify="right")
    counts = [0] * len(report.speakers)
    for claim in report.claims:
        for i in words.speaker_ids(report, claim):
            counts[i] += 1
    for speaker in sorted(report.speakers, key=lambda s: (-s.share, -counts[s.id])):
        table.add_row(
            Text(printable(speaker.name), style="bold"),
            words.KINDS[speaker.kind],
            Text(printable(speaker.title or "")),
            str(counts[speaker.id]),
            f"{speaker.share:.0%}",
        )
    return table


def _summary(report: Report) -> RenderableType:
    n = {label: sum(s.label == label for s in report.sentences) for label in MARKS}
    total = len(report.sentences)
    line = f"{words.count(total, 'sentence')}: {n['fact']} fact, {n['claim']} claim, {n['opinion']} opinion."
    if unsure := sum(map(labels.is_unsure, report.sentences)):
        line += f" {unsure} unsure."
    return Padding(Text(line, style="dim"), (1, 0, 0, 0))

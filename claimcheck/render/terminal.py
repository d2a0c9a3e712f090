"""The report an editor reads in a terminal: every sentence with its label, every claim with its speaker.

Labels are told apart three times over: by word, by a mark in the margin and by a colour of the Okabe-Ito palette,
which stays distinct for colour-blind readers. Without colour nothing is lost.
"""

from __future__ import annotations

import re

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from claimcheck.report import Claim, Label, Report, Sentence

MARKS: dict[Label, str] = {"fact": "·", "claim": "“", "opinion": "!"}
STYLES: dict[Label, Style] = {
    "fact": Style(color="bright_black"),
    "claim": Style(color="#56B4E9"),
    "opinion": Style(color="#E69F00", bold=True),
}
KINDS = {
    "named_person": "named person",
    "named_organization": "named organization",
    "document": "document",
    "unnamed_person": "unnamed person",
    "unnamed_group": "unnamed group",
}
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters and writing-direction overrides: an article must not steer the reader's terminal."""


def printable(text: str) -> str:
    """Text on one line that a terminal can show safely: control characters become ``\N{REPLACEMENT CHARACTER}``."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def show(report: Report, console: Console) -> None:
    """Print a report: title line, the sentences by paragraphs, the speakers, and a summary line."""
    console.print(Text(printable(report.title or report.id or "article"), style="bold"))
    console.print()
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=9, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    previous: Sentence | None = None
    for sentence in report.sentences:
        if previous is not None and "\n" in report.text[previous.end : sentence.start]:
            grid.add_row("", "")
        previous = sentence
        style = STYLES[sentence.label]
        grid.add_row(Text(f"{MARKS[sentence.label]} {sentence.label}", style=style), _sentence(report, sentence))
    console.print(grid)
    console.print()
    for part in (_speakers(report), _summary(report)):
        console.print(part)


def _sentence(report: Report, sentence: Sentence) -> RenderableType:
    text = Text(printable(report.text[sentence.start : sentence.end]))
    if sentence.label == "opinion":
        text.stylize(STYLES["opinion"])
    elif sentence.label == "fact":
        return text
    else:
        names = []
        for i in sentence.claims:
            for name in _names(report, report.claims[i]):
                if name not in names:
                    names.append(name)
        text.append(f"  [{' · '.join(names) or 'speaker unknown'}]", style=STYLES["claim"] + Style(bold=True))
    return text


def _names(report: Report, claim: Claim) -> list[str]:
    return [printable(name) for name in report.speaker_names(claim)]


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
        for i in set(claim.speakers):
            counts[i] += 1
    for speaker in sorted(report.speakers, key=lambda s: (-s.share, -counts[s.id])):
        table.add_row(
            Text(printable(speaker.name), style="bold"),
            KINDS[speaker.kind],
            printable(speaker.title or ""),
            str(counts[speaker.id]),
            f"{speaker.share:.0%}",
        )
    return table


def _summary(report: Report) -> RenderableType:
    n = {label: sum(s.label == label for s in report.sentences) for label in MARKS}
    total = len(report.sentences)
    line = f"{total} sentences: {n['fact']} fact, {n['claim']} claim, {n['opinion']} opinion."
    return Padding(Text(line, style="dim"), (1, 0, 0, 0))

"""Findings to read in a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from claimcheck.lint.desk import Outcome
from claimcheck.lint.engine import Diagnosis
from claimcheck.render.positions import Lines, Region
from claimcheck.render.safe import one_line
from claimcheck.report import Severity

_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_LONGEST = 110
"""Code points of an excerpt."""


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print a line for each finding with the words it points at, and a summary."""
    for outcome in outcomes:
        lines = _lines(outcome)
        for diagnosis in outcome.diagnoses:
            finding = diagnosis.finding
            region = _region(outcome, lines, diagnosis)
            place = f"{region.line}:{region.column}:" if region is not None else ""
            head = Text(f"{one_line(outcome.name)}:{place} ", style="bold")
            head.append(finding.rule, style=_STYLES[finding.severity])
            head.append(f" {finding.severity}: {one_line(finding.message)}", style="not bold")
            console.print(head, soft_wrap=True)
            console.print(_excerpt(outcome, diagnosis), soft_wrap=True)
    console.print(summary(outcomes), soft_wrap=True)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many findings there are and how many of them can be fixed, in a line."""
    found = [d for outcome in outcomes for d in outcome.diagnoses]
    articles = _count(len(outcomes), "article")
    if not found:
        return f"No findings in {articles}."
    safe = sum(d.fix is not None and d.fix.safe for d in found)
    unsafe = sum(d.fix is not None and not d.fix.safe for d in found)
    ways = [f"{safe} with --fix"] * bool(safe) + [f"{unsafe} with --fix --unsafe-fixes"] * bool(unsafe)
    return f"{_count(len(found), 'finding')} in {articles}." + (f" Can be fixed: {', '.join(ways)}." if ways else "")


def to_json(outcomes: Iterable[Outcome]) -> str:
    """A JSON array with an object for each finding.

    ``id`` names the article and ``file`` the file it is in, ``null`` for standard input. ``start`` and ``end`` count
    code points into the text of the report; lines and columns, from 1, are those of the file and ``null`` where they
    cannot be told. Of an article in JSON Lines the line is its own and there are no columns.
    """
    found: list[dict[str, Any]] = []
    for outcome in outcomes:
        lines = _lines(outcome)
        for diagnosis in outcome.diagnoses:
            finding, region = diagnosis.finding, _region(outcome, lines, diagnosis)
            line = region.line if region else outcome.copy.line
            found.append(
                {
                    "id": outcome.report.id,
                    "file": str(outcome.copy.path) if outcome.copy.path is not None else None,
                    "rule": finding.rule,
                    "name": diagnosis.rule.name,
                    "severity": finding.severity,
                    "message": finding.message,
                    "text": outcome.report.text[finding.start : finding.end],
                    "start": finding.start,
                    "end": finding.end,
                    "line": line,
                    "column": region.column if region else None,
                    "end_line": region.end_line if region else line,
                    "end_column": region.end_column if region else None,
                    "section": outcome.policy.section,
                    "fix": diagnosis.fix
                    and {
                        "safe": diagnosis.fix.safe,
                        "edits": [
                            {"start": e.start, "end": e.end, "replacement": e.replacement} for e in diagnosis.fix.edits
                        ],
                    },
                }
            )
    # Lone surrogates, which UTF-8 cannot carry, stay escaped.
    return json.dumps(found, ensure_ascii=True, indent=2) + "\n"


def _lines(outcome: Outcome) -> Lines | None:
    return Lines(outcome.copy.source.text) if outcome.copy.source is not None else None


def _region(outcome: Outcome, lines: Lines | None, diagnosis: Diagnosis) -> Region | None:
    span = outcome.place(diagnosis.finding)
    return lines.region(span.start, span.end) if lines is not None and span is not None else None


def _excerpt(outcome: Outcome, diagnosis: Diagnosis) -> Text:
    """The words that a finding points at, marked, with some before and after."""
    text, finding = outcome.report.text, diagnosis.finding
    words = one_line(text[finding.start : finding.end])
    if len(words) > _LONGEST:
        words = words[: _LONGEST - 1].rstrip() + "…"
    room = max(0, _LONGEST - len(words)) // 2
    before = text[max(0, finding.start - room) : finding.start].rpartition("\n")[2]
    after = text[finding.end : finding.end + room].partition("\n")[0]
    line = Text("    " + one_line(before) + (" " if before[-1:].isspace() else ""), style="dim")
    line.append(words, style="not dim underline")
    line.append((" " if after[:1].isspace() else "") + one_line(after))
    return line


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"

"""``claimcheck check``: who stands behind every sentence of some articles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.output import to_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO

    from claimcheck.article import Article
    from claimcheck.explain import Explanation
    from claimcheck.report import Report

    Explain = Callable[[Report], list[Explanation]]


class Format(StrEnum):
    """How reports are written."""

    terminal = "terminal"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    csv = "csv"
    webannotation = "webannotation"
    brat = "brat"
    explain = "explain"


SINGLE = (Format.json, Format.html, Format.webannotation, Format.brat, Format.explain)
"""Formats that hold one article."""


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")
    ] = None,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", help="terminal or html to read, csv for a table, the others for programs."),
    ] = Format.terminal,
    output: Annotated[Path | None, to_file()] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of one that ships.")
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option("--url", metavar="URL", help="Fetch and check a page; needs the extra formats.")
    ] = None,
    threshold: Annotated[
        list[str] | None,
        typer.Option(
            "--threshold",
            "-t",
            metavar="[LABEL=]P",
            help="Give a label from this probability on, such as opinion=0.6; a number alone is for opinion.",
        ),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="P", help="Leave out claims of less confidence, 0 to 1.")
    ] = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the words that carried each label; --format explain for programs.")
    ] = False,
) -> None:
    """Label every sentence of an article fact, claim or opinion, and name the speaker of every claim."""
    from claimcheck import labels
    from claimcheck.checker import load
    from claimcheck.cli import reading
    from claimcheck.cli.output import destination, keep_apart
    from claimcheck.errors import InputError

    try:
        option = "--threshold"
        thresholds = labels.parse(threshold or [])
        option = "--min-confidence"
        labels.probability(min_confidence)
    except ValueError as error:
        raise InputError(f"{option}: {error}") from None
    if explain and format not in (Format.terminal, Format.explain):
        raise InputError(f"--explain: --format {format} has no place for it. Use --format explain, or the terminal.")
    files = paths or ([] if url else ["-"])
    if files.count("-") > 1:
        raise InputError("Standard input (-) can be read once only.")
    keep_apart(output, files)

    def articles() -> Iterator[Article]:
        for n, (_, article) in enumerate(reading.articles(files, url or [])):
            if n and format in SINGLE:
                raise InputError(f"--format {format} writes one article. Use --format jsonl for several.")
            yield article

    checker = load(model)
    with destination(output) as stream:
        reports = checker.check_many(articles(), thresholds=thresholds, min_confidence=min_confidence)
        _write(reports, format, stream, checker.explain if explain or format is Format.explain else None)


def _write(reports: Iterable[Report], format: Format, stream: IO[str], explain: Explain | None) -> None:
    if format is Format.terminal:
        from claimcheck.cli.output import console
        from claimcheck.render import terminal

        out = console(stream, least=terminal.LEAST)
        for i, report in enumerate(reports):
            if i:
                out.print()
            terminal.show(report, out, explain(report) if explain else ())
        return
    for i, report in enumerate(reports):
        if explain:
            from claimcheck.explain import SCHEMA, Explained

            stream.write(Explained(SCHEMA, report, explain(report)).to_json() + "\n")
            continue
        stream.write(_rendered(report, format, first=not i))


def _rendered(report: Report, format: Format, *, first: bool) -> str:
    """One report in a format other than the terminal's."""
    if format in (Format.json, Format.jsonl):
        return report.to_json(indent=2 if format is Format.json else None) + "\n"
    if format is Format.csv:
        from claimcheck.render import csv

        return csv.render(report, header=first)
    if format is Format.html:
        from claimcheck.render import html

        return html.render(report)
    if format is Format.webannotation:
        from claimcheck.render import webannotation

        return webannotation.render(report)
    from claimcheck.render import brat

    return brat.render(report)

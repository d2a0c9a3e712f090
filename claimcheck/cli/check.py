"""``claimcheck check``: who stands behind every sentence of some articles."""

from __future__ import annotations

import itertools
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from claimcheck.article import Article
    from claimcheck.report import Report


class Format(StrEnum):
    """How reports are written."""

    terminal = "terminal"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    csv = "csv"
    webannotation = "webannotation"
    brat = "brat"


SINGLE = (Format.json, Format.html, Format.webannotation, Format.brat)
"""Formats that hold one article."""


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")
    ] = None,
    format: Annotated[
        Format,
        typer.Option("--format", "-f", help="terminal or html to read, csv for a table, the others for programs."),
    ] = Format.terminal,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of standard output.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of one that ships.")
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option("--url", metavar="URL", help="Fetch and check a page; needs the extra formats.")
    ] = None,
) -> None:
    """Label every sentence of an article fact, claim or opinion, and name the speaker of every claim."""
    from claimcheck.article import read_articles, read_url
    from claimcheck.checker import load
    from claimcheck.cli.output import destination
    from claimcheck.errors import InputError

    files = paths or ([] if url else ["-"])
    if files.count("-") > 1:
        raise InputError("Standard input (-) can be read once only.")

    def articles() -> Iterator[Article]:
        read = itertools.chain(itertools.chain.from_iterable(map(read_articles, files)), map(read_url, url or []))
        for n, article in enumerate(read):
            if n and format in SINGLE:
                raise InputError(f"--format {format} writes one article. Use --format jsonl for several.")
            for note in article.notes:
                typer.secho(f"claimcheck: {article.id}: {note}", err=True, fg="yellow")
            yield article

    checker = load(model)
    with destination(output) as stream:
        _write(checker.check_many(articles()), format, stream)


def _write(reports: Iterable[Report], format: Format, stream: IO[str]) -> None:
    if format is Format.terminal:
        from rich.console import Console

        from claimcheck.render import terminal

        console = Console(file=stream, highlight=False, emoji=False, markup=False)
        for i, report in enumerate(reports):
            if i:
                console.print()
            terminal.show(report, console)
        return
    for i, report in enumerate(reports):
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

"""``claimcheck check``: who stands behind every sentence of some articles."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from claimcheck.report import Report


class Format(str, Enum):
    """How reports are written."""

    terminal = "terminal"
    json = "json"
    jsonl = "jsonl"


def check(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="terminal to read, json for one article, jsonl for one report a line.")] = Format.terminal,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of standard output.")] = None,
    model: Annotated[str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of a model that ships.")] = None,
) -> None:
    """Label every sentence of an article fact, claim or opinion, and name the speaker of every claim."""
    from claimcheck.article import read_article
    from claimcheck.checker import load
    from claimcheck.cli.output import destination
    from claimcheck.errors import InputError

    paths = paths or ["-"]
    if format is Format.json and len(paths) > 1:
        raise InputError("--format json writes one article; use --format jsonl for several.")
    if paths.count("-") > 1:
        raise InputError("standard input (-) can be read once only.")
    articles = [read_article(path) for path in paths]
    for article in articles:
        for note in article.notes:
            typer.secho(f"claimcheck: {note}", err=True, fg="yellow")
    checker = load(model)
    with destination(output) as stream:
        _write(checker.check_many(articles), format, stream)


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
    for report in reports:
        stream.write(report.to_json(indent=2 if format is Format.json else None) + "\n")

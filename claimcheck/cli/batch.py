"""``claimcheck batch``: who stands behind every sentence of very many articles."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.output import named
from claimcheck.cli.streams import say

if TYPE_CHECKING:
    from claimcheck.bulk import Engine


class Format(StrEnum):
    """How reports are written."""

    jsonl = "jsonl"
    parquet = "parquet"


class Where(StrEnum):
    """What does the work."""

    local = "local"
    ray = "ray"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Articles: .jsonl, .jsonl.gz, .parquet, .arrow, any file that check reads, and folders of such files.",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR|FILE",
            parser=named,
            help="A file if it ends in .jsonl or .jsonl.gz, else a folder.",
        ),
    ],
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="jsonl: a report a line. parquet: tables of articles, sentences, claims, speakers and findings.",
        ),
    ] = Format.jsonl,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="Processes; by default one a core.")] = None,
    engine: Annotated[
        Where, typer.Option(help="local: this machine. ray: Ray Data, which may span many.")
    ] = Where.local,
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of the Ray cluster; by default a local one.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of a model that ships."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away what an earlier run has written to --out.")
    ] = False,
) -> None:
    """Check very many articles on all cores. Cut off, the same command goes on where it was.

    Articles that cannot be read or checked are listed in an errors file beside the output, with exit code 1.
    """
    from claimcheck.bulk import run, work_through
    from claimcheck.errors import InputError

    does: Engine = work_through
    if engine is Where.ray:
        from claimcheck.bulk.cluster import on_ray

        does = on_ray(address)
    elif address:
        raise InputError(f"--address {address}: is for --engine ray. Leave it off, or add that.")
    with ExitStack() as stack:
        watch = None
        if sys.stderr.isatty():
            from claimcheck.cli.progress import Bar

            watch = stack.enter_context(Bar())
        summary = run(
            inputs,
            out,
            format=format.value,
            workers=workers,
            model=model,
            restart=restart,
            watch=watch,
            engine=does,
        )
    if summary.errors:
        from claimcheck.render.words import count

        of = count(summary.articles, "article")
        say(f"claimcheck: {summary.errors:,} of {of} not checked: see {summary.errors_file}")
        raise typer.Exit(1)

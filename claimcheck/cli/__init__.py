"""The command ``claimcheck``: one file a subcommand, each only turning arguments into calls.

Exit codes: 0 nothing found, 1 findings, 2 bad usage or bad input.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from claimcheck._version import __version__
from claimcheck.cli import batch, check, corpus, export, lint, plot, sources, train

app = typer.Typer(
    name="claimcheck",
    help="Who stands behind this sentence? Labels every sentence of an article fact, claim or opinion, and names the speaker of every claim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"claimcheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the subcommand."""


app.command()(check.check)
app.command()(sources.sources)
app.command()(lint.lint)
app.command()(plot.plot)
app.command()(batch.batch)
app.command()(train.train)
app.command()(export.export)
app.add_typer(corpus.app, name="corpus")


def main() -> None:
    """Run the command; what a person can mend is said in a line, with exit code 2."""
    from claimcheck.cli.streams import ReaderGone, leave, orderly_end, prepare, say
    from claimcheck.errors import ClaimcheckError

    prepare()
    try:
        with orderly_end():
            try:
                app()
            except SystemExit:
                # While an error can still be told.
                sys.stdout.flush()
                raise
    except ClaimcheckError as error:
        say(f"claimcheck: {error}", fg="red")
        leave(2)
    except OSError as error:
        # Whatever no room has foreseen, such as a disk that is full where libraries write.
        name = f"{error.filename}: " if error.filename else ""
        say(f"claimcheck: {name}{error.strerror or error}", fg="red")
        leave(2)
    except ReaderGone:
        leave(0)
    except KeyboardInterrupt:
        leave(130)

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
    from claimcheck.errors import ClaimcheckError

    try:
        app()
    except ClaimcheckError as error:
        typer.secho(f"claimcheck: {error}", err=True, fg="red")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of the pipe went away ("| head"): nothing to say, and nowhere to say it.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)

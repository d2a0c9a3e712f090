"""``claimcheck export``: a trained network to a model folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Output folder of a training run.")],
    target: Annotated[Path, typer.Argument(metavar="MODEL", help="Model folder to write, as models/claimcheck-en.")],
    version: Annotated[str, typer.Option(help="Version the model carries into reports.")] = "0",
) -> None:
    """Write the int8 ONNX graph, tokenizer and config of a training run's best network. Needs claimcheck[train]."""
    from claimcheck.cli.extras import require
    from claimcheck.errors import InputError

    require("train", "torch", "transformers", "onnx")
    from claimcheck.training.export import export as write

    try:
        folder = write(run, target, name=target.name, version=version)
    except (ValueError, OSError) as error:
        raise InputError(str(error)) from error
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file}  {file.stat().st_size / 1e6:.1f} MB")

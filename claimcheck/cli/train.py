"""``claimcheck train``: a recipe to a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    recipe: Annotated[Path, typer.Argument(metavar="CONFIG.toml", help="The recipe of the run; see configs/.")],
) -> None:
    """Train a network after a recipe; run again to go on where it stopped. Needs the extra "train"."""
    from claimcheck.errors import InputError
    from claimcheck.extras import require

    require("Training", "train", "torch", "transformers", "datasets")
    from claimcheck.training.config import read_config
    from claimcheck.training.train import train as run

    try:
        best = run(read_config(recipe))
    except (ValueError, OSError) as error:
        raise InputError(str(error)) from error
    for name, figures in best.items():
        typer.echo(f"{name}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))

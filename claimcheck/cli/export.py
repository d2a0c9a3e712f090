"""``claimcheck export``: a trained network to a model folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Output folder of a training run.")],
    target: Annotated[Path, typer.Argument(metavar="MODEL", help="Model folder to write, as models/claimcheck-en.")],
    version: Annotated[str, typer.Option(help="Version the model carries into reports.")] = "0",
    calibrate: Annotated[Path | None, typer.Option(metavar="JSONL", help="Labelled articles to calibrate on.")] = None,
    tune: Annotated[
        list[Path] | None, typer.Option(metavar="JSONL", help="Articles with attributions to balance the spans on.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="JSONL", help="Labelled articles on which graph and network must agree.")
    ] = None,
) -> None:
    """Write the int8 ONNX graph, tokenizer and config of a training run's best network. Needs the extra "train"."""
    from claimcheck.errors import ClaimcheckError, InputError
    from claimcheck.extras import require

    require("Exporting a network", "train", "torch", "transformers", "onnx")
    from claimcheck.training import calibrate as calibration
    from claimcheck.training.data import read_articles
    from claimcheck.training.export import describe
    from claimcheck.training.export import export as write

    try:
        labelled = list(read_articles([calibrate]).values()) if calibrate else []
        folder = write(run, target, name=target.name, version=version, texts=[article["text"] for article in labelled])
        if calibrate:
            temperature, before, after = calibration.fit_temperature(folder, labelled)
            describe(folder, temperature=temperature)
            typer.echo(f"temperature {temperature}: expected calibration error {before:.3f} before, {after:.3f} after")
        if tune:
            entry, before, after = calibration.fit_entry(folder, [list(read_articles([p]).values()) for p in tune])
            describe(folder, entry=entry)
            typer.echo(f"entry {entry}: mean exact F1 of the roles {before:.4f} before, {after:.4f} after")
        attributed = {a["id"]: a for a in [*labelled, *read_articles(tune or []).values()] if a.get("attributions")}
        if attributed:
            # News and our corpus alike: annotators of one mark other bounds than those of the other.
            sure, before, after = calibration.fit_confidence(folder, list(attributed.values()))
            describe(folder, confidence=sure)
            typer.echo(f"confidence {sure}: expected calibration error {before:.3f} before, {after:.3f} after")
        if compare:
            same = calibration.agreement(run, folder, list(read_articles([compare]).values()))
            typer.echo(f"graph and network give {same:.2%} of the sentences the same label")
            if same < 0.99:
                raise ClaimcheckError(
                    "The graph differs from the network in more than 1 % of the labels: do not ship it."
                )
    except (ValueError, OSError) as error:
        raise InputError(str(error)) from error
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file}  {file.stat().st_size / 1e6:.1f} MB")

"""``claimcheck plot``: how the labels run through an article and who speaks when, drawn as SVG."""

from __future__ import annotations

import itertools
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.output import named


class Kind(StrEnum):
    """What is drawn."""

    all = "all"
    labels = "labels"
    speakers = "speakers"


def plot(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")
    ] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            "--kind", "-k", help="labels: how they run through the article. speakers: who speaks when. all: both."
        ),
    ] = Kind.all,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            parser=named,
            help="Write to a file instead of standard output; for several articles a folder, one SVG each.",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of one that ships.")
    ] = None,
) -> None:
    """Draw how the labels run through an article and who speaks when, as SVG."""
    from claimcheck.checker import load
    from claimcheck.cli import reading
    from claimcheck.cli.output import destination, keep_apart
    from claimcheck.errors import InputError
    from claimcheck.render.plot import render

    files = paths or ["-"]
    if files.count("-") > 1:
        raise InputError("Standard input (-) can be read once only.")
    keep_apart(output, files)
    articles = (article for _, article in reading.articles(files))
    # Two are read before the model is: whether there are several decides where the figures go.
    first = list(itertools.islice(articles, 2))
    folder = _folder(output, several=len(first) > 1)
    names = _Names()
    for report in load(model).check_many(itertools.chain(first, articles)):
        target = folder / names.of(report.id) if folder else Path(output) if output else None
        keep_apart(target, files)  # an earlier figure may have been made a link
        with destination(target) as stream:
            stream.write(render(report, kind.value))


def _folder(output: str | None, *, several: bool) -> Path | None:
    """The folder that figures go to, which is made if need be; ``None`` where one goes to a file or standard output.

    Raises:
        InputError: if there are several articles and no folder for them, or it cannot be made.
    """
    from claimcheck.errors import InputError

    path = Path(output or "")
    if output is None or (path.suffix.lower() == ".svg" and not path.is_dir()):
        if several:
            raise InputError("A figure shows one article. Use --output DIR for several, one SVG each.")
        return None
    if not (several or output.endswith(("/", os.sep)) or path.is_dir()):
        return None
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {path}: {error.strerror}. Choose another --output.") from error
    return path


class _Names:
    """Names of files by the ids of articles, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, id: str) -> str:
        """The name of the article's own file with another suffix, less what an id of strangers could smuggle in."""
        path = Path(id)
        last = path.stem if path.suffix[1:].isalpha() else path.name
        stem = re.sub(r"[^\w.-]+", "-", last).strip(".-")[:50] or "article"
        names = itertools.chain([f"{stem}.svg"], (f"{stem}-{n}.svg" for n in itertools.count(2)))
        # Folders of some systems do not tell A from a.
        name = next(name for name in names if name.casefold() not in self._given)
        self._given.add(name.casefold())
        return name

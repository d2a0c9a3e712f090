"""Many articles to many reports: the order of the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from claimcheck._version import __version__
from claimcheck.bulk import manifest as manifests
from claimcheck.bulk.inputs import check_inputs, entries, inside, survey
from claimcheck.bulk.jobs import Jobs, Todo, Watch
from claimcheck.bulk.manifest import Manifest
from claimcheck.bulk.parts import CHARACTERS, part_size
from claimcheck.bulk.place import Place, place
from claimcheck.bulk.pool import check_workers, work_through
from claimcheck.bulk.work import Done, load_model
from claimcheck.bulk.write import Format
from claimcheck.errors import InputError
from claimcheck.extras import require

if TYPE_CHECKING:
    import os

    from claimcheck.checker import Checker


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has come to: articles in the input, and how many of them are in the errors file instead."""

    articles: int
    errors: int
    errors_file: Path


class _Nobody:
    def begin(self, total: int) -> None:
        pass

    def progress(self, done: int, skipped: int) -> None:
        pass


class Engine(Protocol):
    """Does the jobs of a run: `pool.work_through`, or something like it."""

    def __call__(
        self, jobs: Todo, load: Callable[[], Checker], *, workers: int | None, progress: Callable[[int], None]
    ) -> Iterator[Done]:
        """Do the jobs that ``jobs`` gives; it must be iterated to its end."""


def run(
    inputs: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    format: Format = "jsonl",
    workers: int | None = None,
    model: str | Path | None = None,
    restart: bool = False,
    watch: Watch | None = None,
    engine: Engine = work_through,
) -> Summary:
    """Check the articles of files and folders, and write the reports in their order.

    A run that was cut off, by whatever, goes on where it was when it is called again with the same arguments; the
    output is the same to the byte as that of a run that was not. The number of workers may change in between. An
    article that cannot be read or checked is recorded in the errors file, and the others go on.

    Call it under ``if __name__ == "__main__":`` in a script: workers are fresh Python processes.

    Args:
        inputs: files (JSON Lines, also gzipped; Parquet; Arrow; anything that ``read_article`` reads) and folders.
        out: a name that ends in .jsonl or .jsonl.gz for one file, else a folder.
        format: reports as JSON Lines, or the tables of ``claimcheck.bulk.tables`` as Parquet.
        workers: processes; by default (None or 0) one a core.
        model: as ``claimcheck.load`` takes it.
        restart: throw away what an earlier run has written to ``out``, whatever it was.
        watch: is told how far the run is.
        engine: does the work.

    Raises:
        ValueError: if ``workers`` is below 0.
        InputError: if an input is missing, or ``out`` cannot be written or holds the output of another run.
        ModelError: if the model cannot be used.
        ClaimcheckError: if pyarrow is needed and missing, or the processes do not get to work.
    """
    check_workers(workers)
    paths = [str(path) for path in inputs]
    check_inputs(paths)
    where = place(str(out), format)
    if format == "parquet":
        require("Writing tables", "bulk", "pyarrow")
    if folder := inside(where.single or where.root, paths):
        raise InputError(
            f"{out}: the output lies in the input {folder}, of which it would become a part. Choose another place "
            "(--out)."
        )
    if path := where.overwrites(paths):
        raise InputError(f"{out}: the input {path} lies where the output would. Choose another place (--out).")
    if next(entries(paths), None) is None:
        raise InputError(f"there are no articles in {', '.join(paths)}. Is this the right place?")
    watch = watch or _Nobody()
    this, load = _describe(paths, format, model)
    watch.begin(sum(i.articles for i in this.inputs))
    with where.working() as working:
        before = _take_over(where, this, working, restart=restart)
        if before and before.articles is not None:
            where.tidy()  # if that run was cut off before it did
            watch.progress(0, before.articles)
            return Summary(before.articles, before.errors or 0, where.errors)
        sizes = this.part_articles, this.part_characters
        jobs = Jobs(tuple(paths), *sizes, frozenset(where.done()), working, format, where.suffix)
        todo = Todo(jobs, watch)
        for done in engine(todo, load, workers=workers, progress=todo.progress):
            where.commit(done)
        if where.done() != set(range(todo.parts)):
            raise InputError(f"files of the output {out} have disappeared. Run the same again to make them.")
        errors = where.finish(working)
        complete = replace(this, articles=todo.articles, errors=errors, parts=todo.parts)
        manifests.write(complete, where.manifest, working)
        where.tidy()
    todo.progress(todo.articles - todo.skipped)
    return Summary(todo.articles, errors, where.errors)


def _describe(paths: list[str], format: Format, model: str | Path | None) -> tuple[Manifest, Callable[[], Checker]]:
    """What this run is, and what loads its model."""
    from claimcheck.checker import load

    loaded = load(model, threads=1).model
    inputs = survey(paths)
    this = Manifest(
        claimcheck=__version__,
        model=manifests.model_record(loaded.folder, loaded.config.name, loaded.config.version),
        format=format,
        part_articles=part_size(sum(i.articles for i in inputs)),
        part_characters=CHARACTERS,
        inputs=inputs,
    )
    return this, partial(load_model, str(loaded.folder.resolve()))


def _take_over(where: Place, this: Manifest, working: Path, *, restart: bool) -> Manifest | None:
    """Make the place this run's; the manifest of the earlier run that this one goes on with, if there is one."""
    before = manifests.read(where.manifest)
    if restart:
        if before:
            # Should we be cut off here, that run must not believe itself complete.
            incomplete = replace(before, articles=None, errors=None, parts=None)
            manifests.write(incomplete, where.manifest, working)
        where.clear()
    elif before:
        if found := before.differences(this):
            raise InputError(
                f"{where.manifest} belongs to another run: {'; '.join(found)}. Choose another place (--out), or "
                "restart (--restart), which throws that run away."
            )
        there = where.single.exists() if where.single else len(where.done()) == before.parts
        if before.complete and not there:
            raise InputError(
                f"{where.manifest}: the run was complete, but files of its output are gone. Put them back, or restart "
                "(--restart)."
            )
        return before
    elif file := where.occupied():
        raise InputError(
            f"{file} is there already. Choose another place (--out), or restart (--restart), which throws it away."
        )
    manifests.write(this, where.manifest, working)
    return None

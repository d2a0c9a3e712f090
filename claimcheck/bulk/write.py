"""Reports to the files of one part, in a working folder: JSON Lines, or Parquet tables."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal, Protocol

from claimcheck.bulk import tables
from claimcheck.bulk.inputs import Problem
from claimcheck.errors import InputError
from claimcheck.report import Report

Format = Literal["jsonl", "parquet"]

ERRORS = "errors"


class Writer(Protocol):
    """Takes the reports of a part in order."""

    def add(self, number: int, report: Report) -> None:
        """Write the report of the article with this number."""

    def close(self) -> dict[str, Path]:
        """Finish the files; where they are, by the folder that they belong in. The last one completes the part."""


class JsonLines:
    """One report a line, in ``path``; gzipped if its name ends in .gz."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = open(path, "wb")  # noqa: SIM115 (closed by close)
        # Neither time nor name, so that the same reports give the same bytes.
        self._stream: IO[bytes] | gzip.GzipFile = (
            gzip.GzipFile(filename="", fileobj=self._file, mode="wb", compresslevel=6, mtime=0)
            if path.suffix == ".gz"
            else self._file
        )

    def add(self, number: int, report: Report) -> None:
        self._stream.write(report.to_json().encode() + b"\n")

    def close(self) -> dict[str, Path]:
        if self._stream is not self._file:
            self._stream.close()
        settle(self._file)
        return {"reports": self._path}


class Tables:
    """The tables of `tables`, a Parquet file each, in ``folder``, with names that end in ``name``."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = {table: folder / f"{table}-{name}.parquet" for table in tables.NAMES}
        self._rows: dict[str, list[tables.Row]] = {table: [] for table in tables.NAMES}

    def add(self, number: int, report: Report) -> None:
        for table, rows in tables.rows(report, number).items():
            self._rows[table] += rows

    def close(self) -> dict[str, Path]:
        import pyarrow
        import pyarrow.parquet as parquet

        for table, path in self._paths.items():
            content = pyarrow.Table.from_pylist(self._rows[table], schema=tables.schema(table))
            with open(path, "wb") as stream:
                parquet.write_table(content, stream, compression="zstd")
                settle(stream)
        return self._paths


def writer(folder: Path, number: int, format: Format, suffix: str) -> Writer:
    """The writer of part ``number``."""
    name = part_name(number)
    return Tables(folder, name) if format == "parquet" else JsonLines(folder / f"reports-{name}{suffix}")


def write_problems(folder: Path, number: int, problems: list[Problem]) -> dict[str, Path]:
    """Write the problems of part ``number``, if there are any; where they are, as `Writer.close` says it."""
    if not problems:
        return {}
    path = folder / f"{ERRORS}-{part_name(number)}.jsonl"
    with open(path, "wb") as stream:
        stream.writelines(p.to_json().encode() + b"\n" for p in problems)
        settle(stream)
    return {ERRORS: path}


def part_name(number: int) -> str:
    """What the files of a part are called, but for the suffix: in the order of the parts by name."""
    return f"part-{number:08d}"


def settle(stream: IO[Any]) -> None:
    """To the disk before the file gets its final name, and close: a power cut must not leave an empty part."""
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()


@contextmanager
def refused(folder: Path) -> Iterator[None]:
    """Say of output, in ``folder`` where nothing more is known, that it cannot be written, and how the run goes on.

    Only around what reads and writes the output itself: that an input is gone is another matter.
    """
    try:
        yield
    except OSError as error:
        raise InputError(
            f"cannot write to {error.filename or folder}: {error.strerror or error}. What is done stays done: make "
            "room, and run the same again to go on, or choose another place (--out)."
        ) from error

"""Where a command's output goes: standard output, a pipe or device, or a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from claimcheck.cli.streams import ReaderGone
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.console import Console


@contextmanager
def destination(path: Path | None) -> Iterator[IO[str]]:
    """A text stream to write to: standard output for ``None``, else a file that appears when all is written.

    A link is followed, and a file that is there keeps its mode. A pipe or a device is written to as it is.

    Raises:
        ReaderGone: if it is a pipe and its reader goes away.
        InputError: if the file cannot be written there; other errors while the stream is open are left as they are.
    """
    if path is None:
        # What cannot be shown in the terminal's encoding is escaped, never a traceback.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    mode = _mode(path)
    if mode is not None and stat.S_ISDIR(mode):
        raise InputError(f"cannot write to {path}: it is a folder. Name a file (--output).")
    if mode is not None and not stat.S_ISREG(mode):
        # Not by what it resolves to, which for /dev/stdout may be the name of no file.
        with _text(path, path) as stream:
            yield stream
        return
    target = path.resolve()
    with _refused(path):
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with _text(descriptor, path) as stream:
            yield stream
            stream.flush()
            with _refused(path):
                # A power cut must not leave an empty file in the place of the one before.
                os.fsync(stream.fileno())
        with _refused(path):
            os.chmod(temporary, _usual_mode() if mode is None else stat.S_IMODE(mode))
            os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class _File(io.FileIO):
    """A file that says itself where it cannot be written: what else fails while it is open is another's matter."""

    def __init__(self, file: Path | int, path: Path) -> None:
        with _refused(path):
            super().__init__(file, "w")
        self._path = path

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            with _refused(self._path):
                return super().write(data)
        except BrokenPipeError:
            raise ReaderGone from None


def console(stream: IO[str], *, least: int = 0) -> Console:
    """What rich prints with to a stream, never narrower than ``least`` columns.

    Below that tables lose letters and whole columns; a terminal that folds their lines shows all of them.
    """
    from rich.console import Console

    made = Console(file=stream, highlight=False, emoji=False, markup=False)
    made.width = max(made.width, least)
    return made


def named(value: str) -> str:
    """A place for output as it was written on the command line.

    Raises:
        BadParameter: for an empty one, which a variable without a value may have left, and which would mean this folder.
    """
    if not value.strip():
        raise typer.BadParameter("is empty. Name the place where the output goes.")
    return value


def named_path(value: str) -> Path:
    """The same as a path."""
    return Path(named(value))


def to_file(help: str = "Write to a file instead of standard output.") -> Any:
    """The option ``--output`` of a command that writes one file, as an annotation."""
    return typer.Option("--output", "-o", metavar="FILE", parser=named_path, help=help)


def keep_apart(output: Path | str | None, inputs: Iterable[Path | str], option: str = "--output") -> None:
    """Make sure that no input is lost to what is written in its place.

    Args:
        output: where something will be written, if anywhere.
        inputs: files that are read, "-" for standard input.
        option: names the output in the message.

    Raises:
        InputError: if the output is one of the inputs, by whatever name or link.
    """
    target = _identity(output) if output is not None else None
    if target is None:
        return
    for file in inputs:
        if _identity(file) == target:
            called = "standard input" if str(file) == "-" else f"the input {file}"
            raise InputError(
                f"{option} {output} is the same file as {called}, which would be overwritten. Choose another {option}."
            )


def _identity(file: Path | str) -> tuple[int, int] | None:
    """What tells a file from all others, whatever it is called; ``None`` for what is none or cannot be seen."""
    try:
        found = os.fstat(0) if str(file) == "-" else os.stat(file)  # noqa: PTH116 (one call for both)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _text(file: Path | int, path: Path) -> IO[str]:
    """A text stream into a file, which messages call ``path``."""
    return io.TextIOWrapper(io.BufferedWriter(_File(file, path)), encoding="utf-8", errors="backslashreplace")


def _mode(path: Path) -> int | None:
    """What is at a path, as ``st_mode`` has it, links followed; ``None`` for nothing."""
    with _refused(path):
        try:
            return path.stat().st_mode
        except FileNotFoundError:
            return None


def _usual_mode() -> int:
    """The mode that a new file gets."""
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Errors of files as ours, but for a pipe whose reader went away, which is no error to a command."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write to {path}: {error.strerror}. Choose another --output.") from error

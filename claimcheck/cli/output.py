"""Where a command's output goes: standard output, a pipe or device, or a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from claimcheck.errors import InputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


@contextmanager
def destination(path: Path | None) -> Iterator[IO[str]]:
    """A text stream to write to: standard output for ``None``, else a file that appears when all is written.

    A link is followed, and a file that is there keeps its mode. A pipe or a device is written to as it is.

    Raises:
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
        with _refused(self._path):
            return super().write(data)


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

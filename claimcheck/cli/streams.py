"""The standard streams of a command, and how it ends: closed streams, full disks, readers that go away, signals."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO, TYPE_CHECKING, NoReturn

from claimcheck.errors import ClaimcheckError, InputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class ReaderGone(Exception):  # noqa: N818 (it is none)
    """The reader of a pipe went away ("| head"): nothing is wrong, and nobody is left to write to.

    No `BrokenPipeError`, of which rich and typer would make an end with exit code 1.
    """


def prepare() -> None:
    """Make the standard streams ones that can be written to whatever they are, and whose errors say what they are."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The next file opened would get the number, and all that libraries print would go into it.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        # For reading only: what is written there fails, as it should.
        sys.stdout = _text(_Out(os.open(os.devnull, os.O_RDONLY)))
    elif _is_plain(sys.stdout, 1):
        sys.stdout = _text(_Out(1), sys.stdout)
    if sys.stderr is None:
        sys.stderr = _text(_Err(os.open(os.devnull, os.O_WRONLY)))
    elif _is_plain(sys.stderr, 2):
        sys.stderr = _text(_Err(2), sys.stderr)


def say(message: str, fg: str = "yellow") -> None:
    """A line to the person at the keyboard, on standard error; with colour where that is wanted."""
    import typer

    typer.secho(message, err=True, fg=fg, color=False if os.environ.get("NO_COLOR") else None)


def leave(code: int) -> NoReturn:
    """End with an exit code, what was printed so far printed."""
    with suppress(ClaimcheckError, ReaderGone, OSError, ValueError):
        sys.stdout.flush()
    sys.exit(code)


@contextmanager
def orderly_end() -> Iterator[None]:
    """Within it a request to end, SIGTERM or SIGHUP, is an exit with the usual code: temporary files are removed."""
    asked = [s for s in (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")) if s is not None]
    if threading.current_thread() is not threading.main_thread():
        asked = []
    # nohup and the like have a signal ignored, and mean it.
    asked = [number for number in asked if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, frame: FrameType | None) -> None:
        for each in asked:
            # timeout(1) sends it twice: the second must not cut off the clearing up after the first.
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in asked:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in asked:
            signal.signal(number, signal.SIG_DFL)


class _Out(io.FileIO):
    """Standard output; once it cannot be written to, what else is written goes nowhere."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "w", closefd=False)

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            self._give_up()
            raise ReaderGone from None
        except OSError as error:
            closed = error.errno == errno.EBADF
            self._give_up()
            why = "it is closed" if closed else error.strerror
            raise InputError(f"cannot write to standard output: {why}. Send the output elsewhere.") from error

    def _give_up(self) -> None:
        """The rest is in buffers, and will be flushed at the end of the process."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


class _Err(io.FileIO):
    """Standard error: what cannot be written there can be said nowhere, and changes no exit code."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "w", closefd=False)

    def write(self, data: ReadableBuffer, /) -> int:
        with suppress(OSError):
            return super().write(data)
        return memoryview(data).nbytes


def _is_plain(stream: IO[str], number: int) -> bool:
    """Whether a stream is the one Python itself has made of this file descriptor."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return type(raw) is io.FileIO and raw.fileno() == number


def _text(raw: io.FileIO, like: IO[str] | None = None) -> io.TextIOWrapper:
    """A text stream into a file, encoded and buffered as another; what it cannot encode is escaped."""
    if isinstance(like, io.TextIOWrapper):
        like.flush()
        encoding, lines, at_once = like.encoding, like.line_buffering, like.write_through
    else:
        encoding, lines, at_once = "utf-8", False, False
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=encoding,
        errors="backslashreplace",
        line_buffering=lines or isinstance(raw, _Err),
        write_through=at_once,
    )

"""Where a command's output goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claimcheck.errors import InputError


@contextmanager
def destination(path: Path | None) -> Iterator[IO[str]]:
    """A text stream to write to: standard output for ``None``, else a file that appears when all is written.

    Raises:
        InputError: if the file cannot be written there.
    """
    if path is None:
        # What cannot be shown in the terminal's encoding is escaped, never a traceback.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"cannot write to {path}: {error.strerror}. Choose another --output.") from error
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(f"cannot write to {path}: {error.strerror}. Choose another --output.") from error
        raise

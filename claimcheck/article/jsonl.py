"""JSON Lines: an article a line, read as it is asked for."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from claimcheck.article import types
from claimcheck.article.types import Article
from claimcheck.errors import InputError


class Lines(Iterator[Article]):
    """The articles of an opened file of JSON Lines. Unlike a generator's, its iteration can go on after an error.

    The file is closed at its end. Raises `InputError` for a line that holds no article.
    """

    def __init__(self, opened: BinaryIO, where: str, *, compressed: bool) -> None:
        self._opened = opened
        self._stream: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=opened) if compressed else opened
        self._where = where
        self._number = 0

    def __next__(self) -> Article:
        while line := self._next_line():
            if line.strip():
                return _read_line(line, f"{self._where}:{self._number}")
        self._opened.close()
        raise StopIteration

    def _next_line(self) -> bytes:
        """The next line with its end, or nothing at the end of the file."""
        if self._opened.closed:
            return b""
        self._number += 1
        try:
            line = self._stream.readline(types.MAX_BYTES + 1)
            if len(line) > types.MAX_BYTES and not line.endswith(b"\n"):
                while (rest := self._stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                    pass  # to where the next article starts
                raise InputError(
                    f"{self._where}:{self._number}: this line is larger than {types.MAX_BYTES // 1_000_000} MB. Split "
                    "the articles in it, one a line."
                )
        except (OSError, EOFError, zlib.error) as error:
            self._opened.close()
            raise InputError(
                f"{self._where}:{self._number}: cannot be read from here on ({error}). Copy or pack the file again."
            ) from error
        return line.removeprefix(b"\xef\xbb\xbf") if self._number == 1 else line


class _Line(msgspec.Struct):
    """What a line may hold; msgspec ignores other fields."""

    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: Any = None


def _read_line(line: bytes, where: str) -> Article:
    """The article of one line; `where` is "path:LINE"."""
    advice = 'Each line must be an object such as {"id": "a1", "title": "Rain", "text": "It rained."}.'
    try:
        try:
            read = msgspec.json.decode(line, type=_Line)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            # Escaped lone surrogates are JSON though msgspec refuses them; what is truly malformed fails here too.
            read = msgspec.convert(json.loads(line), type=_Line)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: {error}. {advice}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: not UTF-8 (byte {error.start} of the line). Save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}). {advice}") from error
    # Lines come from everywhere: an outlet that is no name is some other field of theirs.
    outlet = " ".join(read.outlet.split()) or None if isinstance(read.outlet, str) else None
    return Article(str(read.id) if read.id is not None else where, read.text, title=read.title, outlet=outlet)

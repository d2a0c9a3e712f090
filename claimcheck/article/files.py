"""Reading articles: from a file or standard input to an `Article`. The only room that reads input.

Each format is one function from bytes to text in `_READERS`, found by the suffix of the file's name. So far plain text
is read, Markdown as plain text too.
"""

import difflib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from claimcheck.errors import InputError

__all__ = ["MAX_BYTES", "Article", "read_article"]

MAX_BYTES = 50_000_000
"""Largest input, in bytes. A long novel has one or two million; what is larger is no article."""

_MAX_CONTROL_SHARE = 0.1
_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as Word, Excel and OpenDocument files are"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
)


@dataclass(frozen=True)
class Article:
    """One article as read.

    `text` is the decoded input unchanged, line endings included, a byte-order mark aside; all offsets of a report are
    code points into it. `id` names the article in reports: the path as given, or "stdin". `encoding` is the one that
    the bytes were read with. `notes` are sentences for the person who handed the article in, such as that it was not
    UTF-8; empty where there is nothing to tell.
    """

    id: str
    text: str
    title: str | None = None
    encoding: str = "UTF-8"
    notes: tuple[str, ...] = ()


def read_article(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Article:
    """Read one article from the file `path`, or from standard input where `path` is "-".

    UTF-8, UTF-16 and UTF-32 with a byte-order mark and, failing those, Windows-1252 are understood. `stdin` replaces
    the process's own standard input.

    Raises `InputError` where the input is missing, a directory, closed to the reader, empty, blank, binary, in an
    unknown encoding or format, or larger than `MAX_BYTES`.
    """
    if os.fspath(path) == "-":
        stream = stdin if stdin is not None else sys.stdin.buffer
        return _read_text(_read_limited(stream, "standard input"), "stdin", "standard input")
    file = Path(path)
    where = str(file)
    _check_file(file)
    reader = _reader_for(file)
    try:
        with file.open("rb") as opened:
            data = _read_limited(opened, where)
    except PermissionError as error:
        raise InputError(f"{where}: no permission to read this file. Ask its owner, or check it out again.") from error
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror or error}).") from error
    return reader(data, where, where)


def _check_file(file: Path) -> None:
    """Raise `InputError` where there is no such file."""
    try:
        is_directory, exists = file.is_dir(), file.exists()
    except (OSError, ValueError) as error:  # forbidden folder, name too long, NUL in the name
        raise InputError(f"{str(file)!r}: not a path that can be read ({error}).") from error
    if is_directory:
        raise InputError(
            f"{file}: is a directory. Name the files in it, for example {file / '*.txt'}, or use claimcheck batch."
        )
    if not exists:
        raise InputError(f"{file}: no such file.{_did_you_mean(file)}")


def _did_you_mean(file: Path) -> str:
    """The files beside a missing one with names like it, as a sentence, or what else to do."""
    try:
        names = [entry.name for entry in file.parent.iterdir()]
    except OSError:
        return f" There is no folder {file.parent} either."
    similar = difflib.get_close_matches(file.name, names, n=2, cutoff=0.7)
    if similar:
        return f" Did you mean {' or '.join(str(file.parent / name) for name in similar)}?"
    return " Check the name, or pass - to read from standard input."


def _read_limited(stream: BinaryIO, where: str) -> bytes:
    """All bytes of a stream; `InputError` if there are more than `MAX_BYTES`, of which no more are read than needed."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{where}: larger than {MAX_BYTES // 1_000_000} MB. Split it into its articles and check them one by one."
        )
    return data


def _read_text(data: bytes, id: str, where: str) -> Article:
    """Plain text. `where` names the input in messages."""
    text, encoding, notes = _decode(data, where)
    if not text.strip():
        what = "blank: it has only spaces and line ends" if text else "empty"
        raise InputError(f"{where}: is {what}. Is this the right file, and was it saved?")
    return Article(id, text, encoding=encoding, notes=notes)


_READERS: dict[str, Callable[[bytes, str, str], Article]] = dict.fromkeys(
    ("", ".txt", ".text", ".md", ".markdown"), _read_text
)


def _reader_for(file: Path) -> Callable[[bytes, str, str], Article]:
    """The function that reads files with this name; `InputError` where there is none."""
    suffix = file.suffix.lower()
    if not suffix[1:].isalnum():
        suffix = ""  # "Mr. Smith resigns" has no suffix, whatever pathlib says
    if suffix in _READERS:
        return _READERS[suffix]
    raise InputError(
        f"{file}: claimcheck does not read {suffix} files. Save the article as plain text (.txt) and check that. If it "
        f"is plain text already, rename it, or pass it on standard input: claimcheck check - < {file}"
    )


def _decode(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Text, name of its encoding and notes; `InputError` for bytes that are not text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where}: is {kind}, not text. Save or export the article as plain text (.txt).")
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                text = data.removeprefix(mark).decode(codec) if codec == "utf-8" else data.decode(codec)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{where}: starts with the mark of {name} but is damaged at byte {error.start}. Save it again as "
                    "UTF-8."
                ) from error
            _check_is_text(text, where)
            return text, name, () if name == "UTF-8" else (f"Read as {name}.",)
    if b"\0" in data:
        raise InputError(
            f"{where}: is a binary file, not text (it has NUL bytes). If it is text in UTF-16, save it again as UTF-8."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    else:
        _check_is_text(text, where)
        return text, "UTF-8", ()
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: is neither UTF-8 (see byte {broken}) nor Windows-1252 (see byte {error.start}), and has no mark "
            "of UTF-16. Save it again as UTF-8."
        ) from error
    _check_is_text(text, where)
    note = f"Read as Windows-1252, as it is not UTF-8 (see byte {broken}). If letters look wrong, save it as UTF-8."
    return text, "Windows-1252", (note,)


def _check_is_text(text: str, where: str) -> None:
    """Raise `InputError` where a text has NULs or is largely control characters: a binary file that happened to
    decode."""
    control = sum(map(text.count, map(chr, (*range(1, 9), *range(14, 32), 127))))
    if "\0" in text or control > _MAX_CONTROL_SHARE * len(text):
        raise InputError(
            f"{where}: is a binary file, not text (it has NULs or mostly control characters). Save or export the "
            "article as plain text (.txt)."
        )

"""Files and standard input: which reader, and what cannot be read at all."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from claimcheck.article import jsonl, plain, types
from claimcheck.article.types import Article
from claimcheck.errors import InputError

Reader = Callable[[bytes, str, str], Article]
"""From bytes, the article's id and the name of the input in messages to the article."""

FORMATS = {
    "": "plain",
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
}
"""The module that reads files with a suffix; each has `read`. Those with a library of their own import it late."""

_INSTEAD = {
    ".doc": "Open it in a word processor and save it as .docx.",
    ".odt": "Open it in a word processor and save it as .docx.",
    ".rtf": "Open it in a word processor and save it as .docx.",
    ".mht": "Save the page as HTML.",
    ".mhtml": "Save the page as HTML.",
}


def read_article(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Article:
    """Read one article from the file `path`, or from standard input where `path` is "-".

    Plain text, Markdown, HTML and Word documents (.docx) are told apart by the name of the file; standard input is
    plain text. UTF-8, UTF-16 and UTF-32 with a byte-order mark and, failing those, Windows-1252 are understood, in
    HTML the encoding that the page names too. `stdin` replaces the process's own standard input.

    Raises:
        InputError: where the input is missing, a directory, closed to the reader, empty, blank, binary, broken, in an
            unknown encoding or format, or larger than `MAX_BYTES`; where the library for its format is not installed.
    """
    if os.fspath(path) == "-":
        return plain.read(standard_input(stdin), "stdin", "standard input")
    return read_file(path)[0]


def read_file(path: str | os.PathLike[str]) -> tuple[Article, bytes]:
    """As `read_article` of a file, and the bytes that it was read from: a pipe gives them only once.

    Raises:
        InputError: as `read_article`.
    """
    refuse_address(os.fspath(path))
    file = Path(path)
    where = str(file)
    _check_file(file)
    read = _reader_for(file)
    try:
        with file.open("rb") as opened:
            data = _read_limited(opened, where)
    except OSError as error:
        raise _cannot_open(where, error) from error
    return read(data, where, where), data


def read_articles(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Iterator[Article]:
    """Read the articles of the file `path`: one a line for `.jsonl` and `.jsonl.gz`, else the one of `read_article`.

    A line of JSON Lines is an object with "text" and, if it likes, "id", "title" and "outlet"; other fields are ignored. Its
    text stays unchanged, its id is "path:LINE" (from 1) by default. Blank lines are skipped. The file is read as the
    articles are asked for, a line at a time, however long it is.

    Raises:
        InputError: at once where the file cannot be opened or `read_article` refuses it; where a line is malformed or
            larger than `MAX_BYTES`, when its turn comes, with the number of the line. The iteration can go on with the
            next line then.
    """
    where = os.fspath(path)
    if where == "-" or not _is_jsonl(where):
        return iter([read_article(path, stdin=stdin)])
    refuse_address(where)
    file = Path(path)
    _check_file(file)
    try:
        opened = file.open("rb")
    except OSError as error:
        raise _cannot_open(where, error) from error
    return jsonl.Lines(opened, where, compressed=where.lower().endswith(".gz"))


def standard_input(stdin: BinaryIO | None = None) -> bytes:
    """All of standard input, or of the stream in its place.

    Raises:
        InputError: if it is closed, cannot be read, or holds more than `MAX_BYTES`.
    """
    if stdin is None and sys.stdin is None:
        raise InputError("standard input: is closed. Name the file to read, or pass it in: claimcheck check - < FILE")
    try:
        return _read_limited(stdin if stdin is not None else sys.stdin.buffer, "standard input")
    except OSError as error:
        raise InputError(
            f"standard input: cannot be read ({error.strerror or error}). Name the file to read instead."
        ) from error


def _is_jsonl(where: str) -> bool:
    return where.lower().endswith((".jsonl", ".jsonl.gz"))


def _cannot_open(where: str, error: OSError) -> InputError:
    """The error to raise for one of opening or reading a file."""
    if isinstance(error, PermissionError):
        return InputError(f"{where}: no permission to read this file. Ask its owner, or check it out again.")
    return InputError(f"{where}: cannot be read ({error.strerror or error}).")


def refuse_address(where: str) -> None:
    """Raise `InputError` for the address of a web page, which is no path."""
    if where.lower().startswith(("http://", "https://")):
        raise InputError(
            f"{where}: is the address of a web page, no file. Use --url {where} with claimcheck check or sources; for "
            "other commands save the page as HTML and name that file."
        )


def refuse_dangling(file: Path) -> None:
    """Raise `InputError` for a link that leads to what is not there."""
    if file.is_symlink() and not file.exists():
        raise InputError(
            f"{file}: is a link to {file.readlink()}, but no such file is there. Mend the link, or name the file."
        )


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
        refuse_dangling(file)
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
    data = stream.read(types.MAX_BYTES + 1)
    if len(data) > types.MAX_BYTES:
        raise InputError(
            f"{where}: larger than {types.MAX_BYTES // 1_000_000} MB. Split it into its articles and check them one by "
            "one."
        )
    return data


def _reader_for(file: Path) -> Reader:
    """The function that reads files with this name; `InputError` where there is none."""
    suffix = file.suffix.lower()
    if not suffix[1:].isalnum():
        suffix = ""  # "Mr. Smith resigns" has no suffix, whatever pathlib says
    if suffix in FORMATS:
        return reader(FORMATS[suffix])
    if _is_jsonl(file.name):
        raise InputError(f"{file}: holds an article a line. Read it with read_articles, or use claimcheck batch.")
    instead = _INSTEAD.get(suffix, "Save the article as plain text (.txt) and check that.")
    raise InputError(
        f"{file}: claimcheck does not read {suffix} files. {instead} If it is plain text already, rename it to "
        f".txt, or pass it on standard input: claimcheck check - < {file}"
    )


def reader(format: str) -> Reader:
    """The reader of one of the `FORMATS`, by the name of its module."""
    read: Reader = import_module(f"claimcheck.article.{format}").read
    return read

"""Arguments to articles: walks folders, reads each input as a stream, and says when an input is no longer the same.

An input is a file of many articles (JSON Lines, also gzipped; Parquet; the Arrow files of ``Dataset.save_to_disk``), a
file that is one article, or a folder of such files. What cannot be read becomes a `Problem` in the place of the article
and reading goes on.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from claimcheck.article import Article, read_articles
from claimcheck.article.files import refuse_address, refuse_dangling
from claimcheck.errors import InputError
from claimcheck.extras import require

if TYPE_CHECKING:
    import pyarrow

LINES = (".jsonl", ".jsonl.gz")
TABLES = (".parquet", ".arrow")

_CHUNK = 1 << 20
_ROWS = 64
"""Rows of a table read at a time."""
_SHARD = re.compile(r"(?!cache-).*\.arrow\Z", re.DOTALL)
"""Files of a saved dataset with its rows; ``Dataset.map`` may leave its cache, the same rows once more, beside them."""


class Problem(msgspec.Struct, frozen=True):
    """An article that could not be read or checked: a line of the errors file.

    ``id`` is the article's, or ``where`` if that is not known; ``where`` is the file and the line or row in it.
    """

    id: str
    where: str
    message: str

    def to_json(self) -> str:
        """The problem as one line of JSON, without its end."""
        return msgspec.json.encode({k: escaped(v) for k, v in msgspec.structs.asdict(self).items()}).decode()


def escaped(text: str) -> str:
    """The text with escapes for lone surrogates: a file name may be no valid Unicode, and msgspec refuses these."""
    return text.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the input: read, unreadable, or (``content`` is None) the file ``where``, to be read when due."""

    where: str
    content: Article | Problem | None
    size: int
    """Characters of the article, or bytes of the file: an estimate of the memory and the work it takes."""


class Surveyed(msgspec.Struct, frozen=True):
    """What an input is, so that a later run can tell whether it is still the same."""

    path: str
    digest: str
    """BLAKE2b of the names and contents of its files."""
    articles: int
    """Lines, rows and files in it: the number of its articles, or a little more where lines are blank."""


def check_inputs(paths: Iterable[str]) -> None:
    """Find what is wrong with the arguments themselves, before hours of work.

    Raises:
        InputError: if an input is missing, or can be read only once, or if there is none.
    """
    paths = list(paths)
    if not paths:
        raise InputError("nothing to check: name files or folders of articles.")
    for path in paths:
        if path == "-":
            raise InputError(
                "standard input cannot be read here: it would be lost if the run were cut off. Save it as .jsonl and "
                "name that."
            )
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            refuse_address(path)
            if isinstance(error, FileNotFoundError):
                refuse_dangling(Path(path))
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{path!r}: cannot be read ({reason}). Check the name.") from error
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            # Such as <(zcat news.gz): the survey would leave nothing of it for the work.
            raise InputError(f"{path!r}: is neither a file nor a folder. Save what it gives as .jsonl and name that.")
    if any(_suffix(file) in TABLES for file in files(paths) if isinstance(file, str)):
        require("Reading tables", "bulk", "pyarrow")


def files(paths: Iterable[str]) -> Iterator[str | Problem]:
    """The files of the inputs, in their order, those of a folder by name, subfolders too, but no hidden ones."""
    for path in paths:
        if Path(path).is_dir():
            yield from _walk(path)
        else:
            yield path


def survey(paths: Iterable[str]) -> list[Surveyed]:
    """Read every input once, for its digest and the number of its articles.

    This costs less than a thousandth of checking them, and it is certain where dates and sizes of files are not.
    """
    return [_survey(path) for path in paths]


def entries(paths: Iterable[str]) -> Iterator[Entry]:
    """The articles of the inputs in their order, unreadable ones too. The same inputs give the same entries."""
    for file in files(paths):
        if isinstance(file, Problem):
            yield Entry(file.where, file, 0)
        elif _suffix(file) in LINES:
            yield from _lines(file)
        elif _suffix(file) in TABLES:
            yield from _rows(file)
        else:
            try:
                size = Path(file).stat().st_size
            except OSError:
                size = 0
            yield Entry(file, None, size)


def _suffix(file: str) -> str:
    """The suffix among those of files of many articles, or nothing."""
    return next((s for s in (*LINES, *TABLES) if file.lower().endswith(s)), "")


def _walk(folder: str) -> Iterator[str | Problem]:
    try:
        with os.scandir(folder) as found:
            children = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in found if not e.name.startswith("."))
    except OSError as error:
        yield Problem(folder, folder, f"{folder}: this folder cannot be read ({error.strerror}).")
        return
    # A folder written by Dataset.save_to_disk: the JSON files in it are about the data, not articles.
    saved = {"dataset_info.json", "state.json"} <= {name for name, _ in children}
    for name, is_folder in children:
        path = os.path.join(folder, name)  # noqa: PTH118 (keeps "./" and "folder/" as the user wrote them)
        if is_folder:
            yield from _walk(path)
        elif Path(path).is_file() and name != "dataset_dict.json" and (not saved or _SHARD.match(name)):
            yield path


def _survey(path: str) -> Surveyed:
    digest = hashlib.blake2b(digest_size=16)
    articles = 0
    for file in files([path]):
        if isinstance(file, Problem):
            digest.update(b"unreadable\0" + os.fsencode(file.where) + b"\0")
            articles += 1
            continue
        digest.update(os.fsencode(os.path.relpath(file, path)) + b"\0")
        lines = 0
        last = b"\n"
        try:
            with open(file, "rb", buffering=0) as stream:
                digest.update(os.fstat(stream.fileno()).st_size.to_bytes(8, "big"))
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    lines += chunk.count(b"\n")
                    last = chunk
        except OSError:
            digest.update(b"unreadable\0")
        match _suffix(file):
            case ".jsonl":
                articles += lines + (not last.endswith(b"\n"))
            case ".jsonl.gz":
                articles += _count_compressed(file)
            case ".parquet" | ".arrow":
                articles += _count_rows(file)
            case _:
                articles += 1
    return Surveyed(escaped(path), digest.hexdigest(), articles)


def _count_compressed(file: str) -> int:
    lines = 0
    last = b"\n"
    # A damaged file is found again, and recorded, where its articles are read.
    with suppress(OSError, EOFError, ValueError), gzip.open(file) as stream:
        while chunk := stream.read(_CHUNK):
            lines += chunk.count(b"\n")
            last = chunk
    return max(1, lines + (not last.endswith(b"\n")))


def _count_rows(file: str) -> int:
    try:
        if file.lower().endswith(".parquet"):
            import pyarrow.parquet as parquet

            return int(parquet.read_metadata(file).num_rows)
        return sum(batch.num_rows for batch in _arrow_batches(file))
    except Exception:  # found again, and recorded, where the rows are read
        return 1


_LINE = re.compile(r":\d+(?=: )")


def _lines(file: str) -> Iterator[Entry]:
    """The articles of a file of JSON Lines; a malformed line is a problem, and the next one is read."""
    try:
        articles = read_articles(file)
    except InputError as error:
        yield Entry(file, Problem(file, file, str(error)), 0)
        return
    number = 0
    while True:
        number += 1
        try:
            article = next(articles)
        except StopIteration:
            return
        except InputError as error:
            message = str(error)
            line = _LINE.match(message, len(file)) if message.startswith(file) else None
            where = message[: line.end()] if line else f"{file}, article {number}"
            yield Entry(where, Problem(where, where, message), 0)
        else:
            where = article.id if article.id.startswith(f"{file}:") else f"{file}, article {number}"
            yield Entry(where, article, len(article.text))


def _rows(file: str) -> Iterator[Entry]:
    """The articles of a table; a row without text is a problem, and the next one is read."""
    row = 0
    try:
        batches = _parquet_batches(file) if file.lower().endswith(".parquet") else _arrow_batches(file)
        for batch in batches:
            names = batch.schema.names
            if "text" not in names:
                columns = ", ".join(map(repr, names)) or "none"
                message = f"{file}: has no column 'text', only {columns}. Name the column with the articles 'text'."
                yield Entry(file, Problem(file, file, message), 0)
                return
            cells = [batch.column(name) if name in names else None for name in ("id", "title", "text")]
            for i in range(batch.num_rows):
                row += 1
                yield _row(f"{file}:{row}", *(c[i] if c is not None else None for c in cells))
    except (
        Exception
    ) as error:  # whatever pyarrow lets through, two columns of a name, say: it is this file's matter alone
        where = f"{file}:{row + 1}" if row else file
        message = f"{where}: cannot be read from here on ({error}). Copy or write the file again."
        yield Entry(where, Problem(where, where, message), 0)


def _row(where: str, id: Any, title: Any, text: Any) -> Entry:
    try:
        id, title, text = (cell.as_py() if cell is not None else None for cell in (id, title, text))
    except (UnicodeDecodeError, OverflowError) as error:
        return Entry(where, Problem(where, where, f"{where}: cannot be read ({error})."), 0)
    name = str(id) if id is not None else where
    if not isinstance(text, str):
        kind = "no text" if text is None else f"{type(text).__name__} where the text should be"
        return Entry(where, Problem(name, where, f"{where}: has {kind}."), 0)
    return Entry(where, Article(name, text, title=title if isinstance(title, str) else None), len(text))


def _parquet_batches(file: str) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow.parquet as parquet

    # Buffered pages instead of whole column chunks: one row group may hold a million articles.
    with parquet.ParquetFile(file, pre_buffer=False, buffer_size=_CHUNK) as table:
        names = table.schema_arrow.names
        wanted = [name for name in ("id", "title", "text") if name in names] if "text" in names else None
        yield from table.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False)


def _arrow_batches(file: str) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    # Dataset.save_to_disk writes the stream format; others write Arrow files in the random access format.
    with pyarrow.OSFile(file) as source:
        if source.read(6) == b"ARROW1":
            with pyarrow.ipc.open_file(file) as opened:
                for i in range(opened.num_record_batches):
                    yield opened.get_batch(i)
            return
        source.seek(0)
        with pyarrow.ipc.open_stream(source) as opened:
            yield from opened


def inside(path: Path, folders: Iterable[str]) -> str | None:
    """The folder among the inputs that ``path`` lies in, if there is one."""
    resolved = path.resolve()
    return next((f for f in folders if Path(f).is_dir() and resolved.is_relative_to(Path(f).resolve())), None)

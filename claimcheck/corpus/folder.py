"""A corpus on disk: a folder of ``STRATUM/NAME.txt`` in the inline format."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from claimcheck.corpus.annotation import GoldArticle
from claimcheck.corpus.inline import InlineError, read
from claimcheck.errors import InputError


def files(folder: Path) -> list[Path]:
    """The files of all articles, in the order of their paths.

    Raises:
        InputError: if there is none.
    """
    found = sorted(folder.glob("*/*.txt"))
    if not found:
        raise InputError(f"there is no article in {folder}: expected files like {folder}/STRATUM/NAME.txt")
    return found


def walk(folder: Path, split: str | None = None) -> Iterator[GoldArticle]:
    """All articles, or those of one split, in the order of their paths.

    Raises:
        InlineError: if a file is malformed.
        InputError: if there is no article.
    """
    for file in files(folder):
        article = read(file)
        if split is None or article.meta.get("split") == split:
            yield article


def write(texts: Mapping[Path, str]) -> None:
    """Write files whole or not at all, each in the place of what is there; links are followed and modes kept.

    None gets its name before all are on the disk, so that a full one leaves everything as it was.

    Raises:
        InputError: if a file cannot be written.
    """
    waiting: dict[Path, str] = {}
    try:
        for path, text in texts.items():
            try:
                target = path.resolve()
                target.parent.mkdir(parents=True, exist_ok=True)
                descriptor, waiting[path] = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
                with open(descriptor, "wb") as stream:
                    stream.write(text.encode())
                    stream.flush()
                    os.fsync(stream.fileno())
                if target.exists():
                    shutil.copymode(target, waiting[path])
                else:
                    Path(waiting[path]).chmod(0o666 & ~_umask())
            except (OSError, RuntimeError) as error:  # a loop of links
                raise _refused(path, error) from error
        for path in list(waiting):
            try:
                os.replace(waiting[path], path.resolve())
            except OSError as error:
                raise _refused(path, error) from error
            del waiting[path]
    finally:
        for temporary in waiting.values():
            Path(temporary).unlink(missing_ok=True)


def keep_apart(outputs: Iterable[Path], corpus: Path) -> None:
    """Make sure that nothing of a corpus is overwritten by what is made of it.

    Raises:
        InputError: if an output is an article of the corpus, by whatever name or link.
    """
    own = {(found.st_dev, found.st_ino) for found in (file.stat() for file in files(corpus) if file.exists())}
    for path in outputs:
        try:
            found = path.stat()
        except OSError:
            continue
        if (found.st_dev, found.st_ino) in own:
            raise InputError(
                f"{path} is an article of the corpus, which would be overwritten. Choose another --output."
            )


def _refused(path: Path, error: OSError | RuntimeError) -> InputError:
    return InputError(f"cannot write to {path}: {getattr(error, 'strerror', None) or error}. Choose another place.")


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def read_all(folder: Path) -> tuple[list[GoldArticle], list[str]]:
    """All articles that can be read, and what is wrong with those that cannot.

    Raises:
        InputError: if there is no article.
    """
    articles: list[GoldArticle] = []
    problems: list[str] = []
    for file in files(folder):
        try:
            articles.append(read(file))
        except InlineError as error:
            problems += error.problems
    return articles, problems

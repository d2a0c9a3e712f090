"""A corpus on disk: a folder of ``STRATUM/NAME.txt`` in the inline format."""

from __future__ import annotations

from collections.abc import Iterator
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

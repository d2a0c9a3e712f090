"""The articles that a command names, and what there is to say of reading them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from claimcheck.cli.streams import say
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from claimcheck.article import Article


def articles(files: Iterable[str], urls: Iterable[str] = ()) -> Iterator[tuple[str, Article]]:
    """The articles of files and web pages with what each came from; notes of their readers go to standard error.

    Raises:
        InputError: as `claimcheck.article.read_articles`, and if there is no article in any of them.
    """
    from claimcheck.article import read_articles, read_url

    empty: list[str] = []
    found = False
    for file in files:
        read = False
        for article in read_articles(file):
            read = found = True
            yield file, _noted(article)
        if not read:
            empty.append(file)
    for url in urls:
        found = True
        yield url, _noted(read_url(url))
    tell_empty(empty, found=found)


def tell_empty(files: Sequence[str], *, found: bool) -> None:
    """Say which files hold no article; only JSON Lines can.

    Raises:
        InputError: if none was ``found`` in others either.
    """
    if not files:
        return
    message = (
        f"{', '.join(files)}: no article in {'it' if len(files) == 1 else 'them'}. Each line of JSON Lines is one."
    )
    if not found:
        raise InputError(f"{message} Check the name, or write the file again.")
    say(f"claimcheck: {message}")


def _noted(article: Article) -> Article:
    for note in article.notes:
        say(f"claimcheck: {article.id}: {note}")
    return article

"""``claimcheck sources``: whose voices some articles carry, how loud they are, and how they balance."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.output import to_file
from claimcheck.cli.streams import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from claimcheck.article import Article
    from claimcheck.report import Model
    from claimcheck.sources import Audit


class Format(StrEnum):
    """How audits are written."""

    terminal = "terminal"
    csv = "csv"
    json = "json"


class By(StrEnum):
    """What an audit is about."""

    article = "article"
    folder = "folder"
    outlet = "outlet"


class Rows(StrEnum):
    """What a row of the CSV is."""

    speakers = "speakers"
    balance = "balance"


UNKNOWN_OUTLET = "outlet unknown"
"""The group of articles that do not say where they appeared."""


def sources(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH ...|-]", help="Articles; - or nothing for standard input.")
    ] = None,
    by: Annotated[
        By, typer.Option("--by", help="One audit an article, or one for all articles of a folder or an outlet.")
    ] = By.article,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="terminal to read, csv for a table, json for programs.")
    ] = Format.terminal,
    rows: Annotated[
        Rows | None, typer.Option("--rows", help="With --format csv: a row a speaker, or a row an audit.")
    ] = None,
    output: Annotated[Path | None, to_file()] = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="DIR", help="A model folder, or the name of one that ships.")
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option("--url", metavar="URL", help="Fetch and audit a page; needs the extra formats.")
    ] = None,
) -> None:
    """Audit the sources of articles: who speaks, how much, and how they balance."""
    from claimcheck.checker import load
    from claimcheck.cli import reading
    from claimcheck.cli.output import destination, keep_apart
    from claimcheck.errors import InputError
    from claimcheck.report import Model
    from claimcheck.sources import audit

    files = paths or ([] if url else ["-"])
    if files.count("-") > 1:
        raise InputError("Standard input (-) can be read once only.")
    if rows and format is not Format.csv:
        raise InputError("--rows goes with --format csv.")
    keep_apart(output, files)
    groups: deque[str] = deque()

    def articles() -> Iterator[Article]:
        for path, article in reading.articles(files, url or []):
            groups.append(_group(article, path, by))
            yield article

    checker = load(model)
    # Reports come in the order of the articles, some of which are read ahead.
    found = ((groups.popleft(), audit(report)) for report in checker.check_many(articles()))
    with destination(output) as stream:
        audits = (a for _, a in found) if by is By.article else _grouped(found, by)
        config = checker.model.config
        _write(audits, by, format, rows or Rows.speakers, Model(config.name, config.version), stream)


def _group(article: Article, path: str, by: By) -> str:
    """The name of the group that an article is in."""
    from claimcheck.sources import folder_of, outlet_of

    if by is By.folder:
        return folder_of(path)
    return article.outlet or outlet_of(article.id) or UNKNOWN_OUTLET if by is By.outlet else article.id


def _grouped(found: Iterable[tuple[str, Audit]], by: By) -> Iterator[Audit]:
    """The audits of groups, in the order in which they are met.

    Raises:
        InputError: if no article says its outlet.
    """
    from claimcheck.errors import InputError
    from claimcheck.render.words import count
    from claimcheck.sources import Group

    groups: dict[str, Group] = {}
    for name, audit in found:
        groups.setdefault(name, Group(name)).add(audit)
    if by is By.outlet and (unknown := groups.get(UNKNOWN_OUTLET)):
        way = 'Say it in the field "outlet" of JSON Lines, or audit web pages, which mostly say it'
        if len(groups) == 1:
            raise InputError(
                f"--by outlet: no article says where it appeared. {way}; or sort files in folders: --by folder."
            )
        say(f"claimcheck: outlet unknown of {count(unknown.articles, 'article')}. {way}.")
    for group in groups.values():
        yield group.audit()


def _write(audits: Iterable[Audit], by: By, format: Format, rows: Rows, model: Model, stream: IO[str]) -> None:
    from claimcheck.render import sources as render

    if format is Format.json:
        from claimcheck._version import __version__
        from claimcheck.sources import SCHEMA, Audits

        stream.write(Audits(SCHEMA, by.value, list(audits), model, __version__).to_json(indent=2) + "\n")
        return
    if format is Format.csv:
        written = render.table if rows is Rows.speakers else render.balances
        # The header goes with the first audit, so that an error before it leaves nothing behind.
        header = True
        for audit in audits:
            stream.write(written([audit], header=header))
            header = False
        return
    from claimcheck.cli.output import console

    out = console(stream, least=render.LEAST)
    for i, audit in enumerate(audits):
        if i:
            out.print()
        render.show(audit, out)

"""Checking for engines that bring their own processes: pandas frames for Spark, columns for ``datasets``.

Spark, with the model loaded once a Python worker::

    from claimcheck.bulk import CHECKED_DDL, check_frames, table_ddl, table_frames

    checked = articles.mapInPandas(check_frames, schema=CHECKED_DDL)          # columns id, text, title
    checked.write.parquet("checked")
    checked = spark.read.parquet("checked")
    claims = checked.mapInPandas(partial(table_frames, table="claims"), schema=table_ddl("claims"))

Datasets::

    checked = dataset.map(check_columns, batched=True, batch_size=64, num_proc=4)

An article that fails has no report, and says why in ``error``. Give options with `functools.partial`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimcheck.article import Article
from claimcheck.bulk import tables
from claimcheck.bulk.inputs import Entry, Problem
from claimcheck.bulk.work import check_entries
from claimcheck.report import Report

if TYPE_CHECKING:
    import pandas as pd

    from claimcheck.checker import Checker

CHECKED_DDL = "id string, report string, error string"
"""The columns that `check_frames` gives, as Spark wants them named."""

_ROWS = 64


def check_frames(
    frames: Iterable[pd.DataFrame],
    *,
    model: str | None = None,
    text: str = "text",
    id: str = "id",
    title: str = "title",
) -> Iterator[pd.DataFrame]:
    """For ``mapInPandas``: frames of articles to frames with ``id``, ``report`` (JSON) and ``error``, a row an article.

    Rows keep their order; a frame of many rows becomes several, so that few reports are held at a time.

    Args:
        frames: with a column ``text`` and, if they like, ``id`` (default: the frame's index) and ``title``.
        model: as ``claimcheck.load`` takes it.
        text: name of the column with the articles.
        id: name of the column with their ids.
        title: name of the column with their titles.

    Raises:
        KeyError: if there is no column ``text``.
        ModelError: if the model cannot be used.
    """
    import pandas as pd

    for frame in frames:
        for first in range(0, len(frame), _ROWS):
            rows = frame.iloc[first : first + _ROWS]
            ids = list(rows[id]) if id in rows else list(rows.index)
            titles = list(rows[title]) if title in rows else [None] * len(rows)
            checked = _check(ids, list(rows[text]), titles, model)
            columns = {
                "id": [str(i) for i in ids],
                "report": [r.to_json() if isinstance(r, Report) else None for r in checked],
                "error": [r.message if isinstance(r, Problem) else None for r in checked],
            }
            yield pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def check_columns(
    batch: dict[str, list[Any]],
    *,
    model: str | None = None,
    text: str = "text",
    id: str = "id",
    title: str = "title",
) -> dict[str, list[str]]:
    """For ``datasets.map(..., batched=True)``: new columns ``report`` (JSON) and ``error`` for a batch of articles.

    One of the two is the empty string, not null: datasets takes the type of a column from its first batch. Arguments
    and errors are those of `check_frames`; without a column ``id`` articles are numbered within their batch.
    """
    texts = batch[text]
    ids = batch[id] if id in batch else range(len(texts))
    titles = batch[title] if title in batch else [None] * len(texts)
    checked = _check(ids, texts, titles, model)
    return {
        "report": [r.to_json() if isinstance(r, Report) else "" for r in checked],
        "error": [r.message if isinstance(r, Problem) else "" for r in checked],
    }


def table_frames(frames: Iterable[pd.DataFrame], *, table: str, report: str = "report") -> Iterator[pd.DataFrame]:
    """For ``mapInPandas``: frames with reports to the rows of one of the tables of `claimcheck.bulk.tables`.

    Args:
        frames: with a column of reports as JSON; rows without one give no rows.
        table: articles, sentences, claims, speakers or findings.
        report: name of the column.

    Raises:
        ValueError: if there is no such table, or a report is none.
    """
    import pandas as pd

    names = _columns(table)
    for frame in frames:
        reports = (Report.from_json(r) for r in frame[report] if isinstance(r, str) and r)
        rows = [row for r in reports for row in tables.rows(r)[table]]
        # Plain objects: with pandas' own choice, a column of integers with a gap would turn to floating point.
        yield pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})


def table_ddl(table: str) -> str:
    """The columns that `table_frames` gives, as Spark wants them named.

    Raises:
        ValueError: if there is no such table.
    """
    _columns(table)
    return tables.ddl(table)


def _columns(table: str) -> list[str]:
    if table not in tables.NAMES:
        raise ValueError(f"there is no table {table!r}, only {', '.join(tables.NAMES)}")
    return tables.columns(table)


def _check(
    ids: Sequence[Any], texts: Sequence[Any], titles: Sequence[Any], model: str | None
) -> list[Report | Problem]:
    entries = []
    for i, text, title in zip(ids, texts, titles, strict=True):
        name = str(i)
        if isinstance(text, str):
            content: Article | Problem = Article(name, text, title=title if isinstance(title, str) else None)
        else:
            content = Problem(name, name, f"{name}: has no text.")
        entries.append(Entry(name, content, 0))
    return list(check_entries(_checker(model, os.getpid()), entries))


@lru_cache(maxsize=1)
def _checker(model: str | None, process: int) -> Checker:
    """The model, loaded once a process: what a forked process inherits of onnxruntime does not work."""
    from claimcheck.checker import load

    return load(model, threads=1)

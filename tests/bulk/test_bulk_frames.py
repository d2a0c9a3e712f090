"""The functions for Spark and datasets, on pandas and datasets themselves."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from bulk_articles import news

from claimcheck.article import Article
from claimcheck.bulk import check_columns, check_frames, table_ddl, table_frames, tables
from claimcheck.checker import Checker
from claimcheck.errors import ModelError
from claimcheck.report import Report

NEWS = [r for r in news(70, sentences=2) if "\ud83d" not in r["text"]]


def expected(checker: Checker, size: int = 64) -> list[str]:
    articles = [Article(r["id"], r["text"], title=r["title"]) for r in NEWS]
    return [r.to_json() for i in range(0, len(NEWS), size) for r in checker.check_many(articles[i : i + size])]


def test_frames_of_articles_become_frames_of_reports(tiny_model: Path, tiny_checker: Checker) -> None:
    frame = pd.DataFrame(NEWS)
    checked = list(check_frames(iter([frame, frame.iloc[:0]]), model=str(tiny_model)))
    assert [len(f) for f in checked] == [64, len(NEWS) - 64]
    whole = pd.concat(checked)
    assert list(whole.columns) == ["id", "report", "error"]
    assert list(whole.report) == expected(tiny_checker)
    assert whole.error.isna().all()


def test_a_row_without_text_has_an_error_in_place_of_a_report(tiny_model: Path) -> None:
    frame = pd.DataFrame({"key": [1, 2, 3], "body": ["It rained.", None, float("nan")]})
    (checked,) = check_frames([frame], model=str(tiny_model), text="body", id="key")
    assert list(checked.id) == ["1", "2", "3"]
    assert [r is None for r in checked.report] == [False, True, True]
    assert [e is None for e in checked.error] == [True, False, False]


def test_without_ids_rows_are_called_by_their_index_and_without_text_it_is_an_error(tiny_model: Path) -> None:
    (checked,) = check_frames([pd.DataFrame({"text": ["It rained."]}, index=[9])], model=str(tiny_model))
    assert list(checked.id) == ["9"]
    with pytest.raises(KeyError):
        list(check_frames([pd.DataFrame({"body": ["x"]})], model=str(tiny_model)))
    with pytest.raises(ModelError):
        list(check_frames([pd.DataFrame({"text": ["x"]})], model="no-such-model"))


@pytest.fixture(scope="module")
def checked(tiny_model: Path) -> list[pd.DataFrame]:
    frames = list(check_frames([pd.DataFrame(NEWS[:40])], model=str(tiny_model)))
    return [*frames, pd.DataFrame({"id": ["x"], "report": [None], "error": ["bad"]})]


@pytest.mark.parametrize("table", tables.NAMES)
def test_reports_become_rows_that_arrow_takes(checked: list[pd.DataFrame], table: str) -> None:
    frames = list(table_frames(checked, table=table))
    rows = [row for json in checked[0].report for row in tables.rows(Report.from_json(json))[table]]
    schema = tables.schema(table).remove(0)
    # As Spark does it: each frame to Arrow, with the schema that was named.
    read = pa.concat_tables(pa.Table.from_pandas(f, schema=schema, preserve_index=False) for f in frames)
    assert read.to_pylist() == rows
    assert table_ddl(table).startswith("`article_id` string, ")


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(ValueError, match="sentences, claims"):
        table_ddl("quotes")


def test_datasets_map(tiny_model: Path, tiny_checker: Checker) -> None:
    from datasets import Dataset

    dataset = Dataset.from_list([*NEWS, {"id": "empty", "title": None, "text": None}])
    checked = dataset.map(partial(check_columns, model=str(tiny_model)), batched=True, batch_size=16)
    assert checked["report"][:-1] == expected(tiny_checker, 16)[: len(NEWS)]
    assert checked["report"][-1] == ""
    assert set(checked["error"][:-1]) == {""}
    assert checked["error"][-1] == "empty: has no text."
    assert checked["text"][:-1] == [r["text"] for r in NEWS]

"""Files and folders to articles: every format gives the same, and what is broken costs no more than itself."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bulk_articles import news, write_jsonl
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.article import Article
from claimcheck.bulk.inputs import Entry, Problem, check_inputs, entries, survey
from claimcheck.bulk.parts import cut, part_size
from claimcheck.errors import InputError

RECORDS = news(150, odd=False)


def table(records: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(records)


def write(folder: Path, format: str) -> Path:
    path = folder / f"news.{format}"
    if format.startswith("jsonl"):
        return write_jsonl(path, RECORDS)
    if format == "parquet":
        pq.write_table(table(RECORDS), path, row_group_size=40)
    elif format == "arrow":
        with pa.ipc.new_file(path, table(RECORDS).schema) as out:
            out.write_table(table(RECORDS), max_chunksize=40)
    elif format == "saved":
        from datasets import Dataset

        Dataset.from_list(RECORDS).save_to_disk(path, num_shards=2)
    return path


def articles(*paths: Path) -> list[Article | Problem | None]:
    return [e.content for e in entries([str(p) for p in paths])]


@pytest.mark.parametrize("format", ["jsonl", "jsonl.gz", "parquet", "arrow", "saved"])
def test_every_format_gives_the_same_articles_in_order(tmp_path: Path, format: str) -> None:
    path = write(tmp_path, format)
    assert articles(path) == [Article(r["id"], r["text"], title=r["title"]) for r in RECORDS]
    (surveyed,) = survey([str(path)])
    assert surveyed.articles == len(RECORDS)


def test_a_folder_gives_its_files_by_name_and_those_of_subfolders_but_no_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"id": "j", "text": "It rained."}\n')
    assert [e.where for e in entries([str(tmp_path)])] == [
        f"{tmp_path}/a/z.txt",
        f"{tmp_path}/b.txt",
        f"{tmp_path}/c.jsonl, article 1",
    ]


def test_a_malformed_line_is_a_problem_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = ['{"id": 1, "text": "One."}', "{broken", '{"id": 3}', "", '{"text": "Five."}']
    path.write_text("\n".join(lines))
    first, second, third, fifth = articles(path)
    assert isinstance(first, Article)
    assert first.id == "1"
    assert isinstance(second, Problem)
    assert (second.id, second.where) == (f"{path}:2", f"{path}:2")
    assert "not JSON" in second.message
    assert isinstance(third, Problem)
    assert "text" in third.message
    assert isinstance(fifth, Article)
    assert fifth.id == f"{path}:5"


def test_a_cut_off_archive_keeps_what_stands_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    records = [{"id": str(i), "text": os.urandom(2000).hex()} for i in range(200)]
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records).encode())[:-5000])
    *whole, last = articles(path)
    assert 150 < len(whole) < 200
    assert [a.id for a in whole if a] == [str(i) for i in range(len(whole))]
    assert isinstance(last, Problem)


def test_rows_without_text_are_problems_and_tables_without_the_column_too(tmp_path: Path) -> None:
    rows, column = tmp_path / "rows.parquet", tmp_path / "column.parquet"
    pq.write_table(pa.table({"id": [7, 8, None], "text": ["Seven.", None, "Nine."]}), rows)
    pq.write_table(pa.table({"body": ["Rain."]}), column)
    seven, eight, nine, none = articles(rows, column)
    assert isinstance(seven, Article)
    assert seven.id == "7"
    assert eight == Problem("8", f"{rows}:2", f"{rows}:2: has no text.")
    assert isinstance(nine, Article)
    assert nine.id == f"{rows}:3"
    assert isinstance(none, Problem)
    assert "'body'" in none.message


def test_two_columns_of_one_name_are_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "twice.parquet"
    pq.write_table(pa.table([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]), path)
    (found,) = articles(path)
    assert isinstance(found, Problem)
    assert "2 times" in found.message


def test_what_datasets_caches_beside_a_saved_dataset_is_not_read_as_articles(tmp_path: Path) -> None:
    from datasets import load_from_disk

    path = write(tmp_path, "saved")
    load_from_disk(str(path)).map(lambda row: {"words": len(row["text"])})
    assert list(path.glob("cache-*.arrow"))
    assert len(articles(path)) == len(RECORDS)


def test_a_pipe_is_refused_as_it_can_be_read_only_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        check_inputs([str(tmp_path / "pipe.jsonl")])


@pytest.mark.parametrize("format", ["parquet", "arrow"])
def test_a_damaged_table_is_a_problem(tmp_path: Path, format: str) -> None:
    path = write(tmp_path, format)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = articles(path)
    assert isinstance(found[-1], Problem)
    assert "cannot be read" in found[-1].message
    assert survey([str(path)])[0].articles > 0


def test_a_row_group_of_many_articles_is_not_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.parquet"
    texts = [os.urandom(1000).hex() for _ in range(20_000)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=20_000, use_dictionary=False)
    del texts
    before = pa.total_allocated_bytes()
    most = 0
    for entry in entries([str(path)]):
        assert isinstance(entry.content, Article)
        most = max(most, pa.total_allocated_bytes() - before)
    assert path.stat().st_size > 20e6
    assert most < 8e6


@pytest.mark.parametrize("bad", [["-"], ["no-such-file.jsonl"], ["nul\0"], []])
def test_arguments_that_cannot_work_are_refused_before_the_work(bad: list[str]) -> None:
    with pytest.raises(InputError):
        check_inputs(bad)


def test_the_digest_follows_contents_and_names_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = folder / "a.txt"
    file.write_text("It rained.")
    (folder / "b.txt").write_text("It snowed.")

    def digest() -> str:
        return survey([str(folder)])[0].digest

    first = digest()
    os.utime(file, (1, 1))
    assert digest() == first
    file.write_text("It poured.")
    second = digest()
    file.rename(folder / "c.txt")
    third = digest()
    (folder / "c.txt").rename(file)
    assert digest() == second
    # The same bytes, with another boundary between the files.
    file.write_text("It poured.It")
    (folder / "b.txt").write_text(" snowed.")
    assert len({first, second, third, digest()}) == 4


def test_problems_with_file_names_that_are_no_unicode_can_be_written() -> None:
    assert json.loads(Problem("a\udcff", "a\udcff", "a\udcff: bad").to_json())["id"] == "a\\udcff"


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 9), st.integers(1, 100))
def test_parts_are_the_entries_in_order_and_within_bounds(sizes: list[int], size: int, characters: int) -> None:
    whole = [Entry(str(i), None, s) for i, s in enumerate(sizes)]
    parts = list(cut(iter(whole), size, characters))
    assert [e for p in parts for e in p.entries] == whole
    assert [p.number for p in parts] == list(range(len(parts)))
    for p in parts:
        assert p.entries[0] is whole[p.first]
        assert 1 <= len(p.entries) <= size
        assert sum(e.size for e in p.entries[:-1]) < characters


def test_parts_are_read_only_as_they_are_asked_for() -> None:
    taken = []

    def endless() -> object:
        for i in range(10**9):
            taken.append(i)
            yield Entry(str(i), None, 1)

    parts = cut(endless(), 10)  # type: ignore[arg-type]
    next(parts)
    assert len(taken) == 10


def test_few_articles_make_small_parts_and_many_make_large_ones() -> None:
    assert part_size(1) == part_size(1000) == 16
    assert part_size(6400) == 100
    assert part_size(10**8) == 256


def test_an_address_and_a_dangling_link_are_called_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to("gone.jsonl")
    for path, words in (
        ("https://example.org/x.jsonl", "address of a web page"),
        (tmp_path / "link.jsonl", "is a link to"),
    ):
        with pytest.raises(InputError, match=words):
            check_inputs([str(path)])

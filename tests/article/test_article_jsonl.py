"""Reading JSON Lines: an article a line, as a stream, and lines that are none."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.article import Article, read_articles, types
from claimcheck.errors import InputError


def written(folder: Path, data: bytes, name: str = "wire.jsonl") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["wire.jsonl", "wire.jsonl.gz", "WIRE.JSONL"])
def test_each_line_is_an_article_whose_text_stays_unchanged(tmp_path: Path, name: str) -> None:
    lines = [
        {"text": "It rained.\r\n\tNobody came. ", "id": "a1", "title": "Rain", "desk": ["local"]},
        {"text": "“Zoë” 😀"},
        {"text": "x", "id": 7},
    ]
    path = written(tmp_path, "\n".join(map(json.dumps, lines)).encode(), name)
    assert list(read_articles(path)) == [
        Article("a1", "It rained.\r\n\tNobody came. ", title="Rain"),
        Article(f"{path}:2", "“Zoë” 😀"),
        Article("7", "x"),
    ]


@pytest.mark.parametrize(
    ("outlet", "read"),
    [("The\tHerald ", "The Herald"), (" ", None), (None, None), (7, None), ({"name": "Herald"}, None)],
)
def test_an_outlet_is_read_where_it_is_a_name(tmp_path: Path, outlet: object, read: str | None) -> None:
    path = written(tmp_path, json.dumps({"text": "a", "outlet": outlet}).encode())
    assert [article.outlet for article in read_articles(path)] == [read]


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, b'\xef\xbb\xbf{"text": "a"}\n\n \r\n{"text": "b"}\r\n')
    assert [read.id for read in read_articles(path)] == [f"{path}:1", f"{path}:4"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b'{"title": "Rain"}', "`text`"),
        (b'{"text": 1}', "`str`"),
        (b'{"text": null}', "`str`"),
        (b'["It rained."]', "`object`"),
        (b'{"text": "It rained."', "not JSON"),
        (b"It rained.", "not JSON"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not JSON"),
    ],
    ids=range(8),
)
def test_a_malformed_line_is_named_and_the_next_is_still_read(tmp_path: Path, line: bytes, word: str) -> None:
    path = written(tmp_path, b'{"text": "a"}\n' + line + b'\n{"text": "c"}\n')
    articles = read_articles(path)
    assert next(articles).text == "a"
    with pytest.raises(InputError) as caught:
        next(articles)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert word in str(caught.value)
    assert next(articles).text == "c"
    assert list(articles) == []


def test_a_line_that_is_too_long_is_refused_and_the_next_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(types, "MAX_BYTES", 20)
    path = written(tmp_path, b'{"text": "' + b"a" * 3_000_000 + b'"}\n{"text": "12345678"}\n{"text": "c"}')
    articles = read_articles(path)
    with pytest.raises(InputError, match=":1: this line is larger"):
        next(articles)
    assert [read.text for read in articles] == ["12345678", "c"]


def test_a_packed_file_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl.gz"
    lines = "".join(json.dumps({"text": f"{n} {hash(str(n))}"}) + "\n" for n in range(20_000))
    path.write_bytes(gzip.compress(lines.encode())[:-5000])
    articles = read_articles(path)
    assert next(articles).text.startswith("0 ")
    with pytest.raises(InputError, match="cannot be read from here on"):
        list(articles)
    assert list(articles) == []


def test_a_file_that_is_not_packed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl.gz"
    path.write_bytes(b'{"text": "a"}')
    with pytest.raises(InputError, match="cannot be read"):
        next(read_articles(path))


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jsonl"
    with path.open("wb") as writer:
        writer.write(b'{"text": "a"}\n')
        writer.flush()
        articles = read_articles(path)
        assert next(articles).text == "a"
        writer.write(b'{"text": "b"}\n')
        writer.flush()
        assert next(articles).text == "b"


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_comes_back_as_it_went_in(tmp_path_factory: pytest.TempPathFactory, text: str, title: str) -> None:
    line = json.dumps({"text": text, "title": title}).encode()  # lone surrogates too, as escapes
    (read,) = read_articles(written(tmp_path_factory.mktemp("jsonl"), line))
    assert (read.text, read.title) == (text, title)


@given(st.binary())
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    articles = read_articles(written(tmp_path_factory.mktemp("jsonl"), data))
    for _ in range(data.count(b"\n") + 2):
        try:
            next(articles)
        except (InputError, StopIteration):
            continue

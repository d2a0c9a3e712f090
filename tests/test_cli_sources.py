"""``claimcheck sources`` as people use it: what it prints, where, and how it fails."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from claimcheck.sources import Audits

ARTICLE = "Taxes will fall, Ana Reis said.\n\nIt rained on Monday.\n"


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", "sources", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def rows(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode()), strict=True))


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two articles in one folder and one in another."""
    paths = [tmp_path / name for name in ("herald/a.txt", "herald/b.txt", "post/a.txt")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    return paths


def lines(path: Path, articles: list[dict[str, str]]) -> str:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return str(path)


def test_the_terminal_shows_the_balance_and_the_speakers(folders: list[Path]) -> None:
    done = run(str(folders[0]))
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for words in ("2 sentences, 10 words", "Balance", "named", "unnamed", "Loudest voice: Ana Reis", "named person"):
        assert words in out
    assert "\x1b" not in out, "no colour in a pipe"
    assert max(map(len, out.splitlines())) <= 80
    assert done.stderr == b"", "silent in a pipe"


def test_json_has_an_audit_for_each_article_and_says_what_made_it(folders: list[Path]) -> None:
    done = run(*map(str, folders), "--format", "json")
    found = Audits.from_json(done.stdout)
    assert (found.schema, found.by) == ("claimcheck-sources/1", "article")
    assert [a.name for a in found.audits] == list(map(str, folders))
    assert [v.name for v in found.audits[0].speakers] == ["Ana Reis"]
    assert found.model.name == "claimcheck-en"


def test_csv_has_a_row_a_speaker_or_a_row_an_audit(folders: list[Path]) -> None:
    speakers = rows(run(*map(str, folders), "-f", "csv").stdout)
    assert [(row["name"], row["speaker"], row["words"]) for row in speakers] == [
        (str(p), "Ana Reis", "3") for p in folders
    ]
    balances = rows(run(*map(str, folders), "-f", "csv", "--rows", "balance").stdout)
    assert [(row["name"], row["named_words"]) for row in balances] == [(str(p), "3") for p in folders]


def test_articles_add_up_by_folder_as_it_was_named(folders: list[Path], tmp_path: Path) -> None:
    source = lines(tmp_path / "post" / "more.jsonl", [{"id": "x", "text": ARTICLE}, {"id": "y", "text": ARTICLE}])
    names = [str(Path(p).relative_to(tmp_path)) for p in (*folders, source)]
    done = run(*names, "-", "--by", "folder", "--format", "json", stdin=ARTICLE.encode(), cwd=tmp_path)
    found = Audits.from_json(done.stdout)
    assert [(a.name, a.articles) for a in found.audits] == [("herald", 2), ("post", 3), ("standard input", 1)]
    assert [(v.name, v.articles, v.claims) for v in found.audits[1].speakers] == [("Ana Reis", 3, 3)]


def test_articles_add_up_by_their_outlet_or_the_site_they_come_from(tmp_path: Path) -> None:
    ids = ["https://www.herald.example/1", "https://herald.example/2", "https://post.example/1", "x"]
    articles = [{"id": i, "text": ARTICLE} for i in ids]
    source = lines(tmp_path / "news.jsonl", [*articles, {"text": ARTICLE, "outlet": "The  Mail "}])
    page = tmp_path / "saved.html"
    body = f"<p>{ARTICLE * 9}</p>"
    page.write_text(
        f'<html><head><link rel="canonical" href="https://www.post.example/2"></head><body><article>{body}</article>',
        encoding="utf-8",
    )
    done = run(source, str(page), "--by", "outlet", "--format", "json")
    found = Audits.from_json(done.stdout)
    assert [(a.name, a.articles) for a in found.audits] == [
        ("herald.example", 2),
        ("post.example", 2),
        ("outlet unknown", 1),
        ("The Mail", 1),
    ]
    assert b"outlet unknown of 1 article." in done.stderr


def test_where_no_article_says_its_outlet_there_is_advice(folders: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    done = run(str(folders[0]), "--by", "outlet", "-f", "csv", "-o", str(target))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--by folder" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not target.exists()


def test_standard_input_is_read_where_nothing_is_named(tmp_path: Path) -> None:
    for arguments in ([], ["-"]):
        done = run(*arguments, stdin=ARTICLE.encode(), cwd=tmp_path)
        assert done.stdout.decode().startswith("stdin\n2 sentences")


def test_an_empty_article_is_no_error_and_an_empty_list_of_articles_is_one(tmp_path: Path) -> None:
    done = run(lines(tmp_path / "empty.jsonl", [{"id": "nothing", "text": ""}]))
    assert (done.returncode, done.stdout) == (0, b"nothing\n0 sentences, 0 words.\nNo claims, no speakers.\n")
    none = lines(tmp_path / "none.jsonl", [])
    for format in ("terminal", "csv", "json"):
        done = run(none, "-f", format)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"no article in it" in done.stderr


def test_output_goes_to_a_file_whole_or_not_at_all(folders: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    done = run(str(folders[0]), "-f", "csv", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    before = target.read_bytes()
    assert len(rows(before)) == 1
    done = run(str(folders[0]), str(tmp_path / "missing.txt"), "-f", "csv", "--output", str(target))
    assert done.returncode == 2
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["audit.csv", "herald", "post"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], b"missing.txt: no such file"),
        (["."], b"is a directory"),
        (["-", "-"], b"can be read once only"),
        (["-", "--rows", "balance"], b"--rows goes with --format csv"),
        (["-", "--model", "nowhere"], b"nowhere"),
        (["-", "--output", "no/where.txt"], b"Choose another --output"),
        (["-", "--by", "author"], b"'author'"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_line(arguments: list[str], message: bytes, tmp_path: Path) -> None:
    done = run(*arguments, stdin=ARTICLE.encode(), cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_torch_is_not_imported(folders: list[Path]) -> None:
    script = (
        "import sys; from claimcheck import load, read_article; from claimcheck.sources import audit\n"
        "audit(load().check(read_article(sys.argv[1])))\n"
        "assert not {'torch', 'transformers', 'datasets', 'rich'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folders[0])], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

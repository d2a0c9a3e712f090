"""``claimcheck check`` as people use it: what it prints, where, and how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from claimcheck import Report

ARTICLE = "Taxes will fall, the minister said.\n\nIt rained on Monday.\n"


def run(*arguments: str, stdin: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", *arguments],
        input=stdin or b"",
        capture_output=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_the_terminal_shows_labels_in_words_speakers_and_a_summary(article: Path) -> None:
    done = run("check", str(article))
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "claim" in out
    assert "minister" in out
    assert "fact" in out
    assert "2 sentences" in out
    assert "\x1b" not in out, "no colour in a pipe"
    assert done.stderr == b"", "silent in a pipe"


def test_json_is_one_report(article: Path) -> None:
    done = run("check", str(article), "--format", "json")
    report = Report.from_json(done.stdout)
    assert report.id == str(article)
    assert report.text == ARTICLE


def test_jsonl_is_a_report_a_line_for_files_and_standard_input(article: Path) -> None:
    done = run("check", str(article), "-", "--format", "jsonl", stdin=b"It rained. It poured.")
    lines = done.stdout.splitlines()
    assert [Report.from_json(line).id for line in lines] == [str(article), "stdin"]


def test_jsonl_input_keeps_its_ids(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps({"id": f"a{i}", "text": ARTICLE}) + "\n" for i in range(3)), encoding="utf-8")
    done = run("check", str(source), "--format", "jsonl")
    assert [Report.from_json(line).id for line in done.stdout.splitlines()] == ["a0", "a1", "a2"]


def test_output_goes_to_a_file_whole_or_not_at_all(article: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    done = run("check", str(article), "--format", "json", "--output", str(target))
    assert done.stdout == b""
    assert Report.from_json(target.read_bytes()).text == ARTICLE
    before = target.read_bytes()
    done = run("check", str(article), str(tmp_path / "missing.txt"), "--format", "jsonl", "--output", str(target))
    assert done.returncode == 2
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["article.txt", "report.json"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "blank"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_bad_input_is_said_in_a_line_with_exit_code_2(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    done = run("check", str(path))
    assert done.returncode == 2
    message = done.stderr.decode()
    assert says in message
    assert "bad.txt" in message
    assert "Traceback" not in message


def test_a_missing_file_a_directory_and_an_unknown_format_are_told_apart(tmp_path: Path) -> None:
    for argument, says in ((str(tmp_path / "no.txt"), "no such file"), (str(tmp_path), "directory")):
        done = run("check", argument)
        assert done.returncode == 2
        assert says in done.stderr.decode()
    done = run("check", "--format", "xml", "-", stdin=b"It rained.")
    assert done.returncode == 2
    assert b"xml" in done.stderr


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The mayor said: “Enough.”".encode("cp1252"))
    done = run("check", str(path), "--format", "json")
    assert done.returncode == 0
    assert "“Enough.”" in Report.from_json(done.stdout).text
    assert "Windows-1252" in done.stderr.decode()


@pytest.mark.parametrize("what", ["missing", "empty", "damaged"])
def test_a_bad_model_folder_is_said_in_a_line(article: Path, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "model"
    if what != "missing":
        folder.mkdir()
    if what == "damaged":
        (folder / "config.json").write_text('{"name": 3}')
    done = run("check", str(article), "--model", str(folder))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode()
    assert str(folder) in done.stderr.decode()


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text("It rained \x1b[2J on \u202eMonday. [bold]Not markup[/bold] :smile:\n", encoding="utf-8")
    out = run("check", str(path)).stdout.decode()
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]Not markup[/bold]" in out
    assert ":smile:" in out


@pytest.mark.parametrize("command", ["check", "sources", "lint", "plot"])
@pytest.mark.parametrize("name", ["article.txt", "link.txt"])
def test_an_input_is_not_overwritten(article: Path, command: str, name: str) -> None:
    (article.parent / "link.txt").symlink_to("article.txt")
    done = run(command, str(article), "--output", str(article.parent / name))
    assert done.returncode == 2
    assert "is the same file as the input" in done.stderr.decode()
    assert article.read_text(encoding="utf-8") == ARTICLE


def test_standard_input_from_a_file_is_not_overwritten(article: Path) -> None:
    with article.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "claimcheck", "check", "-o", str(article)],
            stdin=stream,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 2
    assert "is the same file as standard input" in done.stderr.decode()
    assert article.read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize("command", ["check", "sources", "lint", "plot", "batch"])
def test_an_empty_name_is_no_place_for_output(article: Path, command: str) -> None:
    done = run(command, str(article), "-o", "", cwd=article.parent)
    assert done.returncode == 2
    assert "is empty" in done.stderr.decode()
    assert list(article.parent.iterdir()) == [article]


@pytest.mark.parametrize("command", ["check", "sources", "lint", "plot"])
@pytest.mark.parametrize("lines", ["", "\n \n\n"])
def test_json_lines_without_any_article_are_bad_input(tmp_path: Path, command: str, lines: str) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text(lines, encoding="utf-8")
    done = run(command, str(path), "-o", str(tmp_path / "out.svg"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "none.jsonl: no article in it" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", ["check", "sources", "plot"])
def test_json_lines_without_any_article_are_told_beside_others(article: Path, command: str) -> None:
    path = article.parent / "none.jsonl"
    path.touch()
    done = run(command, str(path), str(article))
    assert done.returncode == 0
    assert done.stdout
    assert "none.jsonl: no article in it" in done.stderr.decode()


def test_one_sentence_is_counted_as_one() -> None:
    assert b"1 sentence: 1 fact" in run("check", stdin=b"It rained on Monday.").stdout


def test_help_is_quick_and_loads_no_model_code() -> None:
    script = (
        "import sys; sys.argv = ['claimcheck', '--help']\n"
        "from claimcheck.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'onnxruntime', 'tokenizers', 'torch', 'transformers', 'datasets', 'sentencex'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    # Half a second on a quiet machine; a shared one may be slower, so the imports above are the real test.
    assert time.monotonic() - began < 5


def test_checking_imports_no_training_code(article: Path) -> None:
    script = (
        "import sys; from claimcheck import load, read_article\n"
        "load().check(read_article(sys.argv[1]))\n"
        "assert not {'torch', 'transformers', 'datasets'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(article)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

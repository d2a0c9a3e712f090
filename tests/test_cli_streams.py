"""Standard streams that are closed, full, narrow or left by their readers, and commands that are told to end."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck import cli
from claimcheck.model import default_folder

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "fixtures" / "plain" / "war-report.txt"

needs_model = pytest.mark.skipif(not default_folder().is_dir(), reason="no model in models/")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")

QUICK = ["--version", "--help", "lint --explain CC1", "corpus stats {corpus}"]
"""Commands that load no model."""
CORPUS = '+++\nstratum = "sport"\n+++\n\nfact | Zürich won “once” → twice.\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "sport").mkdir(parents=True)
    (tmp_path / "corpus" / "sport" / "0.txt").write_text(CORPUS, encoding="utf-8")
    return tmp_path / "corpus"


def shell(command: str, redirected: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What the command comes to in a shell that redirects its streams."""
    return subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m claimcheck {command} {redirected}'],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
        timeout=120,
        check=False,
    )


@needs_full
@pytest.mark.parametrize(
    "command",
    [*QUICK, pytest.param("check {article}", marks=needs_model), pytest.param("plot {article}", marks=needs_model)],
)
def test_a_full_disk_is_said_in_a_line_with_exit_code_2(command: str, corpus: Path) -> None:
    done = shell(command.format(corpus=corpus, article=ARTICLE), ">/dev/full")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "claimcheck: cannot write to standard output: No space left on device. Send the output elsewhere.\n"
    )


@pytest.mark.parametrize("command", [*QUICK, pytest.param("check {article} -f json", marks=needs_model)])
def test_a_closed_standard_output_is_said_in_a_line_with_exit_code_2(command: str, corpus: Path) -> None:
    done = shell(command.format(corpus=corpus, article=ARTICLE), ">&-")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("claimcheck: cannot write to standard output: it is closed.")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["check", "lint -"])
def test_a_closed_standard_input_is_said_in_a_line_with_exit_code_2(command: str) -> None:
    done = shell(command, "<&-")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("claimcheck: standard input: is closed. Name the file")


@pytest.mark.parametrize("away", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize(
    ("command", "code"), [("check missing.txt", 2), ("check --no-such-option", 2), ("lint --explain CC1", 0)]
)
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(command: str, code: int, away: str) -> None:
    done = shell(command, away)
    assert (done.returncode, done.stderr) == (code, b"")


@needs_model
def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    done = shell(f"check {ARTICLE} -f json -o {target}", "<&- >&- 2>&-")
    assert done.returncode == 0
    assert target.read_bytes().startswith(b"{")
    assert target.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize(
    "command",
    [
        "lint --explain ALL",
        "corpus stats {corpus}",
        pytest.param("lint {article} --select CC401 --diff", marks=needs_model),
        pytest.param("check {article}", marks=needs_model),
    ],
)
def test_what_an_encoding_lacks_is_escaped(command: str, corpus: Path, tmp_path: Path, encoding: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text(
        "Zürich → Łódź.\n\nThe conductor wrote «we played in coats” on the door and went home.\n", encoding="utf-8"
    )
    done = shell(command.format(corpus=corpus, article=article), PYTHONIOENCODING=encoding)
    assert done.returncode == ("--diff" in command), done.stderr
    assert done.stdout
    assert done.stderr == b""


@pytest.mark.parametrize(
    "command", ["--help", "lint --explain ALL", pytest.param("check {article}", marks=needs_model)]
)
def test_a_reader_that_goes_away_is_no_error(command: str) -> None:
    done = shell(command.format(article=ARTICLE), "| true; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, b"")


@needs_model
def test_a_reader_of_a_named_pipe_that_goes_away_is_no_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["bash", "-c", f"exec < {pipe}"]):
        done = shell(f"check {ARTICLE}", f"-o {pipe}")
    assert (done.returncode, done.stderr) == (0, b"")


@needs_model
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_leaves_no_file(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "report.txt"
    target.write_text("Before.", encoding="utf-8")
    command = [sys.executable, "-m", "claimcheck", "check", "-", "-o", str(target)]

    def heed() -> None:
        signal.signal(number, signal.SIG_DFL)  # under nohup the tests' own children would have it ignored

    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed) as process:
        until = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.02)  # until it has a file of its own, and waits for the article
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(number)
        process.send_signal(number)
        assert process.wait(60) == 128 + number
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("report.txt", "Before.")]


def test_errors_have_colour_only_where_it_is_wanted() -> None:
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        ours, theirs = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "claimcheck", "check", "missing.txt"],
            stderr=theirs,
            env={k: v for k, v in os.environ.items() if k != "NO_COLOR"} | environment,
            check=False,
        )
        os.close(theirs)
        said = os.read(ours, 10_000)
        os.close(ours)
        assert b"missing.txt: no such file" in said
        assert (b"\x1b[" in said) is coloured


@needs_model
@pytest.mark.parametrize("columns", ["1", "5", "10", "20"])
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("check", ["According to Kyiv", "claim", "intelligence", "23 sentences"]),
        ("sources", ["Taras Horbenko", "speakers", "claims", "words", "share", "organizations"]),
        ("lint", ["CC401", "findings in 1 article"]),
    ],
)
def test_a_narrow_terminal_loses_no_words(
    command: str, words: list[str], columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = CliRunner().invoke(cli.app, [command, str(ARTICLE)])
    assert (done.exit_code, done.stderr) == (command == "lint", "")
    for word in words:
        assert word in done.stdout


@needs_model
def test_a_narrow_terminal_has_a_bar_too(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "claimcheck",
            "batch",
            str(ARTICLE),
            "-o",
            str(tmp_path / "out.jsonl"),
            "--workers",
            "1",
        ],
        stderr=theirs,
        env=os.environ | {"COLUMNS": "1", "TERM": "xterm"},
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 10_000)
        except OSError:  # the end, on Linux
            break
    os.close(ours)
    assert process.wait(60) == 0
    assert b"Traceback" not in said
    assert (tmp_path / "out.jsonl").is_file()

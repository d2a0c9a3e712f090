"""Whole runs: the output, its order, its errors, and when a run goes on, is done already, or is refused."""

from __future__ import annotations

import errno
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bulk_articles import Record, contents, news, read_jsonl, write_jsonl

from claimcheck.article import Article
from claimcheck.article.types import MAX_BYTES
from claimcheck.bulk import Summary, run
from claimcheck.bulk.work import Done, Job, do
from claimcheck.checker import Checker
from claimcheck.cli import main
from claimcheck.errors import InputError
from claimcheck.report import Report

NEWS = news(60, sentences=2)


def here(jobs: Iterable[Job], load: Callable[[], Checker], **_: object) -> Iterator[Done]:
    """An engine without processes, for what does not concern them."""
    checker = load()
    for job in jobs:
        yield do(job, checker, lambda _: None)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "news.jsonl", NEWS)


def spoil(path: Path) -> list[Record]:
    """Make two lines of a file unreadable; the records that are left."""
    lines = path.read_text().splitlines(keepends=True)
    lines[3] = "{no json\n"
    lines[20] = '{"id": "textless"}\n'
    path.write_text("".join(lines))
    return [r for i, r in enumerate(NEWS) if i not in (3, 20)]


def test_reports_come_in_the_order_of_the_articles_and_are_those_of_the_checker(
    source: Path, tmp_path: Path, tiny_model: Path, tiny_checker: Checker
) -> None:
    good = spoil(source)
    out = tmp_path / "reports.jsonl"
    summary = run([source], out, model=tiny_model, workers=2)
    assert summary == Summary(60, 2, tmp_path / "reports.jsonl.errors.jsonl")
    reports = [Report.from_json(line) for line in out.read_bytes().splitlines()]
    assert [r.id for r in reports] == [r["id"] for r in good]
    # The first part, through the same batches in this process.
    first = [Article(r["id"], r["text"], title=r["title"]) for r in good[:15]]
    assert reports[:15] == list(tiny_checker.check_many(first))
    assert [e["where"] for e in read_jsonl(summary.errors_file)] == [f"{source}:4", f"{source}:21"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "news.jsonl",
        "reports.jsonl",
        "reports.jsonl.errors.jsonl",
        "reports.jsonl.manifest.json",
    ]


def test_the_number_of_workers_makes_no_difference(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    run([source], tmp_path / "one", model=tiny_model, workers=1)
    run([source], tmp_path / "three", model=tiny_model, workers=3)
    run([source], tmp_path / "none", model=tiny_model, engine=here)
    assert contents(tmp_path / "one") == contents(tmp_path / "three") == contents(tmp_path / "none")


def test_a_folder_holds_numbered_parts_whose_lines_are_those_of_the_single_file(
    source: Path, tmp_path: Path, tiny_model: Path
) -> None:
    run([source], tmp_path / "all.jsonl", model=tiny_model, engine=here)
    run([source], tmp_path / "all.jsonl.gz", model=tiny_model, engine=here)
    run([source], tmp_path / "parts", model=tiny_model, engine=here)
    names = [f"reports/part-{i:08d}.jsonl" for i in range(4)]
    assert sorted(contents(tmp_path / "parts")) == ["manifest.json", *names]
    joined = b"".join((tmp_path / "parts" / name).read_bytes() for name in names)
    assert joined == (tmp_path / "all.jsonl").read_bytes()
    assert read_jsonl(tmp_path / "all.jsonl.gz") == read_jsonl(tmp_path / "all.jsonl")


def test_parquet_tables_hold_what_the_reports_hold(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    spoil(source)
    run([source], tmp_path / "all.jsonl", model=tiny_model, engine=here)
    summary = run([source], tmp_path / "tables", format="parquet", model=tiny_model, engine=here)
    reports = [Report.from_json(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    read = {p.name: pq.read_table(p) for p in (tmp_path / "tables").iterdir() if p.is_dir()}
    assert set(read) == {"articles", "sentences", "claims", "speakers", "findings"}
    assert read["articles"]["article_id"].to_pylist() == [r.id for r in reports]
    # Numbered by their place in the input, where two lines are malformed.
    assert read["articles"]["article"].to_pylist() == [i for i in range(60) if i not in (3, 20)]
    assert read["sentences"].num_rows == sum(len(r.sentences) for r in reports)
    assert read["claims"].num_rows == sum(len(r.claims) for r in reports) > 0
    assert read["speakers"]["name"].to_pylist() == [s.name for r in reports for s in r.speakers]
    assert len(read_jsonl(summary.errors_file)) == 2


def test_a_folder_of_files_of_many_kinds(tmp_path: Path, tiny_model: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("It rained, she said.")
    write_jsonl(folder / "b.jsonl.gz", NEWS[:3])
    (folder / "c.png").write_bytes(b"\x89PNG\r\n")
    (folder / "d.md").write_text("It snowed.")
    out = tmp_path / "out.jsonl"
    assert run([folder], out, model=tiny_model, engine=here).errors == 1
    expected = [str(folder / "a.txt"), *(r["id"] for r in NEWS[:3]), str(folder / "d.md")]
    assert [r["id"] for r in read_jsonl(out)] == expected
    (error,) = read_jsonl(tmp_path / "out.jsonl.errors.jsonl")
    assert error["where"] == str(folder / "c.png")


class CutOffError(Exception):
    """Ends a run in the middle."""


def cut_off_after(parts: int) -> Callable[..., Iterator[Done]]:
    def engine(jobs: Iterable[Job], load: Callable[[], Checker], **_: object) -> Iterator[Done]:
        for i, done in enumerate(here(jobs, load)):
            if i == parts:
                raise CutOffError
            yield done

    return engine


@pytest.mark.parametrize("out", ["out.jsonl", "out"])
def test_a_run_that_was_cut_off_does_only_what_is_missing(
    source: Path, tmp_path: Path, tiny_model: Path, out: str
) -> None:
    spoil(source)
    for place in ("whole", "halves"):
        (tmp_path / place).mkdir()
    run([source], tmp_path / "whole" / out, model=tiny_model, engine=here)
    with pytest.raises(CutOffError):
        run([source], tmp_path / "halves" / out, model=tiny_model, engine=cut_off_after(3))
    done = []

    def counted(jobs: Iterable[Job], load: Callable[[], Checker], **_: object) -> Iterator[Done]:
        for d in here(jobs, load):
            done.append(d.number)
            yield d

    assert run([source], tmp_path / "halves" / out, model=tiny_model, engine=counted).errors == 2
    assert done == [3]
    assert contents(tmp_path / "halves") == contents(tmp_path / "whole")
    run([source], tmp_path / "halves" / out, model=tiny_model, engine=counted)
    assert done == [3]


def test_errors_of_an_attempt_that_was_not_completed_do_not_count(
    source: Path, tmp_path: Path, tiny_model: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(CutOffError):
        run([source], out, model=tiny_model, engine=cut_off_after(1))
    (out / "errors").mkdir()
    by_chance = '{"id": "n00020", "where": "news.jsonl", "message": "no memory left"}\n'
    (out / "errors" / "part-00000001.jsonl").write_text(by_chance)
    summary = run([source], out, model=tiny_model, engine=here)
    assert summary.errors == 0
    assert not summary.errors_file.exists()


def test_another_run_is_refused_and_says_why(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(CutOffError):
        run([source], out, model=tiny_model, engine=cut_off_after(1))
    before = contents(out)
    other_model = tmp_path / "model"
    shutil.copytree(tiny_model, other_model)
    config = json.loads((other_model / "config.json").read_text())
    (other_model / "config.json").write_text(json.dumps({**config, "version": "2"}))
    other = write_jsonl(tmp_path / "other.jsonl", NEWS[:5])
    for inputs, options, why in (
        ([source], {"model": other_model}, "its model was tiny 1"),
        ([source], {"model": tiny_model, "format": "parquet"}, "its format was jsonl"),
        ([other], {"model": tiny_model}, "its inputs were"),
    ):
        with pytest.raises(InputError, match=why) as refused:
            run(inputs, out, engine=here, **options)
        assert "--restart" in str(refused.value)
    write_jsonl(source, NEWS[:-1])
    with pytest.raises(InputError, match=r"news\.jsonl changed"):
        run([source], out, model=tiny_model, engine=here)
    assert contents(out) == before


def test_restart_throws_away_the_earlier_output_alone(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    spoil(source)
    out = tmp_path / "out"
    run([source], out, format="parquet", model=tiny_model, engine=here)
    (out / "notes.txt").write_text("mine")
    (out / "claims" / "mine.csv").write_text("mine")
    write_jsonl(source, NEWS[:20])
    run([source], out, model=tiny_model, engine=here, restart=True)
    assert sorted(contents(out)) == [
        "claims/mine.csv",
        "manifest.json",
        "notes.txt",
        "reports/part-00000000.jsonl",
        "reports/part-00000001.jsonl",
    ]


def test_a_file_that_is_there_already_is_not_overwritten(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("precious")
    with pytest.raises(InputError, match="there already"):
        run([source], out, model=tiny_model, engine=here)
    assert out.read_text() == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news.jsonl", "out.jsonl"]
    run([source], out, model=tiny_model, engine=here, restart=True)
    assert len(read_jsonl(out)) == 60


def test_two_runs_do_not_write_to_one_place(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    def again(jobs: Iterable[Job], load: Callable[[], Checker], **_: object) -> Iterator[Done]:
        with pytest.raises(InputError, match="another run is writing"):
            run([source], tmp_path / "out", model=tiny_model, engine=here)
        yield from here(jobs, load)

    assert run([source], tmp_path / "out", model=tiny_model, engine=again).articles == 60


def test_an_error_of_the_input_is_not_taken_for_one_of_the_output(
    source: Path, tmp_path: Path, tiny_model: Path
) -> None:
    gone = FileNotFoundError(errno.ENOENT, "No such file or directory", "news.jsonl")

    def engine(jobs: Iterable[Job], load: Callable[[], Checker], **_: object) -> Iterator[Done]:
        yield next(here(jobs, load))
        raise gone

    with pytest.raises(FileNotFoundError) as caught:
        run([source], tmp_path / "out", model=tiny_model, engine=engine)
    assert caught.value is gone
    assert sorted(contents(tmp_path / "out")) == ["manifest.json", "reports/part-00000000.jsonl"]


@pytest.mark.parametrize("out", ["out.jsonl", "out"])
@pytest.mark.parametrize("number", range(1, 7))
def test_whatever_of_the_output_cannot_be_written_is_named(
    source: Path, tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, number: int, out: str
) -> None:
    spoil(source)
    fine = Path.replace
    calls = 0

    def replace(path: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        return fine(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(InputError, match=r"cannot write to .*out.*: No space left on device"):
        run([source], tmp_path / out, model=tiny_model, engine=here)
    monkeypatch.undo()
    assert run([source], tmp_path / out, model=tiny_model, engine=here).errors == 2
    assert not list(tmp_path.rglob(".*"))


def test_a_file_where_a_folder_of_parts_would_be_is_named(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reports").touch()
    with pytest.raises(InputError, match=r"cannot write to .*reports: Not a directory"):
        run([source], tmp_path / "out", model=tiny_model, engine=here)


@pytest.mark.parametrize("workers", [-1, -8])
def test_fewer_workers_than_none_are_refused_before_the_work(source: Path, tmp_path: Path, workers: int) -> None:
    with pytest.raises(ValueError, match=f"workers is {workers}"):
        run([source], tmp_path / "out", workers=workers)
    assert not (tmp_path / "out").exists()


def test_messages_are_for_callers_and_commands_alike(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    (tmp_path / "out.jsonl").write_text("precious")
    with pytest.raises(InputError, match=r"Choose another place \(--out\), or restart \(--restart\)"):
        run([source], tmp_path / "out.jsonl", model=tiny_model, engine=here)


def test_an_output_with_missing_files_is_not_called_complete(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    run([source], tmp_path / "out", model=tiny_model, engine=here)
    (tmp_path / "out" / "reports" / "part-00000001.jsonl").unlink()
    with pytest.raises(InputError, match="gone"):
        run([source], tmp_path / "out", model=tiny_model, engine=here)


@pytest.mark.parametrize(
    ("out", "format", "match"),
    [
        ("in/out", "jsonl", "lies in the input"),
        ("in/out.jsonl", "jsonl", "lies in the input"),
        ("out.jsonl", "parquet", "a folder of tables"),
        ("no/such/out.jsonl", "jsonl", "there is no folder"),
        ("in/a.txt/out", "jsonl", "lies in the input"),
        ("file.txt", "jsonl", "is a file"),
    ],
)
def test_outputs_that_cannot_work_are_refused(
    tmp_path: Path, tiny_model: Path, out: str, format: str, match: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("It rained.")
    (tmp_path / "file.txt").write_text("It rained.")
    with pytest.raises(InputError, match=match):
        run([tmp_path / "in"], tmp_path / out, format=format, model=tiny_model, engine=here)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("a.jsonl", "a.jsonl"),
        ("b.jsonl.errors.jsonl", "b.jsonl"),
        ("c/reports/part-00000000.jsonl", "c"),
        ("c/reports", "c"),
        ("link.jsonl", "a.jsonl"),
        ("hard.jsonl", "a.jsonl"),
        ("links", "a.jsonl"),
    ],
)
def test_a_restart_never_removes_an_input(tmp_path: Path, tiny_model: Path, path: str, out: str) -> None:
    (tmp_path / "c" / "reports").mkdir(parents=True)
    for name in ("a.jsonl", "b.jsonl.errors.jsonl", "c/reports/part-00000000.jsonl"):
        write_jsonl(tmp_path / name, NEWS[:2])
    (tmp_path / "link.jsonl").symlink_to("a.jsonl")
    (tmp_path / "hard.jsonl").hardlink_to(tmp_path / "a.jsonl")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "link.jsonl").symlink_to("../a.jsonl")
    before = contents(tmp_path)
    with pytest.raises(InputError, match="lies where the output would"):
        run([tmp_path / path], tmp_path / out, model=tiny_model, engine=here, restart=True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("empty", ["in", "empty.jsonl", "blank.jsonl", "rows.parquet"])
def test_an_input_without_articles_is_refused(tmp_path: Path, tiny_model: Path, empty: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "blank.jsonl").write_text("\n \n\n")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "rows.parquet")
    with pytest.raises(InputError, match="no articles"):
        run([tmp_path / empty], tmp_path / "out", model=tiny_model, engine=here)
    assert not (tmp_path / "out").exists()


def test_hostile_lines_cost_themselves_and_ids_may_repeat(tmp_path: Path, tiny_model: Path) -> None:
    hostile = [b"[" * 100_000, b'{"text": "\xff\xfe"}', b"\x00", b'{"text": "x", "id": ' + b"9" * 6000 + b"}", b"NaN"]
    hostile.append(b'{"text": "' + b"a" * MAX_BYTES + b'"}')
    good = [b'{"id": "same", "text": "It rained."}', b'{"id": "same", "text": "It snowed \\ud83d."}']
    path = tmp_path / "hostile.jsonl"
    path.write_bytes(b"\r\n".join([good[0], *hostile, good[1]]))
    for format in ("jsonl", "parquet"):
        summary = run([path], tmp_path / format, format=format, model=tiny_model, engine=here)  # type: ignore[arg-type]
        assert (summary.articles, summary.errors) == (8, 6)
        assert [e["where"] for e in read_jsonl(summary.errors_file)] == [f"{path}:{n}" for n in range(2, 8)]
    reports = read_jsonl(tmp_path / "jsonl" / "reports" / "part-00000000.jsonl")
    assert [(r["id"], r["text"]) for r in reports] == [("same", "It rained."), ("same", "It snowed \ud83d.")]
    rows = pq.read_table(tmp_path / "parquet" / "articles").to_pylist()
    assert [(r["article"], r["article_id"]) for r in rows] == [(0, "same"), (7, "same")]


def test_names_that_are_no_unicode_are_inputs_like_others(tmp_path: Path, tiny_model: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.jsonl")
    path.write_text('{"text": "It rained."}\n{"text": 1}\n')
    for _ in range(2):
        assert run([path], tmp_path / "out.jsonl", model=tiny_model, engine=here).errors == 1
    assert len(read_jsonl(tmp_path / "out.jsonl")) == 1


@pytest.mark.parametrize(
    ("arguments", "missing", "extra"),
    [
        (["rows.parquet", "--out", "out"], "pyarrow", "bulk"),
        (["news.jsonl", "--out", "out", "--format", "parquet"], "pyarrow", "bulk"),
        (["news.jsonl", "--out", "out", "--engine", "ray"], "ray", "ray"),
        (["news.jsonl", "--out", "out", "--engine", "ray"], "pandas", "ray"),
    ],
)
def test_a_missing_extra_is_named_with_the_command_that_installs_it(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    missing: str,
    extra: str,
) -> None:
    if extra == "ray" and missing != "ray":
        pytest.importorskip("ray")
    (tmp_path / "rows.parquet").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, missing, None)  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "argv", ["claimcheck", "batch", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert f"needs {missing}: pip install '.[{extra}]'" in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


COMMAND = [sys.executable, "-c", "from claimcheck.cli import main; main()", "batch"]


def test_the_command_is_silent_in_a_pipe_unless_articles_fail(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    command = [*COMMAND, str(source), "--out", str(tmp_path / "out.jsonl"), "--model", str(tiny_model)]
    fine = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, "", "")
    spoil(source)
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "--restart" in refused.stderr
    assert refused.stderr.count("\n") == 1
    failed = subprocess.run([*command, "--restart"], capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "2 of 60 articles" in failed.stderr


def test_the_command_shows_rate_and_time_left_on_a_terminal(source: Path, tmp_path: Path, tiny_model: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*COMMAND, str(source), "--out", str(tmp_path / "out.jsonl"), "--model", str(tiny_model)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
        assert process.stdout
        assert process.stdout.read() == b""
    os.close(ours)
    assert process.returncode == 0
    assert b"60/60" in shown
    assert b"/s" in shown
    assert b"left" in shown

"""Kill -9 at any moment, run the same command: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest
from bulk_articles import are_gone, contents, news, write_jsonl

from claimcheck.article import Article
from claimcheck.bulk import run
from claimcheck.bulk.work import Done, Job, do
from claimcheck.checker import Checker
from claimcheck.report import Report

COMMAND = [sys.executable, "-c", "from claimcheck.cli import main; main()", "batch"]


def source(folder: Path, count: int, sentences: int = 3) -> Path:
    path = write_jsonl(folder / "news.jsonl", news(count, sentences=sentences))
    lines = path.read_text().splitlines(keepends=True)
    lines[7] = "{no json\n"
    lines[count - 1] = '{"id": "textless"}\n'
    path.write_text("".join(lines))
    return path


def check_parts_are_whole(out: Path) -> None:
    """Whatever has its final name can be read to its end."""
    for path in out.rglob("part-*"):
        if ".working" not in str(path):
            if path.suffix == ".parquet":
                pq.read_table(path)
            else:
                assert all(json.loads(line) for line in path.read_bytes().splitlines())


def kill_at_random_moments(
    kills: int, articles: int, sentences: int, format: str, out_name: str, tmp_path: Path, model: Path, seed: int
) -> None:
    path = source(tmp_path, articles, sentences)
    options = ["--format", format, "--model", str(model), "--workers", "2"]
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    start = time.monotonic()
    undisturbed = subprocess.run([*COMMAND, str(path), "--out", str(whole / out_name), *options], check=False)
    seconds = time.monotonic() - start
    assert undisturbed.returncode == 1
    command = [*COMMAND, str(path), "--out", str(killed / out_name), *options]
    moments = random.Random(seed)
    hits = 0
    while True:
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(moments.uniform(0.1, 1) * seconds if hits < kills else None)
            except subprocess.TimeoutExpired:
                children = psutil.Process(process.pid).children(recursive=True)
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                hits += 1
                check_parts_are_whole(killed)
                assert are_gone(children)
                continue
        assert process.returncode == 1
        assert contents(killed) == contents(whole)
        if hits >= kills:
            return
        shutil.rmtree(killed)
        killed.mkdir()


def test_killed_at_random_moments_it_ends_as_if_undisturbed(tmp_path: Path, tiny_model: Path) -> None:
    kill_at_random_moments(2, 120, 3, "jsonl", "out.jsonl", tmp_path, tiny_model, seed=8)


@pytest.mark.slow
@pytest.mark.parametrize(("format", "out"), [("jsonl", "out.jsonl"), ("jsonl", "out"), ("parquet", "out")])
def test_killed_twenty_times_it_ends_as_if_undisturbed(tmp_path: Path, tiny_model: Path, format: str, out: str) -> None:
    kill_at_random_moments(20, 600, 8, format, out, tmp_path, tiny_model, seed=20)


class Recorded:
    """Gives reports that a checker has made before: what is tested here is everything after them."""

    def __init__(self, reports: dict[str, Report]) -> None:
        self.reports = reports

    def check_many(self, articles: Iterable[Article]) -> Iterator[Report]:
        return (self.reports[a.id] for a in articles)


def run_and_die_before(step: int, act: Callable[[], object]) -> bool:
    """Do something in a process that is killed right before its ``step``-th change to the file system; whether it
    came so far."""
    if not (child := os.fork()):
        steps = 0

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal steps
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            if writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"):
                steps += 1
                if steps == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert status == 0
    return False


@pytest.fixture(scope="module")
def recorded(tiny_checker: Checker) -> tuple[Recorded, Recorded]:
    """Of the articles of the run that is killed, and of an earlier one."""
    new, old = (
        {r["id"]: tiny_checker.check(Article(r["id"], r["text"], title=r["title"])) for r in records}
        for records in (news(24, sentences=3), news(6, seed=3, sentences=3))
    )
    return Recorded(new), Recorded(old)


PLACES = [
    ("jsonl", "out.jsonl", False),
    ("jsonl", "out", False),
    ("parquet", "out", False),
    ("jsonl", "out.jsonl", True),
]


@pytest.mark.parametrize(("format", "out", "restart"), PLACES)
def test_killed_between_two_changes_to_the_disk_it_ends_as_if_undisturbed(
    tmp_path: Path, tiny_model: Path, recorded: tuple[Recorded, Recorded], format: str, out: str, restart: bool
) -> None:
    # Fewer for the tables, whose many files come and go alike; the test below leaves out none.
    stride = 9 if format == "parquet" else 4
    kill_between_changes(stride, tmp_path, tiny_model, recorded, format, out, restart)


@pytest.mark.slow
@pytest.mark.parametrize(("format", "out", "restart"), PLACES)
def test_killed_between_any_two_changes_to_the_disk_it_ends_as_if_undisturbed(
    tmp_path: Path, tiny_model: Path, recorded: tuple[Recorded, Recorded], format: str, out: str, restart: bool
) -> None:
    kill_between_changes(1, tmp_path, tiny_model, recorded, format, out, restart)


def kill_between_changes(
    stride: int,
    tmp_path: Path,
    model: Path,
    recorded: tuple[Recorded, Recorded],
    format: str,
    out: str,
    restart: bool,
) -> None:
    path = source(tmp_path, 24)
    old = write_jsonl(tmp_path / "old.jsonl", news(6, seed=3, sentences=3))

    def go(place: Path, source: Path = path, restart: bool = restart) -> None:
        checker = recorded[0 if source == path else 1]

        def engine(jobs: Iterable[Job], load: object, **_: object) -> Iterator[Done]:
            for job in jobs:
                yield do(job, checker, lambda _: None)  # type: ignore[arg-type]

        run([source], place / out, format=format, model=model, engine=engine, restart=restart)  # type: ignore[arg-type]

    def begin(place: Path) -> Path:
        """A place, with the complete output of an earlier run where the run is to be a restart."""
        place.mkdir()
        if restart:
            go(place, old, False)
        return place

    go(begin(tmp_path / "whole"))
    expected = contents(tmp_path / "whole")
    step = 1
    while run_and_die_before(step, partial(go, killed := begin(tmp_path / f"killed{step}"))):
        check_parts_are_whole(killed)
        go(killed)
        assert contents(killed) == expected, step
        if restart:
            # Nor does the run that was to be thrown away think that it is whole, if it is asked.
            other = begin(tmp_path / f"other{step}")
            run_and_die_before(step, partial(go, other))
            try:
                go(other, old, False)
            except Exception as error:
                assert "belongs to another run" in str(error)  # noqa: PT017
            else:
                assert contents(other) == contents(begin(tmp_path / f"fresh{step}")), step
        step += stride
    assert step > 15

"""Workers: a bad article costs itself only, whether it raises or ends the process, and a dead worker costs nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from bulk_articles import Brittle, Poison, are_gone, brittle_loader, news, read_jsonl, unloadable

from claimcheck.article import Article
from claimcheck.bulk.inputs import Entry, Problem
from claimcheck.bulk.isolate import check_each
from claimcheck.bulk.parts import Part, cut
from claimcheck.bulk.pool import work_through
from claimcheck.bulk.work import Done, Job, check_entries, do, load_model
from claimcheck.checker import Checker
from claimcheck.errors import ClaimcheckError, ModelError
from claimcheck.model import Model
from claimcheck.report import Report

NEWS = [Article(r["id"], r["text"], title=r["title"]) for r in news(48, sentences=3)]


def with_text(article: Article, text: str) -> Article:
    return Article(article.id, text)


@pytest.fixture(scope="module")
def checker(tiny_model: Path) -> Checker:
    return Brittle(Model(tiny_model, threads=1))


@pytest.mark.parametrize("bad", [{0}, {3}, {0, 1, 7}, set(range(8))])
def test_an_article_that_raises_fails_alone(checker: Checker, bad: set[int]) -> None:
    articles = [with_text(a, "This raises.") if i in bad else a for i, a in enumerate(NEWS[:8])]
    for i, (article, result) in enumerate(zip(articles, check_each(checker, articles), strict=True)):
        if i in bad:
            assert isinstance(result, RuntimeError)
        else:
            assert isinstance(result, Report)
            assert (result.id, result.text) == (article.id, article.text)


def test_a_model_that_fails_is_no_fault_of_the_articles(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise ModelError("damaged")

    monkeypatch.setattr(checker.model, "run", fail)
    with pytest.raises(ModelError):
        list(check_each(checker, NEWS[:3]))


def test_files_are_read_by_the_worker_and_may_fail(checker: Checker, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("It rained.")
    bad.write_bytes(b"\x89PNG\r\n")
    files = [Entry(str(p), None, 0) for p in (good, bad, tmp_path / "none.txt")]
    report, problem, missing = check_entries(checker, files)
    assert isinstance(report, Report)
    assert report.id == str(good)
    for where, found in ((bad, problem), (tmp_path / "none.txt", missing)):
        assert isinstance(found, Problem)
        assert found.where == str(where)
        assert str(where) in found.message


def entry(article: Article) -> Entry:
    return Entry(f"news:{article.id}", article, len(article.text))


def jobs(articles: list[Article], folder: Path, size: int = 8) -> list[Job]:
    return [Job(part, folder, "jsonl", ".jsonl") for part in cut(map(entry, articles), size)]


def lines(done: list[Done]) -> list[bytes]:
    return [line for d in sorted(done, key=lambda d: d.number) for line in d.files["reports"].read_bytes().splitlines()]


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    def make() -> Path:
        path = tmp_path / f"working{len(list(tmp_path.iterdir()))}"
        path.mkdir()
        return path

    return make


def test_a_killed_worker_costs_nothing(tiny_model: Path, checker: Checker, folders: Callable[[], Path]) -> None:
    expected = [do(job, checker, lambda _: None) for job in jobs(NEWS, folders())]
    done = []
    killed = False
    for result in work_through(jobs(NEWS, folders()), brittle_loader(tiny_model), workers=2):
        done.append(result)
        if not killed:
            victim = next(c for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline()))
            victim.kill()
            killed = True
    assert killed
    assert sorted(d.number for d in done) == list(range(6))
    assert lines(done) == lines(expected)


def test_an_article_that_ends_its_process_is_recorded_and_the_others_are_checked(
    tiny_model: Path, folders: Callable[[], Path]
) -> None:
    articles = list(NEWS[:12])
    articles[2] = with_text(articles[2], "This ends the process.")
    articles[7] = with_text(articles[7], "This raises.")
    done = list(work_through(jobs(articles, folders(), 6), brittle_loader(tiny_model), workers=1))
    ids = [r["id"] for d in sorted(done, key=lambda d: d.number) for r in read_jsonl(d.files["reports"])]
    assert ids == [a.id for i, a in enumerate(articles) if i not in (2, 7)]
    first, second = (read_jsonl(d.files["errors"]) for d in sorted(done, key=lambda d: d.number))
    assert [(e["id"], e["where"]) for e in first] == [(articles[2].id, f"news:{articles[2].id}")]
    assert "SIGKILL" in first[0]["message"]
    assert [(e["id"], "RuntimeError: a fault" in e["message"]) for e in second] == [(articles[7].id, True)]


def test_a_part_that_ends_every_process_whatever_its_articles_stops_the_run(
    tiny_model: Path, folders: Callable[[], Path]
) -> None:
    part = Part(5, 0, [Entry(Poison(), NEWS[0], 1)])  # type: ignore[arg-type]
    with pytest.raises(ClaimcheckError, match=r"over part 5 \(killed by SIGKILL\)"):
        list(work_through([Job(part, folders(), "jsonl", ".jsonl")], brittle_loader(tiny_model), workers=1))


def test_a_model_that_cannot_be_loaded_stops_the_run_and_leaves_no_process(folders: Callable[[], Path]) -> None:
    with pytest.raises(ClaimcheckError, match="no such model"):
        list(work_through(jobs(NEWS, folders()), unloadable, workers=2))
    assert not [c for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline())]


def test_an_output_that_cannot_be_written_stops_the_run(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ClaimcheckError, match="cannot write"):
        list(work_through(jobs(NEWS, tmp_path / "missing"), brittle_loader(tiny_model), workers=1))


def test_jobs_are_taken_only_as_they_are_needed(tiny_model: Path, folders: Callable[[], Path]) -> None:
    taken = 0
    folder = folders()

    def supply() -> Iterator[Job]:
        nonlocal taken
        for job in jobs(NEWS, folder, 2):
            taken += 1
            yield job

    finished = 0
    for _ in work_through(supply(), brittle_loader(tiny_model), workers=1):
        finished += 1
        assert taken <= finished + 2
    assert finished == taken == 24


def test_no_work_needs_no_process() -> None:
    assert list(work_through([], unloadable, workers=2)) == []


def test_a_number_of_workers_that_would_do_nothing_is_refused(folders: Callable[[], Path]) -> None:
    with pytest.raises(ValueError, match="workers is -1"):
        next(work_through(jobs(NEWS, folders()), unloadable, workers=-1))


@pytest.mark.parametrize("workers", [0, None])
def test_no_number_of_workers_is_one_a_core(
    folders: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, workers: int | None
) -> None:
    asked = []
    monkeypatch.setattr("claimcheck.bulk.pool.available_cores", lambda: asked.append(True) or 1)
    assert list(work_through([], unloadable, workers=workers)) == []
    assert asked


def test_a_worker_keeps_to_one_core_and_imports_no_numpy_before_it_is_told() -> None:
    import subprocess
    import sys

    heavy = {"numpy", "onnxruntime", "pyarrow", "pandas", "tokenizers"}
    code = f"import sys, claimcheck.bulk; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_progress_counts_every_article_once(tiny_model: Path, folders: Callable[[], Path]) -> None:
    told: list[int] = []
    list(work_through(jobs(NEWS, folders()), brittle_loader(tiny_model), workers=2, progress=told.append))
    assert told == sorted(told)
    assert told[-1] == len(NEWS)


def test_one_death_may_be_chance_and_two_are_looked_into() -> None:
    job = Job(Part(0, 0, []), Path(), "jsonl", ".jsonl")
    assert not job.after_death(None, "x").careful
    assert job.after_death(None, "x").after_death(None, "x").careful
    assert job.after_death(4, "killed").fatal == {4: "killed"}


def test_the_shipping_loader_uses_one_thread(tiny_model: Path) -> None:
    assert load_model(str(tiny_model)).model.threads == 1


def test_a_worker_ends_when_its_parent_is_killed(tiny_model: Path, tmp_path: Path) -> None:
    import subprocess
    import sys
    import time

    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from functools import partial
from pathlib import Path
from claimcheck.article import Article
from claimcheck.bulk.inputs import Entry
from claimcheck.bulk.parts import Part
from claimcheck.bulk.pool import work_through
from claimcheck.bulk.work import Job, load_model
articles = [Article("short", "It rained."), Article("takes minutes", "It rained. " * 200_000)]
parts = [Part(i, i, [Entry("", article, 1)]) for i, article in enumerate(articles)]
jobs = [Job(part, Path({str(tmp_path)!r}), "jsonl", ".jsonl") for part in parts]
for done in work_through(jobs, partial(load_model, {str(tiny_model)!r}), workers=1):
    print("working", flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "working\n"
    children = psutil.Process(process.pid).children(recursive=True)
    before = sum(c.cpu_times().user for c in children)
    while sum(c.cpu_times().user for c in children) < before + 0.3:
        time.sleep(0.05)  # until it is at the long one
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert are_gone(children, 10)

"""The work on Ray: the same output as on this machine alone, whatever happens to its actors."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from bulk_articles import brittle_loader, contents, news, read_jsonl, write_jsonl

from claimcheck.bulk import run
from claimcheck.bulk.cluster import on_ray
from claimcheck.bulk.jobs import Jobs, Todo
from claimcheck.bulk.run import _Nobody
from claimcheck.errors import ClaimcheckError

ray = pytest.importorskip("ray")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """A local Ray of three cores, whatever the machine has."""
    import os

    # Where the processes of Ray find what the tests define.
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{Path(__file__).parent}:{before}"
    ray.init(num_cpus=3, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    yield
    ray.shutdown()
    os.environ["PYTHONPATH"] = before


def working_actors() -> list[psutil.Process]:
    """The processes in which the model is loaded, as long as they check articles."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it has ended since
            title = " ".join(process.cmdline())
            if "_Actor" in title and ".submit" in title:  # as Ray calls a process that works
                found.append(process)
    return found


@pytest.mark.parametrize("format", ["jsonl", pytest.param("parquet", marks=pytest.mark.slow)])
def test_the_output_is_that_of_the_local_engine(tmp_path: Path, tiny_model: Path, format: str) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", news(60, sentences=3))
    source.write_text(source.read_text() + "{no json\n")
    for name, engine in (("ray", {"engine": on_ray()}), ("local", {})):
        summary = run([source], tmp_path / name, format=format, workers=2, model=tiny_model, **engine)  # type: ignore[arg-type]
        assert (summary.articles, summary.errors) == (61, 1)
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")


@pytest.mark.slow
def test_a_killed_actor_costs_nothing(tmp_path: Path, tiny_model: Path) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", news(300, sentences=10))
    killed = []

    def kill() -> None:
        end = time.monotonic() + 120
        while not killed and time.monotonic() < end:
            for actor in working_actors()[:1]:
                with suppress(psutil.Error):
                    actor.kill()
                    killed.append(actor.pid)
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    run([source], tmp_path / "ray", workers=2, model=tiny_model, engine=on_ray())
    killer.join()
    assert killed
    run([source], tmp_path / "local", workers=2, model=tiny_model)
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")


@pytest.mark.slow
def test_an_article_that_ends_its_actor_is_recorded_and_the_others_are_checked(
    tmp_path: Path, tiny_model: Path
) -> None:
    records = news(40, sentences=3, odd=False)
    records[20]["text"] = "This ends the process."
    records[30]["text"] = "This raises."
    source = write_jsonl(tmp_path / "news.jsonl", records)
    jobs = Todo(Jobs((str(source),), 8, 10**6, frozenset(), tmp_path, "jsonl", ".jsonl"), _Nobody())
    progress: list[int] = []
    done = list(on_ray()(jobs, brittle_loader(tiny_model), workers=2, progress=progress.append))
    reports = [r for d in sorted(done, key=lambda d: d.number) for r in read_jsonl(d.files["reports"])]
    assert [r["id"] for r in reports] == [r["id"] for i, r in enumerate(records) if i not in (20, 30)]
    failed = [d for d in sorted(done, key=lambda d: d.number) if "errors" in d.files]
    errors = [e for d in failed for e in read_jsonl(d.files["errors"])]
    assert [e["id"] for e in errors] == [records[20]["id"], records[30]["id"]]
    assert (jobs.parts, jobs.articles, progress[-1]) == (5, 40, 40)


@pytest.mark.slow
def test_a_model_that_no_actor_finds_stops_the_run(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", news(4))
    jobs = Todo(Jobs((str(source),), 8, 10**6, frozenset(), tmp_path, "jsonl", ".jsonl"), _Nobody())
    with pytest.raises(ClaimcheckError, match="no-such-folder"):
        list(on_ray()(jobs, brittle_loader(Path("/no-such-folder")), workers=1, progress=lambda n: None))


@pytest.mark.slow
def test_the_command_works_on_a_cluster_of_its_own(tmp_path: Path, tiny_model: Path) -> None:
    source = write_jsonl(tmp_path / "news.jsonl", news(20, sentences=3))
    code = "from claimcheck.cli import main; main()"
    options = ["--out", str(tmp_path / "ray"), "--model", str(tiny_model), "--engine", "ray", "--workers", "1"]
    command = [sys.executable, "-W", "ignore", "-c", code, "batch", str(source), *options]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Dataset" not in ran.stderr
    assert len(read_jsonl(tmp_path / "ray" / "reports" / "part-00000000.jsonl")) == 16

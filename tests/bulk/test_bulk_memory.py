"""Memory does not grow with the number of articles."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from bulk_articles import news, write_jsonl

from claimcheck.article import Article
from claimcheck.bulk import run
from claimcheck.bulk.work import Done, Job, do
from claimcheck.checker import Checker
from claimcheck.report import Report

CODE = """
import resource, sys
from claimcheck.bulk import run
run([sys.argv[1]], sys.argv[2], format=sys.argv[3], model=sys.argv[4], workers=1)
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_ten_times_the_reports_are_never_held_together(
    tmp_path: Path, tiny_model: Path, tiny_checker: Checker, format: str
) -> None:
    (record,) = news(1, sentences=6, odd=False)
    made = tiny_checker.check(Article(record["id"], record["text"]))

    class Same:
        """Makes a new report of each article, without the work."""

        def check_many(self, articles: Iterable[Article]) -> Iterator[Report]:
            for _ in articles:
                yield msgspec.json.decode(made.to_json(), type=Report)

    def engine(jobs: Iterable[Job], load: object, **_: object) -> Iterator[Done]:
        return (do(job, Same(), lambda _: None) for job in jobs)  # type: ignore[arg-type]

    peaks = []
    for count in (50, 50, 500):  # the first is for what is loaded once
        source = write_jsonl(tmp_path / f"{count}.jsonl", [{**record, "id": f"n{i}"} for i in range(count)])
        tracemalloc.start()
        run([source], tmp_path / f"out{len(peaks)}", format=format, model=tiny_model, engine=engine)  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] / peaks[1] < 1.2


@pytest.mark.slow
@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_ten_times_the_articles_take_no_more_memory(tmp_path: Path, tiny_model: Path, format: str) -> None:
    peaks = []
    for count in (200, 2000):
        source = write_jsonl(tmp_path / f"{count}.jsonl", news(count, sentences=6))
        command = [sys.executable, "-c", CODE, str(source), str(tmp_path / f"out{count}"), format, str(tiny_model)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        main, worker = map(int, ran.stdout.split())
        peaks.append((main, worker))
    (main, worker), (more_main, more_worker) = peaks
    assert more_main / main < 1.2
    assert more_worker / worker < 1.2

"""Memory does not grow with the number of articles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bulk_articles import news, write_jsonl

CODE = """
import resource, sys
from claimcheck.bulk import run
run([sys.argv[1]], sys.argv[2], format=sys.argv[3], model=sys.argv[4], workers=1)
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


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

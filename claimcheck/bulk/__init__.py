"""Many articles to many reports: files of any size, on all cores, from where it stopped.

    >>> from claimcheck.bulk import run
    >>> run(["news.jsonl"], "reports.jsonl")  # doctest: +SKIP
    Summary(articles=1000, errors=0, errors_file=PosixPath('reports.jsonl.errors.jsonl'))

The way through this room: `inputs` reads entries, `parts` cuts them into parts, `jobs` says what to do with these, `work`
(in a process of `pool`, or an actor of `cluster`) turns a part into files with `write` and `tables`, `place` gives these
their names; `run` is the order, and `manifest` says what a run is. `frames` is for those whose engine brings its own
processes: Spark, datasets.
"""

from __future__ import annotations

from claimcheck.bulk.frames import CHECKED_DDL, check_columns, check_frames, table_ddl, table_frames
from claimcheck.bulk.jobs import Watch
from claimcheck.bulk.pool import work_through
from claimcheck.bulk.run import Engine, Summary, run

__all__ = [
    "CHECKED_DDL",
    "Engine",
    "Summary",
    "Watch",
    "check_columns",
    "check_frames",
    "run",
    "table_ddl",
    "table_frames",
    "work_through",
]

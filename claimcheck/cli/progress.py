"""A progress bar on the terminal, with rate and time left."""

from __future__ import annotations

import time
from datetime import timedelta
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Bar:
    """Shows how far a run of articles is, on standard error. A `claimcheck.bulk.Watch`."""

    def __init__(self, console: Console | None = None) -> None:
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("articles  {task.fields[rate]}"))
        self._progress = Progress(*columns, console=console or Console(stderr=True), refresh_per_second=4)
        self._task = self._progress.add_task("", total=None, rate="reading the input")
        self._total = 0
        self._started = (0.0, 0)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, total: int) -> None:
        self._total = total
        self._progress.update(self._task, total=total, rate="loading the model")

    def progress(self, done: int, skipped: int) -> None:
        now = time.monotonic()
        if not done:
            # The clock starts with the first article: what was done before, and loading, say nothing of the rate.
            self._started = (now, done)
            self._progress.update(self._task, completed=skipped)
            return
        since, first = self._started
        self._progress.update(
            self._task, completed=done + skipped, rate=self._rate(done - first, now - since, done + skipped)
        )

    def _rate(self, checked: int, seconds: float, completed: int) -> str:
        if checked <= 0 or seconds <= 0:
            return ""
        rate = checked / seconds
        left = timedelta(seconds=round(max(0, self._total - completed) / rate))
        return f"{rate:.1f}/s  {left} left"

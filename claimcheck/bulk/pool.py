"""Worker processes: each has one job at a time, and a job outlives the death of its worker."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from claimcheck.bulk.work import Begin, Done, Failed, Job, Progress, Ready, serve
from claimcheck.errors import ClaimcheckError
from claimcheck.machine import available_cores

if TYPE_CHECKING:
    from claimcheck.checker import Checker

_FALSE_STARTS = 3
"""Workers in a row that may end before they have loaded the model."""
_UNEXPLAINED = 3
"""Deaths of processes over one job, not counting those that an article is blamed for."""


def check_workers(workers: int | None) -> None:
    """Raise `ValueError` for a number of processes with which nothing would ever be done."""
    if workers is not None and workers < 0:
        raise ValueError(f"workers is {workers}. Give 1 or more, or None (or 0) for one a core.")


class _Worker:
    """One process, the job it has, and how far it is."""

    def __init__(self, load: Callable[[], Checker]) -> None:
        # A fresh interpreter: a forked one would inherit the threads and locks of whoever called us.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, load), daemon=True, name="claimcheck-batch")
        self.process.start()
        # With our copy closed, the end of the process is the end of the stream, whatever it died of.
        theirs.close()
        self.ready = False
        self.job: Job | None = None
        self.at: int | None = None
        self.done = 0

    def give(self, job: Job) -> None:
        self.job, self.at, self.done = job, None, 0
        with suppress(BrokenPipeError, ConnectionResetError):  # it died; the end of its stream says so in a moment
            self.connection.send(job)

    def end(self) -> str:
        """Make sure that the process is gone; how it ended, in words."""
        self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.connection.close()
        code = self.process.exitcode or 0
        if code >= 0:
            return f"exit code {code}"
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"


def work_through(
    jobs: Iterable[Job],
    load: Callable[[], Checker],
    *,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[Done]:
    """Do jobs in worker processes; what has been done, as it is done, in any order.

    When a worker dies, another one is started and does its job; an article that kills its worker again and again is
    recorded as a problem. Jobs are taken as they are needed: besides those that are being done, ``workers`` of them.

    Args:
        jobs: what to do.
        load: gives each process its checker; must be picklable.
        workers: processes at most; by default (None or 0) one a core.
        progress: told the number of entries done so far, now and then.

    Raises:
        ValueError: if ``workers`` is below 0.
        ClaimcheckError: if the model cannot be loaded or the output not written.
    """
    check_workers(workers)
    jobs = iter(jobs)
    workers = workers or available_cores()
    waiting: deque[Job] = deque()
    staff: list[_Worker] = []
    exhausted = False
    finished = false_starts = 0
    try:
        while not (exhausted and not waiting and not any(worker.job for worker in staff)):
            for worker in staff:
                if worker.ready and not worker.job and waiting:
                    worker.give(waiting.popleft())
            if sum(not worker.ready for worker in staff) < len(waiting) and len(staff) < workers:
                staff.append(_Worker(load))
                continue
            # One job is read at a time: in between, workers that have finished get their next.
            reading = not exhausted and len(waiting) < workers
            if reading:
                if job := next(jobs, None):
                    waiting.append(job)
                else:
                    exhausted = True
            heard = wait([worker.connection for worker in staff], timeout=0 if reading else None)
            for worker in [w for w in staff if w.connection in heard]:
                try:
                    message = worker.connection.recv()
                except (EOFError, OSError):
                    staff.remove(worker)
                    how = worker.end()
                    if worker.job:
                        job = worker.job.after_death(worker.at, how)
                        if job.deaths - len(job.fatal) > _UNEXPLAINED:
                            raise ClaimcheckError(
                                f"the worker processes end over part {job.part.number} ({how}), whatever its articles. "
                                "Is there enough memory? Try one worker (--workers 1)."
                            ) from None
                        waiting.appendleft(job)
                    elif not worker.ready:
                        false_starts += 1
                        if false_starts == _FALSE_STARTS:
                            raise ClaimcheckError(
                                f"the worker processes end while they load the model ({how}). Is there enough memory? "
                                "Try one worker (--workers 1)."
                            ) from None
                    continue
                match message:
                    case Ready():
                        worker.ready = True
                        false_starts = 0
                    case Progress(done=done):
                        worker.done = done
                    case Begin(at=at):
                        worker.at = at
                    case Failed(message=words):
                        raise ClaimcheckError(words)
                    case Done() as result:
                        worker.job, worker.at, worker.done = None, None, 0
                        finished += result.entries
                        yield result
            progress(finished + sum(w.done for w in staff))
    finally:
        for worker in staff:
            worker.process.terminate()
        for worker in staff:
            worker.end()

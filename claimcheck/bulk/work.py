"""What a worker process does: it loads the model once, and turns one part after the other into files."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.article import Article, read_article
from claimcheck.bulk.inputs import Entry, Problem
from claimcheck.bulk.isolate import REPORT_IT, check_each, message
from claimcheck.bulk.parts import Part
from claimcheck.bulk.write import Format, write_problems, writer
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.report import Report

if TYPE_CHECKING:
    from claimcheck.checker import Checker

_PROGRESS_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Job:
    """A part to be done, and where and how."""

    part: Part
    folder: Path
    """Where its files are written; they are moved to their places by the process that gave the job."""
    format: Format
    suffix: str
    deaths: int = 0
    """Processes that ended while they did this."""
    fatal: dict[int, str] = field(default_factory=dict)
    """Entries (by their place in the part) that ended a process, and how; they are not tried again."""

    @property
    def careful(self) -> bool:
        """Whether to go entry by entry and say which. One death may be chance (no memory left); two are not."""
        return self.deaths >= 2

    def after_death(self, at: int | None, how: str) -> Job:
        """The job to do in place of this one, in which a process ended at the entry ``at``, if that is known."""
        fatal = self.fatal if at is None else {**self.fatal, at: how}
        return replace(self, deaths=self.deaths + 1, fatal=fatal)


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Progress:
    """So many entries of the part are done."""

    done: int


@dataclass(frozen=True, slots=True)
class Begin:
    """The entry at this place of the part is next (said when careful)."""

    at: int


@dataclass(frozen=True, slots=True)
class Done:
    """The part is done; ``files`` are to be moved to the folders of these names, in this order."""

    number: int
    entries: int
    files: dict[str, Path]


@dataclass(frozen=True, slots=True)
class Failed:
    """The run cannot go on: a person must do something."""

    message: str


Message = Ready | Progress | Begin | Done | Failed


def load_model(folder: str) -> Checker:
    """A checker for one core. Imports what it needs only here, when the process has been told to keep to one core."""
    from claimcheck.checker import load

    return load(folder, threads=1)


def serve(connection: Connection, load: Callable[[], Checker]) -> None:
    """The life of a worker process: jobs come in by the connection, messages go out by it."""
    keep_to_one_core()
    # Ctrl-C reaches every process of the terminal; the main one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_the_parent, daemon=True).start()
    try:
        checker = load()
        checker.check("Load the network now, not with the first article.")
        connection.send(Ready())
        while True:
            job = connection.recv()
            connection.send(do(job, checker, connection.send))
    except (EOFError, ConnectionError):
        pass  # the main process has finished, or is gone
    except ClaimcheckError as error:
        connection.send(Failed(str(error)))
    except OSError as error:
        connection.send(Failed(f"cannot write the output: {error}. Make room, and run the same again to go on."))
    except Exception as error:
        connection.send(Failed(f"{type(error).__name__}: {error}. {REPORT_IT}"))


def do(job: Job, checker: Checker, tell: Callable[[Message], None]) -> Done:
    """Do a job.

    Raises:
        ModelError: if the model cannot be used.
        OSError: if the files cannot be written.
    """
    part = job.part
    out = writer(job.folder, part.number, job.format, job.suffix)
    problems = []
    told = time.monotonic()
    for i, result in enumerate(_results(job, checker, tell)):
        if isinstance(result, Problem):
            problems.append(result)
        else:
            try:
                out.add(part.first + i, result)
            except (UnicodeError, ValueError, TypeError) as error:
                problems.append(Problem(result.id, part.entries[i].where, message(error)))
        if time.monotonic() - told > _PROGRESS_SECONDS:
            tell(Progress(i + 1))
            told = time.monotonic()
    files = write_problems(job.folder, part.number, problems)
    return Done(part.number, len(part.entries), {**files, **out.close()})


def _results(job: Job, checker: Checker, tell: Callable[[Message], None]) -> Iterator[Report | Problem]:
    """A report or a problem for each entry."""
    if not job.careful:
        yield from check_entries(checker, job.part.entries)
        return
    for i, entry in enumerate(job.part.entries):
        if i in job.fatal:
            message = f"could not be checked: it ended the process ({job.fatal[i]}). {REPORT_IT}"
            name = entry.content.id if entry.content else entry.where
            yield Problem(name, entry.where, message)
        else:
            tell(Begin(i))
            yield from check_entries(checker, [entry])


def check_entries(checker: Checker, entries: list[Entry]) -> Iterator[Report | Problem]:
    """A report or a problem for each entry; files are read, and articles checked together."""
    read = [(entry, _read(entry)) for entry in entries]
    checked = check_each(checker, [content for _, content in read if isinstance(content, Article)])
    for entry, content in read:
        result: Report | Problem | Exception = next(checked) if isinstance(content, Article) else content
        yield Problem(content.id, entry.where, message(result)) if isinstance(result, Exception) else result


def _read(entry: Entry) -> Article | Problem:
    if entry.content is not None:
        return entry.content
    try:
        return read_article(entry.where)
    except InputError as error:
        return Problem(entry.where, entry.where, str(error))
    except Exception as error:  # whatever a reader of a format lets through: it is this file's matter alone
        return Problem(entry.where, entry.where, f"{entry.where}: cannot be read: {type(error).__name__}: {error}.")


def keep_to_one_core() -> None:
    """Tell the libraries, which read this when they are first imported, that one core is ours."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def _die_with_the_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)

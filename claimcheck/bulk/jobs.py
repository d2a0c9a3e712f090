"""What is to be done in a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from claimcheck.bulk.inputs import entries
from claimcheck.bulk.parts import Part, cut
from claimcheck.bulk.work import Job
from claimcheck.bulk.write import Format


class Watch(Protocol):
    """Is told how far a run is."""

    def begin(self, total: int) -> None:
        """There are about so many articles."""

    def progress(self, done: int, skipped: int) -> None:
        """So many are done in this run, and so many were done before."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """The parts of an input, and what to do with those that are not done. Another process can iterate it as well."""

    paths: tuple[str, ...]
    articles: int
    """In a part, at most."""
    characters: int
    """That fill a part."""
    done: frozenset[int]
    """Parts that are not to be done again."""
    folder: Path
    format: Format
    suffix: str

    def parts(self) -> Iterator[Part]:
        """All parts, those that are done too."""
        return cut(entries(self.paths), self.articles, self.characters)

    def job(self, part: Part) -> Job:
        """What to do with a part."""
        return Job(part, self.folder, self.format, self.suffix)

    def __iter__(self) -> Iterator[Job]:
        return (self.job(part) for part in self.parts() if part.number not in self.done)


class Todo:
    """The jobs of a run; counts ``parts`` and ``articles`` of the input as it is iterated, and those ``skipped``."""

    def __init__(self, jobs: Jobs, watch: Watch) -> None:
        self.jobs = jobs
        self._watch = watch
        self.parts = self.articles = self.skipped = 0

    def __iter__(self) -> Iterator[Job]:
        self.parts = self.articles = self.skipped = 0
        for part in self.jobs.parts():
            self.parts += 1
            self.articles += len(part.entries)
            if part.number in self.jobs.done:
                self.skipped += len(part.entries)
                self.progress(0)
            else:
                yield self.jobs.job(part)

    def progress(self, done: int) -> None:
        """Say that so many articles are done in this run."""
        self._watch.progress(done, self.skipped)

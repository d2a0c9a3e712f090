"""Offsets as lines and columns, the way editors and code-review tools count."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from claimcheck.report import Report

_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Region:
    """A span by lines and columns, all from 1; columns count code points and ``end_column`` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class OneLine:
    """The report of an article that is one line of a file, as in JSON Lines.

    Attributes:
        report: whose id names the article, not the file; its offsets mean nothing in the file.
        file: the path, as it was given.
        line: from 1.
    """

    report: Report
    file: str
    line: int

    @property
    def anonymous(self) -> bool:
        """Whether the article's id says no more than where it stands."""
        return self.report.id == f"{self.file}:{self.line}"


class Lines:
    """The lines of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in _NEWLINE.finditer(text))]
        self._length = len(text)

    def region(self, start: int, end: int) -> Region:
        """Where the code points ``start`` to ``end`` are; offsets beyond the text count as its end."""
        line, column = self._position(start)
        end_line, end_column = self._position(max(start, end))
        return Region(line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        offset = min(offset, self._length)
        k = bisect.bisect_right(self._starts, offset) - 1
        return k + 1, offset - self._starts[k] + 1

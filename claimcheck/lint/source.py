"""The file an article was read from, and where in it the extracted text stands.

For plain text both are the same. Markdown and HTML lose their markup when they are read, so offsets into the text mean
nothing in the file. The words are the same in both, though: five words in a row that occur once here and once there
are the same place. Whatever cannot be placed with certainty is not placed: a fix must never land anywhere else.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import cached_property

from claimcheck.lint import markup
from claimcheck.report import Span

_WORD = re.compile(r"[^\W_]+")
_NO_WORDS = re.compile(r"\]\([^)\s]{0,2000}\)|&#?\w{1,10};")
"""Where a link of Markdown leads, and characters by name."""
_ROW = 5
"""Words in a row that tell a place."""


class Source:
    """A file's text and what was read from it.

    Attributes:
        text: the file as it stands, decoded.
        encoding: the codec that turns ``text`` into the file's bytes again; it writes no byte-order mark.
        mark: the byte-order mark that the file starts with, which is not in ``text``; empty where it has none.
    """

    def __init__(self, text: str, extracted: str, *, encoding: str = "UTF-8", mark: bytes = b"") -> None:
        self.text = text
        self.encoding = encoding
        self.mark = mark
        self._extracted = extracted
        self.plain = text == extracted

    def place(self, start: int, end: int) -> Span | None:
        """Where some words of the extracted text stand in the file, markup between them included."""
        if self.plain:
            return Span(start, end)
        first, last = self._position(start, before=False), self._position(end, before=True)
        if first is None or last is None or not first < last:
            return None
        # Markup doubles no words: what is far longer than its words was placed wrongly.
        return Span(first, last) if last - first <= 4 * (end - start) + 200 else None

    def place_exactly(self, start: int, end: int) -> Span | None:
        """The same for an edit: the file must have just these characters there, and may have none."""
        if self.plain:
            return Span(start, end)
        first = self._position(start, before=True)
        if first is None:
            first = self._position(start, before=False)
        if first is None or self.text[first : first + end - start] != self._extracted[start:end]:
            return None
        return Span(first, first + end - start)

    @cached_property
    def _own(self) -> list[tuple[int, int]]:
        masked = _NO_WORDS.sub(lambda m: " " * len(m.group()), markup.blanked(self.text))
        return [m.span() for m in _WORD.finditer(masked)]

    @cached_property
    def _read(self) -> list[tuple[int, int]]:
        return [m.span() for m in _WORD.finditer(self._extracted)]

    @cached_property
    def _places(self) -> dict[int, int]:
        """For each word of the extracted text that can be placed the number of the same word in the file."""
        there = _rows(self.text, self._own)
        places: dict[int, int] = {}
        for row, here in _rows(self._extracted, self._read).items():
            if here >= 0 and (k := there.get(row, -1)) >= 0:
                places.update((here + i, k + i) for i in range(_ROW))
        return places

    def _position(self, offset: int, *, before: bool) -> int | None:
        """An offset in the file, by the word that the offset is in or, failing that, the one before or after it."""
        k = bisect.bisect_right(self._read, (offset, len(self._extracted))) - 1
        inside = k >= 0 and offset < self._read[k][1]
        if not inside and not before:
            k += 1
        if not 0 <= k < len(self._read) or k not in self._places:
            return None
        (a, b), (c, d) = self._read[k], self._own[self._places[k]]
        if d - c != b - a:
            return None
        if offset >= b:  # marks and spaces after the word have to be the same
            gap = self._extracted[b:offset]
            return d + len(gap) if self.text[d : d + len(gap)] == gap else None
        if offset < a:
            gap = self._extracted[offset:a]
            return c - len(gap) if self.text[max(0, c - len(gap)) : c] == gap else c
        return c + offset - a


def _rows(text: str, words: Sequence[tuple[int, int]]) -> dict[tuple[str, ...], int]:
    """Every row of words and where it begins, -1 for one that occurs twice."""
    lower = [text[a:b].lower() for a, b in words]
    found: dict[tuple[str, ...], int] = {}
    for i in range(len(lower) - _ROW + 1):
        row = tuple(lower[i : i + _ROW])
        found[row] = -1 if row in found else i
    return found

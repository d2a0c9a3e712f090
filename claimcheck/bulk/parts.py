"""The unit of work, of output and of resuming: some neighbouring articles.

The cut depends on the input alone, neither on the number of workers nor on what was done before. So a part of a given
number always holds the same articles, and, as they go through the network in the same batches, gives the same reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimcheck.bulk.inputs import Entry

MOST_ARTICLES = 256
FEWEST_ARTICLES = 16
CHARACTERS = 1_000_000
"""Characters (of files: bytes) that fill a part: what bounds the memory of a worker, however long the articles are."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring entries: part ``number`` (from 0), whose first entry is the ``first`` of all (from 0)."""

    number: int
    first: int
    entries: list[Entry]


def part_size(articles: int) -> int:
    """Articles in a part at most, for an input of so many: 64 parts, to keep every core busy to the end, if parts of a
    fair size allow it."""
    return min(MOST_ARTICLES, max(FEWEST_ARTICLES, articles // 64))


def cut(entries: Iterable[Entry], size: int, characters: int = CHARACTERS) -> Iterator[Part]:
    """Cut a stream of entries into parts of ``size`` entries, or fewer where ``characters`` are reached before."""
    number = first = weight = 0
    part: list[Entry] = []
    for entry in entries:
        part.append(entry)
        weight += entry.size
        if len(part) >= size or weight >= characters:
            yield Part(number, first, part)
            number, first, part, weight = number + 1, first + len(part), [], 0
    if part:
        yield Part(number, first, part)

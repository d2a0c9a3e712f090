"""A text cut where annotation begins or ends.

Content, cues and sources of different claims nest and cross: "Lithuanian media report, citing intelligence sources,
that ..." has two claims with the same content, and a source may stand inside another's content. Elements of a page only
nest. So the text is cut into pieces at every edge, and each piece says all that it is part of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from claimcheck.report import Report, Span

Role = Literal["content", "cue", "source", "mention", "finding"]
_Marked = tuple[Role, int, int, int]
"""Role, id, start and end of one span."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, never empty, that is part of the same things throughout.

    ``content``, ``cue`` and ``source`` are ids of claims, ``mention`` of speakers and ``finding`` of findings, each in
    order. ``nearest`` are the claims to which the shortest span around the piece belongs: what a reader who points
    there means.
    """

    start: int
    end: int
    content: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    source: tuple[int, ...] = ()
    mention: tuple[int, ...] = ()
    finding: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()


def pieces(report: Report) -> list[Piece]:
    """The whole text as pieces, in order and without gaps, cut at the edges of sentences too.

    Spans that reach beyond the text are cut to it.
    """
    length = len(report.text)
    opening: defaultdict[int, list[_Marked]] = defaultdict(list)
    closing: defaultdict[int, list[_Marked]] = defaultdict(list)
    for role, id, start, end in _spans(report):
        end = min(end, length)
        if start < end:
            opening[start].append((role, id, start, end))
            closing[end].append((role, id, start, end))
    edges = {0, length, *opening, *closing}
    for s in report.sentences:
        edges.update((min(s.start, length), min(s.end, length)))
    found = []
    active: set[_Marked] = set()
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        active.difference_update(closing[start])
        active.update(opening[start])
        found.append(_piece(start, end, active))
    return found


def _spans(report: Report) -> Iterator[_Marked]:
    for i, claim in enumerate(report.claims):
        roles: list[tuple[Role, list[Span]]] = [
            ("content", claim.content),
            ("cue", [claim.cue] if claim.cue else []),
            ("source", [claim.source] if claim.source else []),
        ]
        for role, spans in roles:
            yield from ((role, i, s.start, s.end) for s in spans)
    for i, speaker in enumerate(report.speakers):
        yield from (("mention", i, s.start, s.end) for s in speaker.mentions)
    yield from (("finding", i, f.start, f.end) for i, f in enumerate(report.findings))


def _piece(start: int, end: int, active: set[_Marked]) -> Piece:
    if not active:
        return Piece(start, end)
    ids: dict[Role, set[int]] = {"content": set(), "cue": set(), "source": set(), "mention": set(), "finding": set()}
    for role, id, *_ in active:
        ids[role].add(id)
    of_claims = [(b - a, id) for role, id, a, b in active if role in ("content", "cue", "source")]
    shortest = min(of_claims, default=(0, 0))[0]
    nearest = {id for size, id in of_claims if size == shortest}
    # Sorted, so that the same report makes the same page.
    return Piece(
        start, end, **{role: tuple(sorted(found)) for role, found in ids.items()}, nearest=tuple(sorted(nearest))
    )

"""One report to its audit."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from claimcheck.report import Claim, Kind, Report, Span
from claimcheck.sources.parts import KINDS, SIDES, Side, balance, in_order, loudest, share
from claimcheck.sources.types import Audit, Place, Voice


def audit(report: Report) -> Audit:
    """Whose voices an article carries, and how loud they are.

    Any report will do, one edited by hand too: ids of speakers that lead nowhere count as nobody, and of spans only
    what lies in the text.
    """
    words = [m.start() for m in re.finditer(r"\S+", report.text)]
    speakers = [list(dict.fromkeys(i for i in c.speakers if i < len(report.speakers))) for c in report.claims]
    ranges = [[_range(span, words) for span in claim.content] for claim in report.claims]
    attributed = _covered(r for of_claim in ranges for r in of_claim)
    of_speaker: list[list[int]] = [[] for _ in report.speakers]
    for number, ids in enumerate(speakers):
        for i in ids:
            of_speaker[i].append(number)
    voices = in_order(_voices(report, of_speaker, ranges, len(words)))
    kinds = [{report.speakers[i].kind for i in ids} for ids in speakers]
    return Audit(
        name=report.id,
        title=report.title,
        articles=1,
        sentences=len(report.sentences),
        words=len(words),
        claims=len(report.claims),
        attributed=attributed,
        attributed_share=share(attributed, len(words)),
        balance=balance(
            _counts(kinds, ranges),
            attributed,
            voices,
            loudest(voices[0], len(words), attributed) if voices else None,
        ),
        speakers=voices,
    )


def _range(span: Span, words: Sequence[int]) -> tuple[int, int]:
    """The numbers of the words that begin in a span, half-open; the same words that ``Speaker.share`` counts."""
    return bisect.bisect_left(words, span.start), bisect.bisect_left(words, max(span.start, span.end))


def _covered(ranges: Iterable[tuple[int, int]]) -> int:
    """How many words lie in at least one of the ranges."""
    total, end = 0, 0
    for a, b in sorted(ranges):
        total += max(0, b - max(a, end))
        end = max(end, b)
    return total


def _voices(
    report: Report, of_speaker: Sequence[Sequence[int]], ranges: Sequence[Sequence[tuple[int, int]]], total: int
) -> list[Voice]:
    """Everybody in the report, in the order in which they are first heard."""
    starts = [s.start for s in report.sentences]
    found = []
    for speaker, numbers in zip(report.speakers, of_speaker, strict=True):
        claims = [report.claims[n] for n in numbers]
        said = _covered(r for n in numbers for r in ranges[n])
        first, last = _heard(report, [*speaker.mentions, *_spans(claims)], starts)
        voice = Voice(
            name=speaker.name,
            kind=speaker.kind,
            title=speaker.title,
            justification=speaker.justification,
            articles=1,
            speakers=1,
            claims=len(claims),
            direct=sum(c.quotation == "direct" for c in claims),
            indirect=sum(c.quotation == "indirect" for c in claims),
            mixed=sum(c.quotation == "mixed" for c in claims),
            words=said,
            share=share(said, total),
            first=first,
            last=last,
        )
        found.append(voice)
    return sorted(found, key=lambda v: v.first.start if v.first else len(report.text))


def _spans(claims: Iterable[Claim]) -> list[Span]:
    return [span for claim in claims for span in claim.content]


def _heard(report: Report, spans: Iterable[Span], starts: Sequence[int]) -> tuple[Place | None, Place | None]:
    """The first and the last of some spans as places, as far as they lie in the text."""
    inside = sorted(Span(s.start, min(s.end, len(report.text))) for s in spans if s.start < len(report.text))
    if not inside:
        return None, None

    def place(span: Span) -> Place:
        k = bisect.bisect_right(starts, span.start) - 1
        known = k >= 0 and span.start < report.sentences[k].end
        return Place(report.id, k if known else None, span.start, span.end)

    return place(inside[0]), place(inside[-1])


def _counts(
    kinds: Sequence[set[Kind]], ranges: Sequence[Sequence[tuple[int, int]]]
) -> dict[Side | Kind, tuple[int, int, int]]:
    """Claims, words and words alone of every side and every kind."""
    edges = sorted({edge for of_claim in ranges for r in of_claim for edge in r})
    widths = [b - a for a, b in pairwise(edges)]
    whole = _depths(ranges, edges)
    counts: dict[Side | Kind, tuple[int, int, int]] = {}
    wanted: list[tuple[Side | Kind, frozenset[Kind]]] = [*SIDES.items(), *((kind, frozenset({kind})) for kind in KINDS)]
    for name, side in wanted:
        # Of a side are claims with a speaker of one of its kinds; of nobody, those with no speaker.
        here = [bool(k & side) if side else not k for k in kinds]
        only = [h and k <= side for h, k in zip(here, kinds, strict=True)]
        covered = _depths([r for r, h in zip(ranges, here, strict=True) if h], edges)
        alone = _depths([r for r, o in zip(ranges, only, strict=True) if o], edges)
        counts[name] = (
            sum(here),
            sum(width for width, n in zip(widths, covered, strict=True) if n),
            sum(width for width, n, of in zip(widths, alone, whole, strict=True) if n and n == of),
        )
    return counts


def _depths(ranges: Iterable[Sequence[tuple[int, int]]], edges: Sequence[int]) -> list[int]:
    """How many of the ranges cover each stretch between two neighbouring edges.

    By running sums, so that contents nested in each other cost no more than others.
    """
    steps = dict.fromkeys(edges, 0)
    for of_claim in ranges:
        for a, b in of_claim:
            steps[a] += 1
            steps[b] -= 1
    return list(accumulate(steps.values()))[:-1]

"""Quotations that were tied to a source elsewhere although somebody else has spoken since: attributions of their own.

A network ties every content to a cue. What it ties over the head of another source ("..., Ana Sousa said. “It is late,” Jo
Bell replied. “Too late.”") is parted from it here; who says it is then found as for any quotation without a source.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from claimcheck.attribution import Attribution, RoleSpan
from claimcheck.paragraphs import Span
from claimcheck.speakers import document
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.continuations import signed_below, transcript
from claimcheck.speakers.document import Document

_BESIDE = 6
"""Tokens after a quotation in which the verb stands that says whose it is."""


def part(text: str, sentences: Sequence[Span], attributions: Sequence[Attribution]) -> list[Attribution]:
    """The same attributions, those contents parted that another source than their own is nearer to; in order.

    Never raises. An attribution keeps source and cue, and at least one content; what is parted has neither.
    """
    parting = _Parting(document.read(text, tuple(sentences)), attributions)
    result: list[Attribution] = []
    for k, a in enumerate(attributions):
        if a.source is not None and a.cue is None and parting.signed(a):
            result.append(Attribution(None, None, a.content, a.confidence))
            continue
        kept, apart = parting.divided(k, a)
        if not kept or not apart:
            result.append(a)
            continue
        result.append(Attribution(a.source, a.cue, kept, a.confidence))
        result += [Attribution(None, None, group, a.confidence) for group in apart]
    result.sort(key=lambda a: (a.start, a.content[0].start))
    return result


class _Parting:
    """Where sources stand in one article, and where the lines of its transcripts begin."""

    def __init__(self, doc: Document, attributions: Sequence[Attribution]) -> None:
        self.doc = doc
        marks = sorted(
            (a.source.start, k)
            for k, a in enumerate(attributions)
            if a.source is not None and doc.quotation_at(a.source.start) < 0
        )
        self._positions = [position for position, _ in marks]
        self._whose = [k for _, k in marks]
        self._lines = [line.start for line in transcript(doc)]

    def signed(self, a: Attribution) -> bool:
        """Whether an attribution without cue has a source above its quotation although another signs below it."""
        source, content = a.source, a.content[0]
        return source is not None and signed_below(self.doc, (source.start, source.end), (content.start, content.end))

    def divided(self, k: int, a: Attribution) -> tuple[list[RoleSpan], list[list[RoleSpan]]]:
        """The contents that stay with attribution ``k``, and those that do not, in groups of one voice."""
        anchors = [s.start for s in (a.source, a.cue) if s is not None]
        if not anchors:
            return a.content, []
        kept: list[RoleSpan] = []
        apart: dict[tuple[int, int], list[RoleSpan]] = {}
        for c in a.content:
            line = bisect.bisect_right(self._lines, c.start)
            elsewhere = line != bisect.bisect_right(self._lines, a.content[0].start)
            if elsewhere or not self._stays(k, c, anchors):
                voice = line, self.doc.quotation_at(c.start)
                apart.setdefault(voice, []).append(c)
            else:
                kept.append(c)
        return kept, list(apart.values())

    def _stays(self, k: int, c: RoleSpan, anchors: Sequence[int]) -> bool:
        """Whether a content stands in the sentence of its source or cue, or nobody else is nearer to it."""
        doc = self.doc
        first, last = doc.sentence_of(c.start), doc.sentence_of(max(c.start, c.end - 1))
        if any(first <= doc.sentence_of(position) <= last for position in anchors):
            return True
        return not self._spoken_between(k, c, anchors) and not said_after(doc, (c.start, c.end))

    def _spoken_between(self, k: int, c: RoleSpan, anchors: Sequence[int]) -> bool:
        """Whether another source stands between a content and its own."""
        low, high = (max(anchors), c.start) if c.start > max(anchors) else (c.end, min(anchors))
        found = self._whose[bisect.bisect_right(self._positions, low) : bisect.bisect_left(self._positions, high)][:2]
        return any(other != k for other in found)


def said_after(doc: Document, content: Span) -> bool:
    """Whether a verb of speech stands beside the end of a quotation, in its sentence."""
    start, end = content[0], content[1]
    if doc.quotation_at(start) < 0:
        return False
    first, end = doc.token_at(end), doc.sentence_span(max(start, end - 1))[1]
    for t in range(first, min(first + _BESIDE, len(doc.words))):
        if doc.starts[t] >= end or doc.quotation_at(doc.starts[t]) >= 0:
            return False
        if doc.words[t] in lex.SAID:
            return True
    return False

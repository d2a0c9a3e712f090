"""The passages of an article that attributions mark: in which order they stand, and which references their sources are."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from claimcheck.attribution import Attribution
from claimcheck.paragraphs import Span
from claimcheck.speakers import beside, chains, continuations, given_names, mentions, nearby, parting
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.references import Reference

_SHORTEST_PLACE = 4
"""Code points of a place before a dateline's colon, at least: shorter labels in capitals are initials."""
_LOOK_AHEAD = 4
"""Attributions that a source-less one looks ahead at for a name."""


class Passages:
    """Where the attributions of an article stand, by their index.

    Attributes:
        sources, contents: their spans; a source that is the label of another line of a transcript is none.
        outer: the attribution in whose content each lies, or -1.
        anchors: the code point at which each is resolved. order: all by that; rank: the place of each in it.
        references: what each one's source says, or what stands beside its cue, or labels its line.
    """

    def __init__(
        self,
        doc: Document,
        cast: Cast,
        attributions: Sequence[Attribution],
        sources: list[Span | None],
        contents: list[list[Span]],
    ) -> None:
        self.doc, self.cast, self.text = doc, cast, doc.text
        self.attributions = attributions
        self.sources, self.contents = sources, contents
        self.transcript = continuations.transcript(doc)
        self.line_starts = [line.start for line in self.transcript]
        self.sources = [None if self._is_other_label(i) else source for i, source in enumerate(self.sources)]
        self.outer = chains.outer(attributions, self.contents)
        self.anchors = [self._anchor(i) for i in range(len(attributions))]
        self.order = sorted(range(len(attributions)), key=lambda i: (self.anchors[i], i))
        self.rank = {i: k for k, i in enumerate(self.order)}
        self._words = frozenset(doc.words)
        self._voices = sum(continuations.label(doc, max(a, b - 1)) is not None for a, b in doc.paragraphs)
        self.references = [self._references(i) for i in range(len(attributions))]
        self.interview = continuations.interview(doc, attributions, self.contents)

    def _is_other_label(self, i: int) -> bool:
        """Whether a source is the label of another line of a transcript than the one that its content begins in."""
        if (source := self.sources[i]) is None or not self.contents[i]:
            return False
        line, own = self.line(source[0]), self.line(self.contents[i][0][0])
        return line is not None and own is not None and own is not line and source[0] < line.name[1]

    def _anchor(self, i: int) -> int:
        """The code point at which an attribution is resolved: its source, else where it begins."""
        a = self.attributions[i]
        if (source := self.sources[i]) is not None:
            return source[0]
        starts = [s[0] for s in self.contents[i]]
        if a.cue is not None:
            starts.append(a.cue.start)
        return min(max(0, min(starts, default=0)), max(0, len(self.text) - 1))

    def begin(self, i: int) -> int:
        """Where an attribution's content begins."""
        return self.contents[i][0][0] if self.contents[i] else self.anchors[i]

    def _references(self, i: int) -> list[Reference]:
        if (source := self.sources[i]) is not None:
            cue = self.attributions[i].cue
            if cue is not None and cue.start >= source[1]:
                source = nearby.of_whom(self.doc, self.cast, source) or source
            if found := mentions.parse(self.doc, self.cast, source):
                return found
        line = self.line(self.begin(i))
        implied = line.name if line is not None else self._label(i)
        implied = implied or self._beside(i)
        return mentions.parse(self.doc, self.cast, implied) if implied else []

    def _label(self, i: int) -> Span | None:
        """The ``NAME:`` that opens the paragraph of an attribution that is in no transcript; no dateline."""
        label = continuations.label(self.doc, self.begin(i))
        return None if label is None or self._is_dateline(label) else label

    def _is_dateline(self, label: Span) -> bool:
        """Whether what opens a paragraph before a colon is a place: in capitals, and nowhere in the article otherwise."""
        words = [self.doc.words[k] for k in self.doc.tokens_in(*label)]
        name = self.text[label[0] : label[1]]
        if continuations.role_of_label(name) or not name.isupper() or len(name) < _SHORTEST_PLACE or self._voices > 1:
            return False
        named = len(words) > 1 and given_names.gender(words[0]) != 0
        return not named and not any(word.capitalize() in self._words for word in words)

    def line(self, position: int) -> continuations.Line | None:
        """The line of a transcript that a position is in."""
        k = bisect.bisect_right(self.line_starts, position) - 1
        return self.transcript[k] if k >= 0 and position < self.transcript[k].end else None

    def _beside(self, i: int) -> Span | None:
        """A source the network did not see: beside the cue, or in a sentence that is all content beside a verb."""
        a = self.attributions[i]
        if a.cue is not None:
            span = chains.clip(a.cue.start, a.cue.end, self.text)
            return beside.cue(self.doc, self.cast, span, self.contents[i]) if span else None
        if a.content and self.contents[i] and (a.content[0].first == -1 or self._whole(self.contents[i][0])):
            return beside.speech(self.doc, self.cast, self.contents[i][0])
        if self.contents[i] and parting.said_after(self.doc, self.contents[i][-1]):
            return beside.speech(self.doc, self.cast, self.doc.sentence_span(max(0, self.contents[i][-1][1] - 1)))
        return None

    def _whole(self, content: Span) -> bool:
        """Whether a content is a sentence of its own, in which the network has marked no cue that may yet be there."""
        start, end = self.doc.sentence_span(content[0])
        return content[0] == start and content[1] >= end - 1 and self.doc.quotation_at(start) < 0

    def signature(self, position: int) -> NameMention | None:
        """The name that signs what is said at a position, below its paragraph or at its end."""
        return continuations.signature(self.doc, self.cast, position) or continuations.signed(
            self.doc, self.cast, position
        )

    def following(self, i: int) -> tuple[list[Entity], int, int] | None:
        """Who one of the next attributions names, if it is near, its paragraph, and the quotation it is in or -1."""
        for j in self.order[self.rank[i] + 1 : self.rank[i] + _LOOK_AHEAD]:
            if self.outer[j] >= 0:
                continue
            refs = self.references[j]
            found = [r.name.entity for r in refs if r.type == "name" and r.name and r.name.entity]
            if refs:
                quotation = self.doc.quotation_at(self.begin(j))
                return (found, self.doc.paragraph_of(self.anchors[j]), quotation) if found else None
        return None

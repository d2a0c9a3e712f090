"""What a network says of whom a reference goes back to, as clues among the others of its candidates."""

from __future__ import annotations

import bisect
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from claimcheck.paragraphs import Span
from claimcheck.speakers.antecedents import Features
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.references import Reference

PARADIGMS = frozenset(["he", "she", "they", "it"])
"""Pronouns a network is taught to resolve."""
HIGHEST = 8.0
"""Logits beyond this say no more."""
_REACH = 1500
"""Code points around a reference in which mentions are asked about: about what a network sees at once."""
_NOTED = 40
"""Noun phrases that are asked about, the last ones."""
_AFTER_THE_HEAD = re.compile(r",| (?:of|in|from|who|that|which|at|for|with|on|and|to|by)\b|[(–—:;]")


class Pointer(Protocol):
    """A network's word on one article."""

    def logits(self, reference: Span, mentions: Sequence[Span]) -> Sequence[float]:
        """For each mention the logit that the reference goes back to it, less that of going back to nothing.

        Args:
            reference, mentions: half-open spans of code points; of each the last word counts.

        Returns:
            0.0 for a mention that nothing is known of.
        """
        ...


def head_end(text: str, start: int, end: int) -> int:
    """The end of a mention's head: the last word before what modifies it from behind."""
    found = _AFTER_THE_HEAD.search(text, start + 1, end)
    return found.start() if found else end


class Pointing:
    """Asks a network about one article. Without one it has nothing to add, nor has one that knows nothing."""

    def __init__(self, doc: Document, cast: Cast, pointer: Pointer | None) -> None:
        self.doc = doc
        self.cast = cast
        self.pointer = pointer
        self._starts = [m.start for m in cast.mentions] if pointer is not None else []
        self._noted: list[tuple[Entity, Span]] = []

    def note(self, entities: Sequence[Entity], ref: Reference) -> None:
        """Remember whom a noun phrase meant, so that later references may go back to it."""
        if self.pointer is not None:
            self._noted += [(entity, self._span(ref)) for entity in entities]
            del self._noted[:-_NOTED]

    def add(self, candidates: Sequence[tuple[list[Entity], Features]], ref: Reference) -> None:
        """Add what the network says of a reference to the features of its candidates; "nobody" is the measure.

        ``network`` is the logit of all mentions of a candidate together, ``network_best`` marks the highest if it is
        more likely than nobody, ``network_unheard`` a candidate without a mention that the network could see.
        """
        if self.pointer is None or not self._asks(ref):
            return
        heard = self._heard(self.pointer, ref)
        if not heard:
            return
        best = max(heard, key=lambda entity: heard[entity])
        for group, features in candidates:
            for entity in group[:1]:
                if (logit := heard.get(id(entity))) is None:
                    features["network_unheard"] = 1.0
                    continue
                features["network"] = max(-HIGHEST, min(HIGHEST, logit))
                if id(entity) == best and logit > 0:
                    features["network_best"] = 1.0

    def _heard(self, pointer: Pointer, ref: Reference) -> dict[int, float]:
        """For each entity, by ``id``, the logit of its mentions near a reference together: the log of their summed odds."""
        start, end = self._span(ref)
        first = bisect.bisect_left(self._starts, start - _REACH)
        last = bisect.bisect_right(self._starts, start + _REACH)
        near: list[tuple[Entity, Span]] = [
            (m.entity, (m.start, m.end))
            for m in self.cast.mentions[first:last]
            if m.entity is not None and not (m.start < end and start < m.end)
        ]
        near += [(entity, span) for entity, span in self._noted if start - _REACH <= span[0] < start]
        if not near:
            return {}
        # "The engineer Vera Lund" is a phrase and a name with one last word: one mention.
        near = list({(id(entity), span[1]): (entity, span) for entity, span in near}.values())
        odds: dict[int, float] = defaultdict(float)
        for (entity, _), logit in zip(near, pointer.logits((start, end), [span for _, span in near]), strict=True):
            if logit and math.isfinite(logit):
                odds[id(entity)] += math.exp(max(-2 * HIGHEST, min(2 * HIGHEST, logit)))
        return {entity: math.log(total) for entity, total in odds.items()}

    def _asks(self, ref: Reference) -> bool:
        """Whether a reference is of a kind that a network is taught."""
        if ref.type == "pronoun":
            return ref.paradigm in PARADIGMS
        return ref.type == "nominal" and ref.determiner == "definite"

    def _span(self, ref: Reference) -> Span:
        """A pronoun, or a noun phrase up to the end of its head."""
        if ref.type == "pronoun" and self.doc.words:
            token = min(self.doc.token_at(ref.start), len(self.doc.words) - 1)
            return ref.start, max(ref.start + 1, self.doc.ends[token])
        return ref.start, head_end(self.doc.text, ref.start, ref.end)

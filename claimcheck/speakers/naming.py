"""Giving a name to sources without one that the article names only after them; what speaks for it is in ``late``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from claimcheck.paragraphs import Span
from claimcheck.speakers import continuations, late, polls
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.antecedents import Features
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.unnamed import Unnamed

Choose = Callable[[str, int, Sequence[tuple[list[Entity], Features]]], list[Entity]]
"""The best of some candidates for a reference of a type, of an attribution."""

_NAMELESS = re.compile(
    r"\banonym\w+|(?:not|n.t) (?:to |(?:want|wish)(?:ing)? to )?be (?:named|identified|quoted by name)"
    r"|(?:named|name\w*|identity) (?:be )?withheld|(?:declined|refused) to (?:be named|give (?:his|her|their) name)"
)
"""Grounds of a source that the article will not name."""
_UNNAMED = 12
"""Sources without a name for which a later name is looked for, at most."""
_CANDIDATES = 50
"""Names that one of them is compared with, at most."""
_SAYINGS, _OPENING_SAYINGS = 20, 8
"""Contents of somebody whose words are compared, of a source with a name and of one without, at most."""


class Naming:
    """Who speaks without a name in an article that is resolved, and who may be the same.

    Args:
        own: for each attribution who speaks; names are put in there. anchors: where it is resolved.
        order: the attributions in the order of the text.
    """

    def __init__(
        self,
        doc: Document,
        cast: Cast,
        unnamed: Unnamed,
        order: Sequence[int],
        own: list[list[Entity]],
        anchors: Sequence[int],
        contents: Sequence[Sequence[Span]],
    ) -> None:
        self.doc, self.cast, self.unnamed = doc, cast, unnamed
        self.own, self.anchors, self.contents = own, anchors, contents
        self._used: dict[int, list[int]] = {}
        """Attributions of everybody who speaks, by ``id``."""
        self._speaking: dict[int, Entity] = {}
        self._said: dict[int, list[frozenset[str]]] = {}
        for i in order:
            for e in own[i]:
                self._used.setdefault(id(e), []).append(i)
                self._speaking[id(e)] = e

    def run(self, choose: Choose) -> None:
        """Give sources without a name that of somebody whom the article names after them, where it is the same."""
        for entity in [e for e in self._speaking.values() if not e.named and not e.plural][:_UNNAMED]:
            if any(
                _NAMELESS.search(self.doc.text, *self.doc.sentence_span(self.anchors[i]))
                for i in self._used[id(entity)]
            ):
                continue
            candidates = self._polls_named_after(entity) if entity.document else self._named_after(entity)
            if not candidates:
                continue
            used = self._used[id(entity)]
            candidates.append(([], late.nobody(entity, late.in_opening(self.doc, entity))))
            for winner in choose("late", used[0], candidates)[:1]:
                for i in used:
                    self.own[i] = list(dict.fromkeys(winner if e is entity else e for e in self.own[i]))

    def _named_after(self, entity: Entity) -> list[tuple[list[Entity], Features]]:
        """People or bodies that are named after one that is not, with features."""
        at = [self.anchors[i] for i in self._used[id(entity)]]
        mine = frozenset().union(*self._words(entity)[:_OPENING_SAYINGS])
        after = [e for e in self._speaking.values() if e.named and self.anchors[self._used[id(e)][0]] > at[0]]
        others = [e for e in self.cast.entities if e.heads and id(e) not in self._speaking]
        found = [e for e in [*after, *others] if late.may_be(self.doc, entity, at, e)][:_CANDIDATES]
        return [
            (
                [e],
                late.features(self.doc, entity, at, mine, e, self._words(e), e in after[:1]),
            )
            for e in found
        ]

    def _polls_named_after(self, entity: Entity) -> list[tuple[list[Entity], Features]]:
        """The polls that are called by their pollster after one that is not, with features."""
        if entity.heads.isdisjoint(lex.POLLS) or polls.is_named(self.doc, entity.name):
            return []
        names = [span for span in polls.named(self.doc) if span[0] > entity.name[0]]
        return [
            ([self.unnamed.poll(span)], late.poll_features(self.doc, entity, span, rank))
            for rank, span in enumerate(names)
        ]

    def _words(self, of: Entity) -> list[frozenset[str]]:
        """The words of what somebody says."""
        if id(of) not in self._said:
            spans = [s for i in self._used.get(id(of), ()) for s in self.contents[i]][:_SAYINGS]
            self._said[id(of)] = [continuations.content_words(self.doc, s) for s in spans]
        return self._said[id(of)]

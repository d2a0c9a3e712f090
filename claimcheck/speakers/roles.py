"""What the article says of a speaker besides the name: the title and the grounds to speak, and what a candidate counts.

Everything is a span of the article.
"""

from __future__ import annotations

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity

PARTIES = frozenset(["democrat", "republican", "conservative", "liberal", "independent"])
"""Words that say only which party somebody belongs to."""


class Roles:
    """Titles and grounds of the entities, with what each candidate counts; filled by ``titles``."""

    def __init__(self) -> None:
        self._titles: dict[int, list[tuple[float, Span]]] = {}
        self._grounds: dict[int, list[tuple[float, Span]]] = {}

    def add_title(self, entity: Entity, span: Span, value: float) -> None:
        """Note a candidate title, better with a higher ``value``."""
        if span[0] < span[1]:
            self._titles.setdefault(id(entity), []).append((value, span))

    def add_ground(self, entity: Entity, span: Span, value: float) -> None:
        """Note a candidate justification, better with a higher ``value``."""
        if span[0] < span[1]:
            self._grounds.setdefault(id(entity), []).append((value, span))

    def title(self, entity: Entity) -> Span | None:
        """The best title of an entity, the first of equals."""
        return _top(self._titles.get(id(entity)))

    def ground(self, entity: Entity) -> Span | None:
        """The best justification of an entity, the first of equals."""
        return _top(self._grounds.get(id(entity)))


def _top(found: list[tuple[float, Span]] | None) -> Span | None:
    return max(found, key=lambda f: (f[0], -f[1][0]))[1] if found else None


def learn(doc: Document, entity: Entity, tokens: range | list[int]) -> None:
    """The role words and modifiers of a description are what a later nominal may repeat."""
    for j in tokens:
        low = doc.words[j].lower()
        if nouns.is_known(low) or (low == doc.words[j] and nouns.is_role(low)):
            entity.heads.add(nouns.canonical(low))
        if low not in lex.FUNCTION:
            entity.modifiers.add(low)


def learn_gender(doc: Document, entity: Entity, head: int) -> None:
    """The head noun of a description tells a man from a woman: "her great-nephew, Jo Bell", "Jo Bell, the chairwoman"."""
    entity.gender += 2.0 * nouns.gender(doc.low[head])


def title_value(doc: Document, tokens: range | list[int], base: float) -> float:
    """What a title counts: an office is worth more than a trade, a trade more than kinship."""
    low = [nouns.singular(doc.words[j].lower()) for j in tokens]
    office = any(w in lex.TITLE_ENDS for w in low)
    kin = any(w in lex.KIN for w in low)
    if low and low[-1] in PARTIES:
        return base - 0.8  # a party is less than the office of whoever belongs to it
    former = 1.0 if low and low[0] in ("former", "ex") else 0.0  # what somebody is now says more
    return base + (0.6 if office else 0.0) - (0.5 if kin else 0.0) - former

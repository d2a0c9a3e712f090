"""Who can speak: an entity is a person, body or document with everything the article tells about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from claimcheck.paragraphs import Span

_ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l)[-‑](?=[A-Z])")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something the article names or describes. Offsets are code points.

    Attributes:
        name: where its most informative name stands.
        words: that name's words in lower case.
        named: whether it has a proper name; else ``name`` is a noun phrase.
        clues: how often each clue to a person or a body was seen with it, see ``clues.WEIGHTS``.
        person: the log odds that it is a person and not a body or place, from the clues.
        document: whether it is a report, poll, letter or the like.
        plural: whether it is several people or bodies.
        unique: whether the article speaks of it as the only one ("the ministry", not "a ministry").
        gender: evidence for a man (positive) against a woman (negative).
        heads: what it is called by role, canonical: ``governor``, ``ministry``.
        modifiers: the other words of its descriptions. count: how often its full name stands in the article.
        positions: where it is mentioned, in the order of the text.
        sources: where the source mentions resolved to it stand, a span of one character each.
    """

    name: Span
    words: tuple[str, ...]
    named: bool = True
    clues: Counter[str] = field(default_factory=Counter)
    person: float = 0.0
    document: bool = False
    organization: bool = False
    plural: bool = False
    unique: bool = True
    gender: float = 0.0
    heads: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    count: int = 0
    positions: list[int] = field(default_factory=list)
    sources: list[Span] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        """Whether it is more likely a person than a body, a place or a document."""
        return not self.document and not self.organization and self.person > 0


@dataclass(slots=True, eq=False)
class NameMention:
    """A proper name where it stands; ``whole`` has the title before it too ("Gov. Ana Sousa").

    ``weak`` mentions are capitalised for another reason as well (a headline, the start of a sentence) and make no
    entity of their own. ``bare`` ones are a role in capitals ("Judge", "the Arbiter") unless somebody is called so.
    """

    start: int
    end: int
    words: tuple[str, ...]
    first: int
    last: int
    whole: int
    title: tuple[str, ...]
    clues: tuple[str, ...]
    gender: float
    weak: bool
    bare: bool = False
    entity: Entity | None = None
    key: tuple[str, ...] = field(init=False)
    """Its words in lower case, without full stops and the Arabic article, which may be left out: "al-Khoury", "Khoury"."""

    def __post_init__(self) -> None:
        self.key = tuple([_ARTICLE.sub("", w).lower().replace(".", "") for w in self.words])

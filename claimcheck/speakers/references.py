"""A reference: one source as it is mentioned, by a name, a pronoun or a nominal ("the governor")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from claimcheck.paragraphs import Span
from claimcheck.speakers import nouns
from claimcheck.speakers.entities import NameMention

Type = Literal["name", "pronoun", "nominal"]
Determiner = Literal["definite", "indefinite", "possessive", "bare"]


@dataclass(slots=True, eq=False)
class Reference:
    """One source as it is mentioned: ``start`` to ``end`` in code points.

    Attributes:
        paradigm: of a pronoun: he, she, they, it, i, we, you, who; of a possessive determiner before a nominal too.
        name: the name mention of a name; of a nominal the name that possesses or modifies its head, if any.
        head: the head noun of a nominal, canonical, in lower case.
        kind: what such a head calls.
        phrase: the noun phrase of a nominal, without article, relative clause and apposition.
        modifiers: the other content words of the nominal.
        plain: whether a nominal is a head with two modifiers at most and nothing after it.
        share: whether it is a part of those who were asked in a poll. owned: whether ``name`` possesses it.
        pair: whether it means two mentioned just before ("both", "the couple").
    """

    type: Type
    start: int
    end: int
    paradigm: str = ""
    name: NameMention | None = None
    head: str = ""
    kind: nouns.NounKind = "person"
    determiner: Determiner = "bare"
    plural: bool = False
    gender: float = 0.0
    phrase: Span = (0, 0)
    modifiers: frozenset[str] = field(default_factory=frozenset)
    pair: bool = False
    plain: bool = False
    share: bool = False
    owned: bool = False

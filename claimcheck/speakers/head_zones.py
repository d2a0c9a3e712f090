"""The head zone of a source: its words up to the comma, relative pronoun or preposition after the head."""

from __future__ import annotations

from collections import Counter

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.clues import log_odds
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention

_BREAKS = frozenset(',;:()[]–—―"“”«»\n')
ENDS_HEAD = (
    lex.PREPOSITIONS
    | lex.SAID
    | lex.RELATIVES
    | frozenset(
        [
            "and",
            "or",
            "but",
            "nor",
            "is",
            "was",
            "has",
            "have",
            "had",
            "are",
            "were",
            "said",
            "told",
            "says",
            "himself",
            "herself",
            "themselves",
            "itself",
            "too",
        ]
    )
)
"""Words that end a head zone."""


def breaks(doc: Document, left: int, right: int) -> bool:
    """Whether punctuation that ends a phrase stands between two tokens."""
    gap = doc.text[doc.ends[left] : min(doc.starts[right], doc.ends[left] + 12)]
    return any(c in _BREAKS for c in gap) or " - " in gap


def zone_end(doc: Document, tokens: list[int], mentions: list[NameMention]) -> int:
    """Index into ``tokens`` where the head zone ends: before a comma, a relative pronoun or a preposition.

    "and" before more role words and a name does not end it: "radio host and author Jo Bell".
    """
    inside = {i for m in mentions for i in range(m.first - len(m.title) + 1, m.last + 1)}
    named = {m.first for m in mentions}
    for k, i in enumerate(tokens):
        if not k or i in inside or (i in named and doc.words[i] == "WHO"):
            continue
        if breaks(doc, tokens[k - 1], i):
            return k
        low = doc.words[i].lower()
        previous = doc.words[tokens[k - 1]].lower()
        participle = low.endswith(("ed", "ing")) and doc.words[i].islower() and not nouns.is_known(low)
        named_next = k + 1 == len(tokens) or i + 1 in inside
        if participle and nouns.is_known(previous) and previous not in lex.TITLE_MODIFIERS and not named_next:
            return k  # "a memo leaked to the press"
        if low in ("this", "last", "next", "dated") and nouns.is_known(previous):
            return k
        if low == "such" and k + 1 < len(tokens) and doc.words[tokens[k + 1]].lower() == "as":
            return k
        if low in ENDS_HEAD and (doc.words[i].islower() or low in lex.RELATIVES):
            if (
                low == "and"
                and _role_then_name(doc, tokens[k + 1 :], mentions)
                and not _ends_name(tokens[k - 1], mentions)
            ):
                continue
            if owns_office(doc, i):
                continue
            return k
    return len(tokens)


def owns_office(doc: Document, of: int) -> bool:
    """Whether "of" is inside the name of an office that owns one: "the secretary of state's office"."""
    inside = doc.low[of] == "of" and of + 2 < len(doc.words) and doc.words[of + 1].islower()
    return inside and doc.possessive[of + 1] and nouns.kind_of(doc.low[of + 2]) == "body"


def _ends_name(token: int, mentions: list[NameMention]) -> bool:
    return any(m.last == token and is_person(m) for m in mentions)


def _role_then_name(doc: Document, tokens: list[int], mentions: list[NameMention]) -> bool:
    """Whether some tokens are role words in lower case and then a person's name."""
    for k, i in enumerate(tokens[:8]):
        named = [m for m in mentions if m.first - len(m.title) <= i <= m.last]
        if named:
            return (k > 0 or bool(named[0].title)) and is_person(named[0]) and not doc.possessive[named[0].last]
        if doc.low[i] in lex.FUNCTION and doc.low[i] != "former":
            return False
        if k and breaks(doc, tokens[k - 1], i):
            return False
    return False


def is_person(m: NameMention) -> bool:
    """Whether a name is rather a person's: its bearer's clues say so, or its own where it has none."""
    return log_odds(Counter(m.clues), len(m.words)) > 0 if m.entity is None else m.entity.is_person

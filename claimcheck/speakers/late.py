"""Sources that an article names only afterwards: "an SEIU chief says" in the headline, Mary Kay Henry further down."""

from __future__ import annotations

import math
from collections.abc import Sequence

from claimcheck.paragraphs import Span
from claimcheck.speakers import fields
from claimcheck.speakers.antecedents import Features
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity

NAMED_AFTER = 12
"""Sentences after its last mention in which an unnamed source may be named."""
_OTHERS = frozenset(["another", "second", "third"])
_OTHER_REACH = 4
"""Tokens before a name in which "another" stands."""
_OPENING = 2
"""Paragraphs that a headline and a lead take, whose sources may be named anywhere after."""


def may_be(doc: Document, unnamed: Entity, used: Sequence[int], named: Entity) -> bool:
    """Whether an unnamed source may be somebody whom the article names for the first time after it.

    Args:
        used: where the unnamed source is mentioned as a source, in the order of the text.
    """
    if not named.positions or not named.named or named.document or named.plural:
        return False
    if unnamed.organization == named.is_person:
        return False
    first = named.positions[0]
    if first <= unnamed.name[0] or ("capital" in named.clues or named.clues["in"]):
        return False
    if (
        not unnamed.unique
        and unnamed.name[1] < first
        and any(doc.sentence_of(u) == doc.sentence_of(first) for u in used)
    ):
        return False  # "A clerk said she had warned the mayor, Ana Sousa"
    if named.clues["told"] and not unnamed.unique:
        return False  # "a resident", then "a trader who gave her name as Ana": two people
    before = doc.token_at(first)
    if not unnamed.unique and not _OTHERS.isdisjoint(doc.low[max(0, before - _OTHER_REACH) : before]):
        return False  # "a miner", then "another miner, Jo Bell"
    near = doc.sentence_of(first) - doc.sentence_of(used[-1]) <= NAMED_AFTER
    return near or doc.paragraph_of(unnamed.name[0]) < _OPENING


def features(
    doc: Document,
    unnamed: Entity,
    used: Sequence[int],
    said: frozenset[str],
    named: Entity,
    theirs: Sequence[frozenset[str]],
    next_to_speak: bool,
) -> Features:
    """What speaks for and against an unnamed source being somebody who is named later.

    Args:
        used: where the unnamed source is mentioned as a source. said: the words of what it says.
        theirs: the words of each thing that the named one says.
        next_to_speak: whether the named one is the first new voice after it.
    """
    first = named.positions[0]
    gap = doc.sentence_of(first) - doc.sentence_of(unnamed.name[0])
    opening = doc.paragraph_of(unnamed.name[0]) < _OPENING
    where = "opening" if opening else "body"
    kind = "body" if unnamed.organization else "person"
    f: Features = {
        "late": 1.0,
        f"late_{where}": 1.0,
        f"late_of_{kind}": 1.0,
        "late_gap0": float(gap == 0),
        "late_gap1": float(gap == 1),
        "late_gap": min(3.0, math.log1p(max(0, gap))),
        "head": float(not unnamed.heads.isdisjoint(named.heads)),
        "field": float(any(fields.shared(h, named.heads) for h in unnamed.heads)),
        "modifiers": min(3.0, float(len(unnamed.modifiers & (named.modifiers | set(named.words))))),
        "next": float(next_to_speak),
        f"next_{where}": float(next_to_speak),
        "speaks": float(bool(theirs)),
        "after_all": float(first > used[-1]),
        "frequent": min(2.0, math.log1p(len(named.positions)) / 1.5),
        "described": float(bool(named.heads)),
        "one_word": float(len(named.words) == 1),
    }
    f[f"head_{where}"] = f["head"]
    f["bare_name"] = float(named.is_person and f["one_word"] > 0 and not named.heads)
    f["bare_name_often"] = f["bare_name"] * min(2.0, math.log(len(used)))
    if unnamed.gender and named.gender:
        f["gender" if (unnamed.gender > 0) == (named.gender > 0) else "wrong_gender"] = 1.0
    if said and theirs:
        f["echo"] = max(len(said & words) for words in theirs) / len(said)
        f[f"echo_{where}"] = f["echo"]
    return {name: value for name, value in f.items() if value}


def nobody(unnamed: Entity, opening: bool) -> Features:
    """The features of staying unnamed."""
    f: Features = {"new": 1.0, "new_opening" if opening else "new_body": 1.0}
    f["new_unique"] = float(unnamed.unique)
    f["new_modifiers"] = min(4.0, float(len(unnamed.modifiers)))
    f["new_organization"] = float(unnamed.organization)
    return {name: value for name, value in f.items() if value}


def poll_features(doc: Document, unnamed: Entity, name: Span, rank: int) -> Features:
    """What speaks for an unnamed poll being one that is called by its pollster later; ``rank``: how many such before."""
    gap = doc.sentence_of(name[0]) - doc.sentence_of(unnamed.name[0])
    opening = in_opening(doc, unnamed)
    f: Features = {"poll": 1.0, "poll_gap": min(3.0, math.log1p(max(0, gap))), "poll_first": float(rank == 0)}
    f["poll_opening"] = float(opening)
    f["poll_first_opening"] = float(opening and rank == 0)
    return {key: value for key, value in f.items() if value}


def in_opening(doc: Document, unnamed: Entity) -> bool:
    """Whether an unnamed source is introduced in the headline or the lead."""
    return doc.paragraph_of(unnamed.name[0]) < _OPENING

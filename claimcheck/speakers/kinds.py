"""Which of the five kinds of source an entity is: a log-linear model over what its name and the article tell.

The weights are learned by ``claimcheck.training.kinds`` and lie beside this file as ``kinds.json``: feature -> one weight
a kind, in the order of :data:`KINDS`. Features are binary or between 0 and 1. No list of names is in it: word features
are common nouns and endings.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from claimcheck import report
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity

KINDS: Final[tuple[report.Kind, ...]] = (
    "named_person",
    "named_organization",
    "document",
    "unnamed_person",
    "unnamed_group",
)
Features = dict[str, float]
Weights = Mapping[str, Sequence[float]]

_ABBREVIATED = re.compile(r"^[A-Z]{2,5}s$")
"""Several people with the same office or title: "MPs"."""
_MANY = re.compile(
    r"^(?:more|fewer|dozens|hundreds|thousands|scores|two|three|four|five|six|seven|eight|nine|ten|both)$"
)
_PARENTS = frozenset(["mum", "mom", "dad", "mummy", "daddy", "grandma", "grandpa", "gran", "granny", "nan"])
_OFFICES = frozenset(["minister", "secretary", "officer", "director", "chairman", "spokesperson", "manager", "deputy"])
"""What the name of an office ends with whose bearer the article does not name: "the Police Minister"."""
_MASTHEADS = frozenset(["record", "post", "journal", "story", "account", "order", "platform", "page", "paper", "model"])
"""Documents whose word in a proper name is rather an outlet's or a body's."""
_LONGEST = 12
"""Words of a name that are looked at."""


def load() -> Weights:
    """The learned weights."""
    path = Path(__file__).with_name("kinds.json")
    weights: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return weights


def by_rule(doc: Document, e: Entity) -> report.Kind:
    """The kind by what the resolver took the entity for, and the head of its name."""
    if e.document:
        return "document"
    tokens = list(doc.tokens_in(*e.name))[:_LONGEST]
    low = [doc.words[k].lower() for k in tokens]
    if not low:
        return "unnamed_person"
    end = next((k for k in range(1, len(low)) if low[k] in lex.PREPOSITIONS | lex.RELATIVES), len(low))
    head = low[end - 1]
    if e.named:
        words = [doc.words[k] for k in tokens]
        if _ABBREVIATED.match(words[-1]) and len(words) < 3:
            return "unnamed_group"
        if len(low) == 1 and (low[0] in lex.KIN or low[0] in _PARENTS):
            return "unnamed_person"
        if not e.is_person and end > 1 and head in nouns.DOCUMENTS - nouns.BODIES - _MASTHEADS:
            return "document"
        if not e.is_person and len(low) > 1 and low[-1] in _OFFICES and "last_alone" not in e.clues:
            return "unnamed_person"
        return "named_person" if e.is_person else "named_organization"
    if e.organization:
        if head == "operator" and end > 1 and low[end - 2] in lex.OPERATED:
            return "unnamed_person"
        return "named_organization" if e.unique else "unnamed_group"
    return "unnamed_group" if e.plural or _MANY.match(low[0]) else "unnamed_person"


def features(doc: Document, e: Entity) -> Features:
    """What tells the kind of an entity: its name's words and their shape, and how the article speaks of it."""
    tokens = list(doc.tokens_in(*e.name))[:_LONGEST]
    words = [doc.words[k] for k in tokens]
    low = [w.lower() for w in words]
    f: Features = {"bias": 1.0, f"rule={by_rule(doc, e)}": 1.0}
    if not words:
        return f
    named = "named" if e.named else "unnamed"
    f[named] = 1.0
    _phrase(f, doc, tokens, low, named)
    first = tokens[0]
    before = doc.words[first - 1].lower() if first and doc.gap(first - 1, first).isspace() else ""
    f[f"{named} before={before if before in lex.FUNCTION else 'other' if before else 'none'}"] = 1.0
    if e.plural:
        f[f"{named} plural"] = 1.0
    if e.gender:
        f[f"{named} gender"] = min(1.0, abs(e.gender))
    if e.named:
        _proper(f, words, low, e)
    else:
        f["unique" if e.unique else "not unique"] = 1.0
        if any(w[0].isupper() for w in words):
            f["unnamed capitals"] = 1.0
        for head in e.heads:
            f[f"called={head}"] = 1.0
    return f


def _phrase(f: Features, doc: Document, tokens: Sequence[int], low: Sequence[str], named: str) -> None:
    """The head, its ending, and the words around it."""
    end = next((k for k in range(1, len(low)) if low[k] in lex.PREPOSITIONS | lex.RELATIVES), len(low))
    head = nouns.singular(low[end - 1])
    number = "s" if nouns.is_plural(low[end - 1]) else ""
    f[f"{named} head kind={nouns.kind_of(low[end - 1])}{number}"] = 1.0
    f[f"{named} last kind={nouns.kind_of(low[-1])}"] = 1.0
    if number:
        f[f"{named} heads"] = 1.0
    f[f"head={head}"] = 1.0
    f[f"{named} head={head}{number}"] = 1.0
    if nouns.is_known(low[end - 1]):
        f[f"{named} known"] = 1.0
    for n in (2, 3, 4):
        if len(head) > n:
            f[f"{named} ~{head[-n:]}"] = 1.0
    for k, w in enumerate(low):
        if k != end - 1:
            f[f"{named} {'has' if k < end else 'after'}={nouns.singular(w)}"] = 1.0
        if k < end and doc.possessive[tokens[k]]:
            f[f"{named} possessive"] = 1.0


def _proper(f: Features, words: Sequence[str], low: Sequence[str], e: Entity) -> None:
    """The log odds of a person by the clues, the clues themselves, and the shape of a proper name."""
    f["person"] = 1 / (1 + math.exp(-max(-20.0, min(20.0, e.person))))
    f["rather person"] = max(-1.0, min(1.0, e.person / 4))
    f[f"words={min(4, len(words))}"] = 1.0
    count = max(1, e.clues["mentions"])
    for clue, n in e.clues.items():
        if clue != "mentions" and n > 0:
            f[f"clue={clue}"] = 1.0
            f[f"part={clue}"] = min(1.0, n / count)
    f["often"] = min(1.0, math.log1p(count) / 3)
    if low[0] in lex.GIVEN_NAMES:
        f["given"] = 1.0
    if any(any(c.isupper() for c in w[1:]) and any(c.islower() for c in w) for w in words):
        f["camel"] = 1.0
    if any(w.isupper() and len(w) > 1 for w in words):
        f["capitals"] = 1.0
    for place, w in (("first", low[0]), ("last", low[-1])):
        for n in (1, 2, 3):
            f[f"{place}~{w[-n:]}"] = 1.0
        f[f"{place}^{w[:3]}"] = 1.0


def choose(f: Features, weights: Weights) -> report.Kind:
    """The most likely kind, the first of equals."""
    totals = [0.0] * len(KINDS)
    for name, value in f.items():
        for k, w in enumerate(weights.get(name, ())):
            totals[k] += w * value
    return KINDS[max(range(len(KINDS)), key=lambda k: (totals[k], -k))]

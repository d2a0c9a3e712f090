"""Antecedents: a log-linear ranking of the entities a reference may mean (mention ranking, Denis & Baldridge 2008).

For each type of reference every candidate gets a score, the sum of its features times their weights; the best one is
taken if it beats "nobody mentioned yet", whose score is the weight ``new``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from claimcheck.speakers.entities import Entity

Features = dict[str, float]

WEIGHTS: dict[str, dict[str, float]] = {
    "he": {
        "same_sentence": 1.2, "distance": -1.1, "previous": 1.8, "previous_paragraph": 0.5, "gender": 1.6,
        "wrong_gender": -4.0, "person": 2.5, "not_person": -3.0, "plural": -3.0, "subject": 1.2, "salience": 0.6,
        "in_quotation": -0.9, "own_content": 1.0, "spoke": 0.5, "document": -4.0, "possessive": -0.4, "recent": 0.6,
        "new": -6.0,
    },
    "they": {
        "same_sentence": 0.8, "distance": -0.8, "previous": 2.0, "previous_paragraph": 0.5, "plural": 2.0,
        "person": -0.6, "not_person": 0.6, "subject": 0.8, "salience": 0.2, "in_quotation": -0.7, "own_content": 0.6,
        "spoke": 0.8, "organization": 0.5, "document": -1.0, "recent": 0.4, "new": -4.0,
    },
    "it": {
        "same_sentence": 0.8, "distance": -0.9, "previous": 2.0, "previous_paragraph": 0.5, "plural": -2.0,
        "person": -3.0, "not_person": 1.0, "subject": 0.8, "salience": 0.2, "in_quotation": -0.7, "own_content": 0.6,
        "spoke": 1.0, "organization": 1.0, "document": 1.2, "place": -0.5, "recent": 0.4, "new": -4.0,
    },
    "nominal": {
        "head": 4.0, "modifier": 1.2, "distance": -0.35, "previous": 0.9, "previous_paragraph": 0.2, "gender": 0.5,
        "wrong_gender": -3.0, "person": 0.0, "kind": 0.6, "wrong_kind": -3.0, "plural_agrees": 0.2, "wrong_number": -2.5,
        "subject": 0.3, "salience": 0.4, "spoke": 0.4, "in_quotation": -0.4, "named": 0.3, "same_sentence": -0.5,
        "new": 2.6, "recent": 0.2,
    },
    "empty": {
        "distance": -0.6, "previous": 2.5, "previous_paragraph": 1.0, "next": 1.0, "next_paragraph": 1.5,
        "same_quotation": 2.0, "person": 0.3, "subject": 0.7, "same_sentence": 1.0, "salience": 0.2, "spoke": 0.8,
        "in_quotation": -1.5, "new": -1.0, "recent": 0.2, "named_here": 0.6,
    },
}  # fmt: skip
"""Weights by type of reference; "she" shares those of "he"."""


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of a candidate's features; an unknown feature weighs nothing."""
    return math.fsum(weights.get(name, 0.0) * value for name, value in features.items())


def best(candidates: Sequence[tuple[Entity, Features]], weights: Mapping[str, float]) -> Entity | None:
    """The candidate with the highest score, ``None`` if "nobody mentioned yet" is better; the first of equals."""
    winner, top = None, weights.get("new", 0.0)
    for entity, features in candidates:
        value = score(features, weights)
        if value > top:
            winner, top = entity, value
    return winner

#!/usr/bin/env python3
"""Which of two names a pronoun means: F1 on GAP (Webster et al., TACL 2018), with the ranking that ships.

    python benchmarks/gap.py [--part validation|development] [--weights FILE.json] [--solver learned|hand|recent]
                             [--model DIR]

The two names are given. Each pair of a pronoun and a name is one decision; F1 is over the pairs that the gold says are
coreferent and those that the ranking says are, for all pronouns, masculine ones (M) and feminine ones (F); bias is
F / M. ``recent``, a baseline: the name mentioned last before the pronoun. With a model, what its antecedent pointer says is
one of the clues, as in ``claimcheck check``; without one the ranking goes by its other clues.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from claimcheck.speakers import antecedents
from claimcheck.speakers.antecedents import Weights
from claimcheck.training.coreference import Compared, gap
from claimcheck.training.pointers import reader

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "gap"

Decide = Callable[[dict[str, Any], Compared], tuple[bool, bool]]


def by_ranking(weights: Mapping[str, float]) -> Decide:
    """The better of the two names, if it is better than nobody; other names of the text do not compete."""

    def decide(_: dict[str, Any], found: Compared) -> tuple[bool, bool]:
        scores = [antecedents.score(f, weights) for f in found.candidates]
        a, b = (scores[k] if k >= 0 else float("-inf") for k in found.named)
        return a >= b and a > scores[-1], b > a and b > scores[-1]

    return decide


def by_recency(record: dict[str, Any], _: Compared) -> tuple[bool, bool]:
    """The name mentioned last before the pronoun; the first one where both come later."""
    a, b = (c["start"] for c in record["candidates"])
    pronoun = record["pronoun"][0]
    second = (b < pronoun) and (b > a or a > pronoun)
    return not second, second


def f1(pairs: list[tuple[bool, bool]]) -> float:
    """F1 of decisions, each (gold, predicted)."""
    right = sum(g and p for g, p in pairs)
    return 2 * right / max(1, sum(g for g, _ in pairs) + sum(p for _, p in pairs))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["validation", "development"], default="validation")
    parser.add_argument("--solver", choices=["learned", "hand", "recent"], default="learned")
    parser.add_argument("--weights", help="other weights than those that ship")
    parser.add_argument("--model", metavar="DIR", help="model folder whose antecedent pointer is asked too")
    options = parser.parse_args()
    weights: Weights = antecedents.HAND_SET if options.solver == "hand" else antecedents.load()
    if options.weights:
        weights = {**weights, **json.loads(Path(options.weights).read_text(encoding="utf-8"))["weights"]}
    records = [json.loads(line) for line in (DATA / f"{options.part}.jsonl").read_text(encoding="utf-8").splitlines()]
    decide = by_recency if options.solver == "recent" else by_ranking(weights["silent"])
    pairs: dict[bool, list[tuple[bool, bool]]] = {False: [], True: []}
    for record, found in zip(records, gap(records, weights, reader(options.model)), strict=True):
        gold = [bool(c["antecedent"]) for c in record["candidates"]]
        pairs[found.feminine] += zip(gold, decide(record, found), strict=True)
    masculine, feminine = f1(pairs[False]), f1(pairs[True])
    print(
        f"GAP {options.part}, {options.solver}: {len(records)} pronouns  F1 {f1(pairs[False] + pairs[True]):.4f}"
        f"  M {masculine:.4f}  F {feminine:.4f}  bias {feminine / max(1e-9, masculine):.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

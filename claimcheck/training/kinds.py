"""Learn the kind of a source: a softmax regression over ``claimcheck.speakers.kinds.features``, in numpy.

    python -m claimcheck.training.kinds [--corpus fixtures/corpus] [--all] [--check N] [--out FILE]

Articles of our corpus are resolved from their gold attributions; every speaker that a gold speaker is matched to is an
example. The articles from number 12 on are left out unless ``--all`` is given. ``--check N`` prints the accuracy of N-fold
cross-validation by article instead of writing weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

from claimcheck.report import Kind
from claimcheck.speakers import describe, kinds
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.kinds import KINDS, Features
from claimcheck.speakers.resolver import Resolver
from claimcheck.training.antecedents import attributions, held_out, read, same_name

Float = npt.NDArray[np.float32]
PRIOR = 0.001
"""Weight of the squared length of the weights in the loss, per example."""
RARE = 3
"""A feature must be seen as often."""
SMALLEST = 0.04
"""Weights whose features all weigh less are not written."""
STEPS = 80
RATE = 0.1

Example = tuple[str, Features, int]
"""The article's id, the features, the index of the right kind."""


def examples(record: dict[str, Any]) -> list[Example]:
    """The speakers of an article that its gold speakers name, with what tells their kind."""
    seen: list[tuple[Features, Kind]] = []

    def note(doc: Document, e: Entity) -> Kind:
        seen.append((kinds.features(doc, e), kinds.by_rule(doc, e)))
        return kinds.by_rule(doc, e)

    sentences = [(s["start"], s["end"]) for s in record["sentences"]]
    with mock.patch.object(describe, "kind", note):
        found = Resolver(record["text"], sentences, attributions(record)).run()
    result = []
    for gold in record["speakers"]:
        equal = [s for s in found.speakers if s.name.lower() == gold["name"].lower()]
        similar = equal or [s for s in found.speakers if same_name(s.name, gold["name"])]
        if similar:
            result.append((record["id"], seen[similar[0].id][0], KINDS.index(gold["kind"])))
    return result


def fit(data: Sequence[Example], prior: float = PRIOR) -> dict[str, list[float]]:
    """Weights that make the right kinds most likely, by gradient descent (Adam) on all examples at once."""
    count = Counter(name for _, f, _ in data for name in f)
    names = sorted(n for n, c in count.items() if c >= RARE)
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(data), len(names)), dtype=np.float32)
    y = np.zeros((len(data), len(KINDS)), dtype=np.float32)
    for i, (_, f, right) in enumerate(data):
        y[i, right] = 1.0
        for name, value in f.items():
            if name in column:
                x[i, column[name]] = value
    w = np.zeros((len(names), len(KINDS)), dtype=np.float32)
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        scores = x @ w
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ (p - y) / len(data) + prior * w
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {
        name: [round(float(v), 2) for v in row]
        for name, row in zip(names, w, strict=True)
        if float(np.abs(row).max()) >= SMALLEST
    }


def accuracy(data: Sequence[Example], weights: dict[str, list[float]]) -> float:
    """Part of the examples whose kind is right."""
    return sum(kinds.choose(f, weights) == KINDS[right] for _, f, right in data) / max(1, len(data))


def cross_validate(data: Sequence[Example], folds: int, prior: float = PRIOR) -> float:
    """Accuracy on articles that were not learned from."""
    ids = sorted({i for i, _, _ in data})
    fold = {i: k % folds for k, i in enumerate(ids)}
    hits = 0.0
    for k in range(folds):
        weights = fit([e for e in data if fold[e[0]] != k], prior)
        test = [e for e in data if fold[e[0]] == k]
        hits += accuracy(test, weights) * len(test)
    return hits / max(1, len(data))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="fixtures/corpus", help="folder of our own corpus")
    parser.add_argument("--all", action="store_true", help="learn from the held-out articles too")
    parser.add_argument("--check", type=int, default=0, metavar="N", help="cross-validate in N folds, write nothing")
    parser.add_argument("--prior", type=float, default=PRIOR)
    parser.add_argument("--out", default=str(Path(kinds.__file__).with_name("kinds.json")))
    options = parser.parse_args(arguments)
    records = [r for r in read([], options.corpus) if r.get("speakers") and (options.all or not held_out(r["id"]))]
    data = [e for r in records for e in examples(r)]
    if options.check:
        by_rule = sum(f.get(f"rule={KINDS[right]}", 0.0) for _, f, right in data) / max(1, len(data))
        learned = cross_validate(data, options.check, options.prior)
        sys.stdout.write(f"{len(data)} speakers  by rule {by_rule:.4f}  learned {learned:.4f}\n")
        return 0
    weights = fit(data, options.prior)
    text = ",\n".join(f" {json.dumps(n, ensure_ascii=False)}: {json.dumps(w)}" for n, w in weights.items())
    Path(options.out).write_text('{"weights": {\n' + text + "\n}}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What each part of decoding and export brings: the same network with one part switched off at a time.

    benchmarks/ablation.py NAME=FILE... [--model DIR] [--run RUN] [--also NAME=DIR]...

NAME=FILE   articles with attributions, as `polnear=../shared/data/polnear/dev.jsonl corpus=runs/corpus-dev.jsonl`
--run       the training run the model was exported from: its network in fp32 is compared too (needs torch)
--also      other model folders, for what was switched off in training

Exact-match F1 of source, cue, content and source-cue pairs, and macro-F1 of the labels, on gold sentence bounds. Printed as
a table in Markdown; `docs/ablation.md` has it. Switching a part off only at inference flatters it: the network was
trained to have it.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimcheck import attribution, windows  # noqa: E402
from claimcheck.attribution import LABELS, ROLES, Decoding, Scores, decode, sentence_labels  # noqa: E402
from claimcheck.model import Model, default_folder  # noqa: E402
from claimcheck.sentences import split  # noqa: E402
from claimcheck.training.data import read_articles  # noqa: E402
from claimcheck.training.evaluate import count_spans, f1  # noqa: E402

Article = dict[str, Any]
Read = list[tuple[windows.Tokens, Scores]]


def tokens_of(articles: list[Article], folder: Path) -> list[windows.Tokens]:
    """The articles' pieces, on gold sentence bounds where there are any."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = []
    for a in articles:
        gold = a.get("sentences")
        spans = [(s["start"], s["end"]) for s in gold] if gold else split(a["text"])
        rows.append(windows.tokenize(tokenizer, a["text"], spans))
    return rows


def read(model: Model, rows: list[windows.Tokens], context: int | None = None) -> Read:
    """The graph's scores."""
    context = model.config.context if context is None else context
    slices = [windows.slices(t, size=model.config.window, context=context) for t in rows]
    return list(zip(rows, model.run(list(zip(rows, slices, strict=True))), strict=True))


def figures(articles: list[Article], scored: Read, decoding: Decoding) -> list[float]:
    """F1 of source, cue, content, pairs, and macro-F1 of the labels (0 where the gold has none)."""
    from collections import Counter

    counts: Counter[tuple[str, str]] = Counter()
    labels: Counter[tuple[int, int]] = Counter()
    for a, (tokens, scores) in zip(articles, scored, strict=True):
        if a.get("attributions") is not None:
            count_spans(counts, a, decode(scores, tokens, decoding))
        if a.get("sentences"):
            given = sentence_labels(scores, tokens, decoding)[:, :3].argmax(1)
            labels.update(
                (LABELS.index(s["label"]), int(g))
                for s, g in zip(a["sentences"], given, strict=True)
                if s["label"] in LABELS[:3]
            )
    row = [f1(counts[r, "tp"], counts[r, "predicted"], counts[r, "gold"]) for r in (*ROLES, "pairs")]
    if labels:
        of_label = [
            f1(
                labels[k, k],
                sum(n for (_, g), n in labels.items() if g == k),
                sum(n for (x, _), n in labels.items() if x == k),
            )
            for k in range(3)
        ]
        row.append(sum(of_label) / 3)
    return row


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="NAME=FILE")
    parser.add_argument("--model", type=Path, default=default_folder())
    parser.add_argument("--run", type=Path)
    parser.add_argument("--also", action="append", default=[], metavar="NAME=DIR")
    options = parser.parse_args()
    sets = {n: list(read_articles([f]).values()) for n, f in (x.split("=", 1) for x in options.files)}
    rows: dict[str, list[list[float]]] = {}

    def add(name: str, one: Callable[[list[Article]], tuple[Read, Decoding]]) -> None:
        rows[name] = [figures(articles, *one(articles)) for articles in sets.values()]

    model = Model(options.model)
    decoding = model.decoding
    kept = {n: read(model, tokens_of(articles, options.model)) for n, articles in sets.items()}
    by_id = {id(articles): kept[n] for n, articles in sets.items()}
    bare = replace(
        decoding,
        transitions=np.where(decoding.transitions < -1e3, decoding.transitions, 0).astype(np.float32),
        start=np.where(decoding.start < -1e3, decoding.start, 0).astype(np.float32),
    )
    config = model.config
    unbalanced = Decoding(
        np.asarray(config.transitions, np.float32), np.asarray(config.start, np.float32), config.temperature
    )
    add("as shipped", lambda a: (by_id[id(a)], decoding))
    if options.run:
        from claimcheck.training.evaluate import score
        from claimcheck.training.export import load_run

        network, recipe = load_run(options.run)
        add(
            "network in fp32",
            lambda a: ([(t, score(network, t, recipe)) for t in tokens_of(a, options.model)], decoding),
        )
    add("no context repeated between windows", lambda a: (read(model, tokens_of(a, options.model), 0), decoding))
    hidden = {
        n: [replace(t, cases=np.zeros_like(t.cases)) for t in tokens_of(a, options.model)] for n, a in sets.items()
    }
    hidden_of = {id(a): hidden[n] for n, a in sets.items()}
    add("case of letters hidden", lambda a: (read(model, hidden_of[id(a)]), decoding))
    add("chain scores off, legal steps only", lambda a: (by_id[id(a)], bare))
    add("no balance of precision and recall", lambda a: (by_id[id(a)], unbalanced))
    with mock.patch.object(attribution, "SEARCH_COSTS", ()):
        add("no search for a missing source or content", lambda a: (by_id[id(a)], decoding))
    with mock.patch.object(attribution, "DISTANCE_COST", dict.fromkeys(attribution.DISTANCE_COST, 0.0)):
        add("links cost nothing over distance", lambda a: (by_id[id(a)], decoding))
    for name, folder in (x.split("=", 1) for x in options.also):
        other = Model(Path(folder))

        def one(a: list[Article], other: Model = other, folder: str = folder) -> tuple[Read, Decoding]:
            return read(other, tokens_of(a, Path(folder))), other.decoding

        add(name, one)
    head = [f"{n} {c}" for n, a in sets.items() for c in ("source", "cue", "content", "pairs", *_labelled(a))]
    print("| |", " | ".join(head), "|")
    print("|---" * (len(head) + 1) + "|")
    for name, per_set in rows.items():
        print(f"| {name} |", " | ".join(f"{v:.3f}" for row in per_set for v in row), "|")


def _labelled(articles: list[Article]) -> tuple[str, ...]:
    return ("labels",) if any(a.get("sentences") for a in articles) else ()


if __name__ == "__main__":
    main()

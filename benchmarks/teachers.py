#!/usr/bin/env python3
"""How well runs tell labels, alone and together: which of them should teach.

    benchmarks/teachers.py RUN... --on NAME=FILE ...

RUN     the folder of a finished training run, as runs/teacher (needs torch and the extra "train")
--on    articles with labelled sentences, as `gold=../shared/gold/dev.jsonl corpus=runs/corpus-dev.jsonl`

Accuracy, macro-F1 and F1 of fact, claim and opinion, on gold sentence bounds, `none` left out, as the training log has them.
"Together" is the mean of the probabilities, as a student is taught it, here of networks in floats. Printed as a table in Markdown; `docs/ablation.md`
has it.
"""

import argparse
import itertools
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimcheck.attribution import LABELS, sentence_labels  # noqa: E402
from claimcheck.training.data import encode, read_articles  # noqa: E402
from claimcheck.training.evaluate import decoding_of, label_figures, score  # noqa: E402
from claimcheck.training.export import load_run  # noqa: E402
from claimcheck.training.train import load_tokenizer  # noqa: E402

KNOWN = LABELS[:3]
Rows = list[npt.NDArray[np.float32]]


def probabilities(run: Path, articles: list[dict]) -> Rows:
    """For each article its sentences' probabilities, (sentences, 4)."""
    network, config = load_run(run)
    tokenizer = load_tokenizer(config.encoder)
    tokens = [encode(a, tokenizer, config).tokens for a in articles]
    return [sentence_labels(score(network, t, config), t, decoding_of(network)) for t in tokens]


def figures(articles: list[dict], rows: Rows) -> list[float]:
    """Accuracy, macro-F1, F1 of each label."""
    confusion: Counter[tuple[str, str]] = Counter()
    for article, row in zip(articles, rows, strict=True):
        for sentence, p in zip(article["sentences"], row, strict=True):
            if sentence["label"] != "none":
                confusion[sentence["label"], KNOWN[int(p[:3].argmax())]] += 1
    return list(label_figures(confusion).values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--on", nargs="+", required=True, metavar="NAME=FILE")
    options = parser.parse_args()
    print("| on | runs | accuracy | macro-F1 | " + " | ".join(f"F1 {x}" for x in KNOWN) + " |\n|---|---|" + "---|" * 5)
    for name, path in (x.split("=", 1) for x in options.on):
        articles = [a for a in read_articles([path]).values() if a.get("sentences")]
        told = {run: probabilities(run, articles) for run in options.runs}
        for k in range(1, len(options.runs) + 1):
            for runs in itertools.combinations(options.runs, k):
                together = [np.mean(rows, axis=0) for rows in zip(*(told[run] for run in runs), strict=True)]
                cells = " | ".join(f"{v:.3f}" for v in figures(articles, together))
                print(f"| {name} | {' and '.join(run.name for run in runs)} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

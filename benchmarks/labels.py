#!/usr/bin/env python3
"""What the numbers beside a label are worth: margins, thresholds, framing, confidence.

    benchmarks/labels.py [FILE] [--model DIR] [--plot FILE.svg]

FILE    annotated articles, one JSON object a line, as `claimcheck corpus convert --to jsonl` writes them
        (runs/corpus-dev.jsonl); read on the gold sentence bounds, sentences labelled `none` left out; where only
        attributions are annotated (PolNeAR), only the confidence of claims is measured

Prints tables in Markdown; `docs/labels.md` has them. --plot draws the reliability diagram of labels and of claims.
"""

import argparse
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimcheck import windows  # noqa: E402
from claimcheck.attribution import decode, sentence_labels, three  # noqa: E402
from claimcheck.labels import LABELS, choose  # noqa: E402
from claimcheck.model import Model, default_folder  # noqa: E402
from claimcheck.training.calibrate import exact_attributions, expected_calibration_error  # noqa: E402
from claimcheck.training.data import sentence_spans  # noqa: E402

EDGES = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
MARGINS = (0.1, 0.2, 0.3, 0.4, 0.5)
BARS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
CONFIDENCES = (0, 0.2, 0.4, 0.6, 0.8, 1.01)


def read(path: Path, folder: Path) -> tuple[Any, ...]:
    """Probabilities, gold labels, whether an opinion frames it; and of attributions confidence and whether exact."""
    model = Model(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows, gold, framed, sure = [], [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        a = json.loads(line)
        labelled = a.get("sentences") or []
        tokens = windows.tokenize(tokenizer, a["text"], sentence_spans(a))
        slices = windows.slices(tokens, size=model.config.window, context=model.config.context)
        (scores,) = model.run([(tokens, slices)])
        said = three(sentence_labels(scores, tokens, model.decoding))
        for s, p in zip(labelled, said if labelled else (), strict=True):
            if s["label"] in LABELS:
                rows.append(p)
                gold.append(LABELS.index(s["label"]))
                framed.append(s["label"] == "claim" and bool(s.get("opinion")))
        if a.get("attributions") is not None:
            found = decode(scores, tokens, model.decoding)
            sure += zip((x.confidence for x in found), exact_attributions(a, found), strict=True)
    return np.asarray(rows), np.asarray(gold), np.asarray(framed), np.asarray(sure, float)


def reliability(lines: dict[str, tuple[Any, Any]], bins: int = 10) -> str:
    """A reliability diagram as SVG: how often something is right against how sure the model is of it.

    Args:
        lines: name -> probabilities (n,) and whether right (n,).
    """
    size, left, top = 360, 60, 30
    colours = ("#0072b2", "#d55e00")

    def at(x: float, y: float) -> str:
        return f"{left + size * x:.1f},{top + size * (1 - y):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + size + 200} {top + size + 60}" role="img" '
        'font-family="sans-serif" font-size="13"><title>Reliability: how often right, against how sure</title>',
        "<style>text{fill:#333}.axis{stroke:#888}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>",
        f'<polyline class="axis" fill="none" points="{at(0, 1)} {at(0, 0)} {at(1, 0)}"/>',
        f'<polyline class="axis" fill="none" stroke-dasharray="4" points="{at(0, 0)} {at(1, 1)}"/>',
        f'<text x="{left + size / 2}" y="{top + size + 45}" text-anchor="middle">how sure the model is</text>',
        f'<text x="16" y="{top + size / 2}" transform="rotate(-90 16 {top + size / 2})" text-anchor="middle">right</text>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<text x="{left + size * tick}" y="{top + size + 20}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 8}" y="{top + size * (1 - tick) + 4}" text-anchor="end">{tick:g}</text>')
    for k, (name, (p, right)) in enumerate(lines.items()):
        index = np.minimum((p * bins).astype(int), bins - 1)
        points = [(p[index == b].mean(), right[index == b].mean()) for b in range(bins) if (index == b).sum() >= 5]
        path = " ".join(at(float(x), float(y)) for x, y in points)
        parts.append(f'<polyline fill="none" stroke="{colours[k]}" stroke-width="2" points="{path}"/>')
        for point in path.split():
            x, y = point.split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colours[k]}"/>')
        y = top + 20 + 24 * k
        parts.append(f'<circle cx="{left + size + 20}" cy="{y - 4}" r="5" fill="{colours[k]}"/>')
        parts.append(f'<text x="{left + size + 32}" y="{y}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def by_chance(confidence: np.ndarray) -> float:
    """The expected calibration error that as many confidences would show on average if they meant just what they say.

    Bins of few hits are off by chance; what such a parametric bootstrap gives is no fault of the confidences (Vaicenavicius
    et al., *Evaluating model calibration in classification*, 2019).
    """
    rng = np.random.default_rng(0)
    draws = (rng.random((200, len(confidence))) < confidence).astype(bool)
    return float(np.mean([expected_calibration_error(confidence, right) for right in draws]))


def ordered(confidence: np.ndarray, right: np.ndarray) -> float:
    """How often, of a right and a wrong one, the right one has the higher confidence (area under the ROC curve)."""
    if right.all() or not right.any():
        return float("nan")
    a, b = confidence[right][:, None], confidence[~right][None, :]
    return float((a > b).mean() + 0.5 * (a == b).mean())


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=ROOT / "runs" / "corpus-dev.jsonl")
    parser.add_argument("--model", type=Path, default=default_folder())
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    p, gold, framed, sure = read(options.file, options.model)
    if not len(p):
        values, true = sure[:, 0], sure[:, 1] > 0
        error, chance = expected_calibration_error(values, true), by_chance(values)
        print(f"expected calibration error (10 bins) of {len(sure)} claims: {error:.3f} (by chance alone {chance:.3f})")
        return
    ranked = np.sort(p, axis=1)
    margin, right = ranked[:, 2] - ranked[:, 1], p.argmax(1) == gold

    told = []
    for name, values, true in (("labels", p.max(1), right), ("confidence of claims", sure[:, 0], sure[:, 1] > 0)):
        error = expected_calibration_error(values, true)
        told.append(f"{name} {error:.3f} (by chance alone {by_chance(values):.3f})")
    print(f"expected calibration error (10 bins): {', '.join(told)}")
    print(
        f"a claim with every span exact has the higher confidence of two in {ordered(sure[:, 0], sure[:, 1] > 0):.1%}\n"
    )
    if options.plot:
        lines = {"labels": (p.max(1), right), "claims, every span exact": (sure[:, 0], sure[:, 1])}
        options.plot.write_text(reliability(lines), encoding="utf-8")
    print(f"{len(p)} sentences, {right.mean():.3f} right\n\n| margin | sentences | right |\n|---|---|---|")
    for a, b in pairwise(EDGES):
        k = (margin >= a) & (margin < b)
        print(f"| {a:.1f} to {min(b, 1):.1f} | {k.sum()} | {right[k].mean():.3f} |")
    print(
        "\n| unsure under | sentences marked | right of these | right of the others | errors marked |\n|---|---|---|---|---|"
    )
    for m in MARGINS:
        k = margin < m
        caught = (k & ~right).sum() / (~right).sum()
        print(f"| {m} | {k.mean():.1%} | {right[k].mean():.3f} | {right[~k].mean():.3f} | {caught:.1%} |")
    print(
        "\n| `--threshold opinion=` | opinions | precision | recall | accuracy of all labels |\n|---|---|---|---|---|"
    )
    for bar in (None, *BARS):
        given = np.asarray([LABELS.index(choose(row.tolist(), {"opinion": bar} if bar else None)) for row in p])
        hits = ((given == 2) & (gold == 2)).sum()
        n, of = (given == 2).sum(), (gold == 2).sum()
        print(f"| {bar or 'left out'} | {n} | {hits / n:.3f} | {hits / of:.3f} | {(given == gold).mean():.3f} |")
    claims = p.argmax(1) == 1
    print("\n| claims with opinion from | marked | gold: framed | opinion | neither |\n|---|---|---|---|---|")
    for bar in (0.05, 0.1, 0.2, 0.3):
        k = claims & (p[:, 2] >= bar)
        a, b = (k & framed).sum(), (k & (gold == 2)).sum()
        print(f"| {bar} | {k.sum()} of {claims.sum()} | {a} of {framed.sum()} | {b} | {k.sum() - a - b} |")
    print("\n| confidence | attributions | every span exact |\n|---|---|---|")
    for a, b in pairwise(CONFIDENCES):
        k = (sure[:, 0] >= a) & (sure[:, 0] < b)
        print(f"| {a} to {min(b, 1)} | {k.sum()} | {sure[k, 1].mean():.3f} |")


if __name__ == "__main__":
    main()

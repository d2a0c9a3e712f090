"""Probabilities that mean what they say: temperature scaling (Guo et al., 2017), and how far a graph is from its network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import LABELS, Scores, sentence_labels
from claimcheck.model import Model
from claimcheck.training.evaluate import score
from claimcheck.training.export import load_run

Probabilities = npt.NDArray[np.float64]


def expected_calibration_error(probabilities: Probabilities, right: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by their size (Naeini et al., 2015).

    Args:
        probabilities: (n,) of the label chosen. right: (n,) whether it was right.
    """
    if not len(right):
        return 0.0
    index = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [
        abs(probabilities[index == b].mean() - right[index == b].mean()) * (index == b).mean()
        for b in range(bins)
        if (index == b).any()
    ]
    return float(sum(gaps))


def graph_scores(folder: Path, articles: Iterable[dict[str, Any]]) -> list[tuple[windows.Tokens, Scores]]:
    """The exported graph's scores on gold sentence bounds."""
    model = Model(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = [windows.tokenize(tokenizer, a["text"], [(s["start"], s["end"]) for s in a["sentences"]]) for a in articles]
    config = model.config
    slices = [windows.slices(t, size=config.window, context=config.context) for t in rows]
    return list(zip(rows, model.run(list(zip(rows, slices, strict=True))), strict=True))


def fit_temperature(folder: Path, articles: Sequence[dict[str, Any]]) -> tuple[float, float, float]:
    """The temperature with the least negative log-likelihood of the gold labels, ``none`` left out.

    Returns:
        The temperature, and the expected calibration error with 1 and with it.
    """
    scored = graph_scores(folder, articles)
    decoding = Model(folder).decoding
    gold = [LABELS.index(s["label"]) for a in articles for s in a["sentences"]]
    kept = np.asarray(gold) < 3
    targets = np.asarray(gold)[kept]

    def at(temperature: float) -> Probabilities:
        cold = replace(decoding, temperature=temperature)
        rows = np.concatenate([sentence_labels(s, t, cold) for t, s in scored])[kept, :3].astype(np.float64)
        return rows / rows.sum(1, keepdims=True)

    def loss(temperature: float) -> float:
        return float(-np.log(at(temperature)[np.arange(len(targets)), targets] + 1e-12).mean())

    best = min(np.geomspace(0.4, 4.0, 93).tolist(), key=loss)
    errors = [expected_calibration_error(p.max(1), p.argmax(1) == targets) for p in (at(1.0), at(best))]
    return round(best, 3), errors[0], errors[1]


def agreement(run: Path, folder: Path, articles: Sequence[dict[str, Any]]) -> float:
    """Part of the sentences to which the exported graph gives the label that the torch network gives."""
    network, config = load_run(run)
    decoding = Model(folder).decoding
    same = total = 0
    for tokens, scores in graph_scores(folder, articles):
        a = sentence_labels(scores, tokens, decoding)[:, :3].argmax(1)
        b = sentence_labels(score(network, tokens, config), tokens, decoding)[:, :3].argmax(1)
        same += int((a == b).sum())
        total += len(a)
    return same / max(1, total)

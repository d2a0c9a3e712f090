"""Probabilities that mean what they say: temperature scaling (Guo et al., 2017), and how far a graph is from its network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import LABELS, ROLES, Attribution, Decoding, Scores, decode, reconcile, sentence_labels
from claimcheck.model import Model
from claimcheck.training.data import sentence_spans
from claimcheck.training.evaluate import count_spans, f1, score, trim
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
    """The exported graph's scores, on gold sentence bounds where there are any."""
    model = Model(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = []
    for article in articles:
        rows.append(windows.tokenize(tokenizer, article["text"], sentence_spans(article)))
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
        rows: Probabilities = np.concatenate([sentence_labels(s, t, cold) for t, s in scored])[kept, :3].astype(
            np.float64
        )
        rows /= rows.sum(1, keepdims=True)
        return rows

    def loss(temperature: float) -> float:
        return float(-np.log(at(temperature)[np.arange(len(targets)), targets] + 1e-12).mean())

    best = min(np.geomspace(0.4, 4.0, 93).tolist(), key=loss)
    errors = [expected_calibration_error(p.max(1), p.argmax(1) == targets) for p in (at(1.0), at(best))]
    return round(best, 3), errors[0], errors[1]


def exact_attributions(article: dict[str, Any], found: Sequence[Attribution]) -> list[bool]:
    """For each attribution whether all its spans are spans of the gold, letters and digits counting as in the scorer."""
    text = article["text"]
    gold = {role: {trim(text, *span) for a in article["attributions"] for span in a.get(role) or []} for role in ROLES}
    spans = [[("source", a.source), ("cue", a.cue), *(("content", c) for c in a.content)] for a in found]
    return [all(trim(text, s.start, s.end) in gold[role] for role, s in row if s) for row in spans]


def confidences(
    folder: Path, articles: Sequence[dict[str, Any]], decoding: Decoding
) -> tuple[Probabilities, npt.NDArray[np.bool_]]:
    """The confidence of every attribution found, and whether it is exact."""
    sure: list[float] = []
    right: list[bool] = []
    for article, (tokens, scores) in zip(articles, graph_scores(folder, articles), strict=True):
        found = decode(scores, tokens, decoding)
        sure += [a.confidence for a in found]
        right += exact_attributions(article, found)
    return np.asarray(sure), np.asarray(right, np.bool_)


def fit_confidence(folder: Path, articles: Sequence[dict[str, Any]]) -> tuple[tuple[float, float], float, float]:
    """Slope and intercept on the logit of the confidences with the least negative log-likelihood (Platt, 1999).

    Returns:
        Both, and the expected calibration error without and with them.
    """
    decoding = Model(folder).decoding
    sure, right = confidences(folder, articles, replace(decoding, confidence=(1.0, 0.0)))
    if not len(sure):
        return (1.0, 0.0), 0.0, 0.0
    p = np.clip(sure, 1e-6, 1 - 1e-6)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(p))], 1)
    w = np.asarray([1.0, 0.0])
    for _ in range(50):  # Newton's method; the ridge keeps it steady on a handful of attributions
        q = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (q - right) + 1e-2 * (w - [1.0, 0.0])
        w = w - np.linalg.solve((x * (q * (1 - q))[:, None]).T @ x + 1e-2 * np.eye(2), gradient)
    after = 1 / (1 + np.exp(-x @ w))
    errors = [expected_calibration_error(v, right) for v in (sure, after)]
    return (round(float(w[0]), 3), round(float(w[1]), 3)), errors[0], errors[1]


ENTRIES = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
WORTHWHILE = 0.003
"""Mean F1 that leaving a role's 0 must bring. Less is noise, and a cue that is left out costs a speaker."""


def fit_entry(folder: Path, corpora: Sequence[Sequence[dict[str, Any]]]) -> tuple[list[float], float, float]:
    """How readily a span of each role begins, by exact-match F1 of the three roles, averaged over corpora.

    Maximum likelihood leaves spans out rather than risk them; one number a role, found by coordinate search, balances it.
    Counted is what a report would have: where a claim has no content, the sentence as a whole is one.

    Returns:
        What to add to the score of beginning a source, a cue, a content; the mean F1 without and with it.
    """
    decoding = Model(folder).decoding
    scored = [(list(articles), graph_scores(folder, articles)) for articles in corpora]

    def quality(entry: Sequence[float]) -> float:
        changed = decoding.entered(entry)
        values = []
        for articles, rows in scored:
            counts: Counter[tuple[str, str]] = Counter()
            for article, (tokens, scores) in zip(articles, rows, strict=True):
                probabilities = sentence_labels(scores, tokens, decoding)
                found = decode(scores, tokens, changed)
                count_spans(counts, article, reconcile(probabilities, found, sentence_spans(article))[1])
            values += [f1(counts[r, "tp"], counts[r, "predicted"], counts[r, "gold"]) for r in ROLES]
        return sum(values) / len(values)

    best = [0.0] * len(ROLES)
    before = top = quality(best)
    for role in range(len(ROLES)):
        for value in ENTRIES:
            tried = [*best[:role], value, *best[role + 1 :]]
            if (q := quality(tried)) > top + WORTHWHILE * (best[role] == 0):
                top, best = q, tried
    return best, before, top


def agreement(run: Path, folder: Path, articles: Sequence[dict[str, Any]]) -> float:
    """Part of the labelled sentences to which the exported graph gives the label that the torch network gives.

    Sentences with the gold label ``none`` are left out, as in the scorer: no label of the report fits them.
    """
    network, config = load_run(run)
    decoding = Model(folder).decoding
    same = total = 0
    for article, (tokens, scores) in zip(articles, graph_scores(folder, articles), strict=True):
        prose = np.asarray([s["label"] != "none" for s in article["sentences"]])
        a = sentence_labels(scores, tokens, decoding)[:, :3].argmax(1)
        b = sentence_labels(score(network, tokens, config), tokens, decoding)[:, :3].argmax(1)
        same += int((a == b)[prose].sum())
        total += int(prose.sum())
    return same / max(1, total)

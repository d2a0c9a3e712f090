"""Development figures during training: labels of sentences and exact spans, on gold sentence bounds.

The figures that are quoted come from the scorer over exported graphs; these choose a checkpoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from claimcheck import windows
from claimcheck.attribution import LABELS, ROLES, Attribution, Decoding, Scores, decode, sentence_labels
from claimcheck.training.config import Config
from claimcheck.training.data import Example
from claimcheck.training.network import Network, Outputs


def decoding_of(network: Network) -> Decoding:
    """The network's chains as the decoder takes them; without chains every legal step counts the same."""
    if network.crf is None:
        transitions = np.zeros((len(ROLES), 3, 3), np.float32)
        start = np.zeros((len(ROLES), 3), np.float32)
        transitions[:, 2, 1] = start[:, 1] = -1e4
        return Decoding(transitions, start)
    with torch.no_grad():
        matrices = network.crf.matrices()
    transitions, start = (m.cpu().numpy() for m in matrices)
    return Decoding(transitions, start)


def score(network: Network, tokens: windows.Tokens, config: Config) -> Scores:
    """The torch network's scores for an article, merged from windows as at inference."""
    return Scores(**read(network, tokens, config, Outputs.NAMES))


@torch.no_grad()
def read(network: Network, tokens: windows.Tokens, config: Config, names: Sequence[str]) -> dict[str, windows.Float]:
    """Some of the torch network's outputs for an article, by name, merged from windows as at inference."""
    slices = windows.slices(tokens, size=config.window, context=config.context)
    parts: dict[str, list[windows.Float]] = {name: [] for name in names}
    for k in range(0, len(slices), 8):
        chunk = slices[k : k + 8]
        length = max(b - a for a, b in chunk)
        ids, cases, mask = (torch.zeros(len(chunk), length, dtype=torch.long) for _ in range(3))
        for row, (a, b) in enumerate(chunk):
            ids[row, : b - a] = torch.from_numpy(tokens.ids[a:b].astype(np.int64))
            cases[row, : b - a] = torch.from_numpy(tokens.cases[a:b].astype(np.int64))
            mask[row, : b - a] = 1
        outputs = network(ids, cases, mask)
        for name in names:
            parts[name].extend(getattr(outputs, name).numpy())
    return {name: windows.merge(tokens, slices, rows) for name, rows in parts.items()}


def f1(tp: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall from counts; 0 where nothing is right."""
    return 2 * tp / (predicted + gold) if tp else 0.0


def figures(
    network: Network, examples: Sequence[Example], articles: Sequence[dict[str, Any]], config: Config
) -> dict[str, float]:
    """Label accuracy and macro-F1 (``none`` left out), exact span F1 of each role, F1 of source-cue pairs."""
    network.eval()
    decoding = decoding_of(network)
    confusion: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for example, article in zip(examples, articles, strict=True):
        scores = score(network, example.tokens, config)
        predicted = LABELS[0:3]
        p = sentence_labels(scores, example.tokens, decoding)[:, :3]
        for sentence, row in zip(article.get("sentences") or [], p, strict=False):
            if sentence["label"] != "none":
                confusion[sentence["label"], predicted[int(row.argmax())]] += 1
        if article.get("attributions") is None:
            continue
        count_spans(counts, article, decode(scores, example.tokens, decoding))
    result = label_figures(confusion)
    for role in (*ROLES, "pairs"):
        if counts[role, "gold"]:
            result[role] = f1(counts[role, "tp"], counts[role, "predicted"], counts[role, "gold"])
    return result


def label_figures(confusion: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """Accuracy, macro-F1 and F1 of each label, 0 to 1, from how often a (gold, predicted) pair occurs; empty for none."""
    total = sum(confusion.values())
    if not total:
        return {}
    per = {
        x: f1(
            confusion.get((x, x), 0),
            sum(n for (_, predicted), n in confusion.items() if predicted == x),
            sum(n for (gold, _), n in confusion.items() if gold == x),
        )
        for x in LABELS[:3]
    }
    right = sum(n for (gold, predicted), n in confusion.items() if gold == predicted)
    result = {"label_accuracy": right / total, "label_macro_f1": sum(per.values()) / len(per)}
    return result | {f"label_{x}": v for x, v in per.items()}


def count_spans(counts: Counter[tuple[str, str]], article: dict[str, Any], found: Sequence[Attribution]) -> None:
    """Add an article's exact spans and source-cue pairs to ``counts``: right, predicted and gold for each role."""
    text = article["text"]
    gold_of = {r: {trim(text, a, b) for g in article["attributions"] for a, b in g.get(r) or []} for r in ROLES}
    found_of = {
        "source": {trim(text, a.source.start, a.source.end) for a in found if a.source},
        "cue": {trim(text, a.cue.start, a.cue.end) for a in found if a.cue},
        "content": {trim(text, c.start, c.end) for a in found for c in a.content},
    }
    pairs = {
        (trim(text, a.source.start, a.source.end), trim(text, a.cue.start, a.cue.end))
        for a in found
        if a.source and a.cue
    }
    gold_pairs = {
        (trim(text, *s), trim(text, *q)) for g in article["attributions"] for s in g["source"] for q in g["cue"]
    }
    for role in ROLES:
        _count(counts, role, found_of[role], gold_of[role])
    _count(counts, "pairs", pairs, gold_pairs)


def _count(counts: Counter[tuple[str, str]], name: str, predicted: set[Any], gold: set[Any]) -> None:
    counts[name, "tp"] += len(predicted & gold)
    counts[name, "predicted"] += len(predicted)
    counts[name, "gold"] += len(gold)


def trim(text: str, a: int, b: int) -> tuple[int, int]:
    """A span without what is no letter or digit at its ends."""
    while a < b and not text[a].isalnum():
        a += 1
    while b > a and not text[b - 1].isalnum():
        b -= 1
    return a, b

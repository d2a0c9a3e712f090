"""The words that carried a label, found by leaving words out.

LIME (Ribeiro, Singh and Guestrin, 2016): many variants of the sentence, in each of which every word is left out with
probability one half; the shipped graph reads each beside its neighbours; and a linear model, fitted by ridge regression,
says what each word adds to the log-odds of the label. Then the strongest words are left out together, one more each
time, in the very window that the report's probability comes from, until another label is more probable: what to change
(a greedy form of the erasure of Li, Monroe and Jurafsky, 2016).

Leaving out one word at a time (occlusion: Zeiler and Fergus, 2014) was tried and found too weak: where two words judge,
each alone is enough for the network, so neither seems to matter ("a grotesque spectacle").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from claimcheck import windows
from claimcheck.attribution import sentence_labels, three
from claimcheck.explain.types import Word
from claimcheck.labels import LABELS
from claimcheck.model import Model
from claimcheck.report import Label
from claimcheck.windows import Tokens

METHOD = "LIME (Ribeiro et al., 2016)"
TARGET = LABELS.index("opinion")

VARIANTS = 2
"""Variants a word of the sentence ..."""
FEWEST, MOST = 32, 96
"""... within these."""
RIDGE = 1.0
AT_MOST = 5
"""Words that are named."""
NOTABLE = 0.5
"""Weight, in natural log-odds, from which a word is named."""
BATCH = 128
"""Variants read in one call: bounds the memory."""

_WORD = re.compile(r"\w(?:\S*\w)?")
_JOINT = re.compile(r"[—–…]|--")

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Carried:
    """What leaving words out showed of one sentence; fields as of :class:`claimcheck.explain.types.Explanation`."""

    probability: float
    words: list[Word]
    enough: int | None
    becomes: Label | None


@dataclass(frozen=True, slots=True)
class _Group:
    """A word: its rows, and where its letters stand."""

    rows: Rows
    start: int
    end: int


def carried(model: Model, tokens: Tokens, text: str, sentences: Sequence[int]) -> list[Carried]:
    """The words that make sentences opinions, the same each time.

    Args:
        tokens: of the whole article, whose text is ``text``.
        sentences: indices; the result has one entry for each.
    """
    if not sentences:
        return []
    read = list(zip(_windows(model, tokens, sentences), sentences, strict=True))
    near = [(_near(rows, tokens, k, model.config.context), k) for rows, k in read]
    groups = [_words(tokens, _own(rows, tokens, k), text) for rows, k in read]
    masks = [_masks(len(words)) for words in groups]
    first = _probabilities(
        model,
        tokens,
        (
            (_without(rows, [w for w, out in zip(words, left_out, strict=True) if out]), k)
            for (rows, k), words, mask in zip(near, groups, masks, strict=True)
            for left_out in mask
        ),
    )
    named = []
    for words, mask in zip(groups, masks, strict=True):
        weights = _weights(mask, [_logit(next(first)[TARGET]) for _ in mask])
        ranked = sorted(zip(words, weights, strict=True), key=lambda pair: -pair[1])
        named.append([(w, x) for w, x in ranked if x >= NOTABLE][:AT_MOST])
    then = _probabilities(
        model,
        tokens,
        (
            (_without(rows, [w for w, _ in best[:n]]), k)
            for (rows, k), best in zip(read, named, strict=True)
            for n in range(len(best) + 1)
        ),
    )
    return [_carried(next(then), best, [next(then) for _ in best]) for best in named]


def _carried(base: windows.Float, best: Sequence[tuple[_Group, float]], after: Sequence[windows.Float]) -> Carried:
    found = [
        Word(w.start, w.end, round(weight, 2), round(float(p[TARGET]), 4))
        for (w, weight), p in zip(best, after, strict=True)
    ]
    enough = next((n for n, p in enumerate(after, 1) if p.argmax() != TARGET), None)
    if base.argmax() != TARGET:
        enough = None
    becomes = LABELS[int(after[enough - 1].argmax())] if enough else None
    return Carried(round(float(base[TARGET]), 4), found, enough, becomes)


def _masks(words: int) -> npt.NDArray[np.bool_]:
    """Which words each variant leaves out, shape (variants, words); the first is the sentence as it stands."""
    if not words:
        return np.zeros((1, 0), np.bool_)
    some = np.random.default_rng(words).random((min(MOST, max(FEWEST, VARIANTS * words)), words)) < 0.5
    return np.concatenate([np.zeros((1, words), np.bool_), some])


def _weights(left_out: npt.NDArray[np.bool_], logits: Sequence[float]) -> list[float]:
    """What each word adds to the logit."""
    x = left_out - left_out.mean(axis=0)
    y = np.asarray(logits) - np.mean(logits)
    inverse = np.linalg.inv(x.T @ x + RIDGE * np.eye(x.shape[1]))
    weights: list[float] = (-inverse @ x.T @ y).tolist()
    return weights


def _logit(p: float) -> float:
    p = min(max(float(p), 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def _windows(model: Model, tokens: Tokens, sentences: Iterable[int]) -> Iterator[Rows]:
    """For each sentence the rows of the window whose scores the report has, so that the probability is the report's."""
    slices = windows.slices(tokens, size=model.config.window, context=model.config.context)
    owner = windows.owners(len(tokens), slices)
    for k in sentences:
        a, b = slices[int(np.bincount(owner[tokens.bounds[k] : tokens.bounds[k + 1]]).argmax())]
        yield np.arange(a, b, dtype=np.int64)


def _near(rows: Rows, tokens: Tokens, k: int, context: int) -> Rows:
    """Of a window's rows a sentence and the sentences about it, up to some pieces on each side: quicker to read."""
    bounds = tokens.bounds
    first = bounds[np.searchsorted(bounds, bounds[k] - context, side="left")]
    last = bounds[np.searchsorted(bounds, bounds[k + 1] + context, side="right") - 1]
    kept: Rows = rows[(rows >= first) & (rows < last)]
    return kept


def _own(rows: Rows, tokens: Tokens, k: int) -> Rows:
    """Of a window's rows a sentence's that may be left out: its first stays where its marker is in another window."""
    own: Rows = rows[tokens.sentence[rows] == k]
    return own if len(own) and tokens.marker[own[0]] else own[1:]


def _words(tokens: Tokens, rows: Rows, text: str) -> list[_Group]:
    """The rows of a sentence as words: what stands between spaces and dashes, with the marks that touch it."""
    runs: list[list[int]] = []
    for r in rows.tolist():
        if tokens.marker[r]:
            continue
        touches = bool(runs) and tokens.starts[r] == tokens.ends[runs[-1][-1]]
        dash = touches and any(_JOINT.fullmatch(text[tokens.starts[q] : tokens.ends[q]]) for q in (r, runs[-1][-1]))
        if touches and not dash:
            runs[-1].append(r)
        else:
            runs.append([r])
    groups = []
    for run in runs:
        if letters := _WORD.search(text, int(tokens.starts[run[0]]), int(tokens.ends[run[-1]])):
            groups.append(_Group(np.asarray(run, np.int64), *letters.span()))
    return groups


def _without(rows: Rows, words: Sequence[_Group]) -> Rows:
    if not words:
        return rows
    kept: Rows = rows[~np.isin(rows, np.concatenate([w.rows for w in words]))]
    return kept


def _probabilities(model: Model, tokens: Tokens, variants: Iterable[tuple[Rows, int]]) -> Iterator[windows.Float]:
    """Of fact, claim and opinion for sentence ``k`` of each variant (rows, k), some read at a time."""
    waiting = iter(variants)
    while some := list(islice(waiting, BATCH)):
        parts = [_part(tokens, rows) for rows, _ in some]
        scores = model.run([(p, [(0, len(p))]) for p in parts])
        for (rows, k), p, s in zip(some, parts, scores, strict=True):
            yield three(sentence_labels(s, p, model.decoding))[k - int(tokens.sentence[rows[0]])]


def _part(t: Tokens, rows: Rows) -> Tokens:
    """Some rows of the article as a row of its own; each sentence in it keeps its marker."""
    sentence = (t.sentence[rows] - t.sentence[rows[0]]).astype(np.int32)
    bounds = np.append(np.flatnonzero(np.diff(sentence, prepend=-1)), len(rows)).astype(np.int32)
    return Tokens(
        t.ids[rows], t.cases[rows], t.starts[rows], t.ends[rows], sentence, t.inner[rows], t.marker[rows], bounds
    )

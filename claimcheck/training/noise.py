"""Noise on a batch that must not change what it means: another style of quotation marks, another case.

Newspapers set quotations in “ ”, " ", ‘ ’, ' ' and « », and headlines in capitals; the corpora mostly in one way.
"""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer

from claimcheck.training.batches import Batch
from claimcheck.windows import CASES, markers

STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"))
"""Opening and closing marks. Single ones are set but never replaced: they may be apostrophes."""

REPLACED = ("“", "”", '"', "«", "»")


class Noise:
    """Sets windows of a batch in another style, in place.

    Args:
        tokenizer: whose vocabulary the batches are in; styles it has no piece for are left out.
        quotes: part of the windows whose double quotation marks are set in a style drawn at random.
        cases: part of the windows read as all capitals or all lower case.
    """

    def __init__(self, tokenizer: Tokenizer, *, quotes: float = 0.0, cases: float = 0.0) -> None:
        known: dict[str, int] = {}
        for mark in {mark for style in STYLES for mark in style}:
            if (piece := tokenizer.token_to_id(mark)) is not None:
                known[mark] = piece
        self._styles = [(known[a], known[b]) for a, b in STYLES if a in known and b in known]
        self._openers = [known[m] for m in ("“", "«") if m in known]
        self._straight = known.get('"')
        self._replaced = torch.tensor([known[m] for m in REPLACED if m in known])
        self._markers = set(markers(tokenizer))
        self._quotes = quotes if self._styles else 0.0
        self._cases = cases

    def __call__(self, batch: Batch, rng: np.random.Generator) -> None:
        """Change ``batch.ids`` and ``batch.cases`` of the windows that are drawn."""
        for row in np.flatnonzero(rng.random(len(batch.ids)) < self._quotes).tolist():
            opening, closing = self._styles[int(rng.integers(len(self._styles)))]
            inside = False
            ids = batch.ids[row]
            for position in torch.isin(ids, self._replaced).nonzero()[:, 0].tolist():
                piece = int(ids[position])
                # A straight mark opens where none is open, and where a sentence begins.
                first = position > 0 and int(ids[position - 1]) in self._markers
                opens = piece in self._openers or (piece == self._straight and (first or not inside))
                inside = opens
                ids[position] = opening if opens else closing
        for row in np.flatnonzero(rng.random(len(batch.cases)) < self._cases).tolist():
            to = CASES.index("upper" if rng.random() < 0.5 else "lower")
            batch.cases[row][batch.cases[row] != CASES.index("none")] = to

"""Examples to batches of windows: shuffled, cut at other bounds every epoch, alike in length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from claimcheck import windows
from claimcheck.attribution import LABELS, POINTERS, ROLES
from claimcheck.crf import B, I, O
from claimcheck.training.data import Example


@dataclass(slots=True)
class Batch:
    """A batch of windows and their targets; tensors begin with (batch, length) or (batch, sentences).

    Attributes:
        sentence: index of the sentence within its window, -1 for padding.
        labels, weights, weak: targets of sentences, see ``Example``.
        tags: (batch, length, 3); tagged: (batch,) whether the window has tags to learn.
        links: for each pointer (rows, queries, targets), each (k,); a target of ``length`` is nothing.
        taught_labels: (batch, sentences, 4) the teachers' probabilities, zeros where there are none.
        taught_tags: (batch, length, roles, 3) likewise.
        stated: (batch, length) whether a piece has a state of the teacher's to learn.
        taught_states: (pieces that have one, in order, hidden).
    """

    ids: Tensor
    cases: Tensor
    mask: Tensor
    sentence: Tensor
    labels: Tensor
    weights: Tensor
    weak: Tensor
    tags: Tensor
    tagged: Tensor
    links: dict[str, tuple[Tensor, Tensor, Tensor]]
    taught_labels: Tensor
    taught_tags: Tensor
    stated: Tensor
    taught_states: Tensor

    def forget_states(self, pieces: Tensor) -> None:
        """Leave out the teacher's states of some pieces, a mask of (batch, length)."""
        if self.stated.any():
            self.taught_states = self.taught_states[~pieces[self.stated]]
            self.stated = self.stated & ~pieces


Window = tuple[int, int, int]
"""Index of the example, and the slice of its row."""


def epoch_windows(examples: Sequence[Example], size: int, rng: np.random.Generator) -> list[Window]:
    """One epoch's windows. The first of each article ends anywhere, so that bounds differ between epochs."""
    result = []
    for i, example in enumerate(examples):
        n = len(example.tokens)
        first = int(rng.integers(size // 4, size + 1)) if n > size else 0
        result += [(i, a, b) for a, b in windows.slices(example.tokens, size=size, context=0, first=first)]
    return result


def batches(examples: Sequence[Example], size: int, batch_tokens: int, rng: np.random.Generator) -> list[list[Window]]:
    """One epoch's batches, each of at most ``batch_tokens`` pieces with padding."""
    order = epoch_windows(examples, size, rng)
    order = [order[k] for k in rng.permutation(len(order))]
    result: list[list[Window]] = []
    # Sorting within chunks keeps padding small and the order random enough.
    chunk = 64 * max(1, batch_tokens // size)
    for k in range(0, len(order), chunk):
        current: list[Window] = []
        for window in sorted(order[k : k + chunk], key=lambda w: w[2] - w[1]):
            if current and (len(current) + 1) * (window[2] - window[1]) > batch_tokens:
                result.append(current)
                current = []
            current.append(window)
        result.append(current)
    return [result[k] for k in rng.permutation(len(result))]


def collate(examples: Sequence[Example], batch: Sequence[Window]) -> Batch:
    """Tensors for one batch."""
    length = max(b - a for _, a, b in batch)
    shape = (len(batch), length)
    ids, cases, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    sentence = torch.full(shape, -1)
    tags = torch.full((*shape, 3), O)
    tagged = torch.zeros(len(batch), dtype=torch.bool)
    labels, weights, weak, taught_labels = [], [], [], []
    taught_tags = torch.zeros((*shape, len(ROLES), 3))
    stated, taught_states = torch.zeros(shape, dtype=torch.bool), []
    links: dict[str, list[tuple[int, int, int]]] = {p: [] for p in POINTERS}
    for row, (i, a, b) in enumerate(batch):
        example = examples[i]
        t = example.tokens
        n = b - a
        ids[row, :n] = torch.from_numpy(t.ids[a:b].astype(np.int64))
        cases[row, :n] = torch.from_numpy(t.cases[a:b].astype(np.int64))
        mask[row, :n] = 1
        s = t.sentence[a:b].astype(np.int64)
        sentence[row, :n] = torch.from_numpy(s - s[0])
        labels.append(torch.from_numpy(example.labels[s[0] : s[-1] + 1]))
        weights.append(torch.from_numpy(example.weights[s[0] : s[-1] + 1]))
        weak.append(torch.from_numpy(example.weak[s[0] : s[-1] + 1]))
        if example.taught is not None:
            taught_labels.append(torch.from_numpy(example.taught.labels[s[0] : s[-1] + 1]))
            taught_tags[row, :n] = torch.from_numpy(example.taught.tags[a:b])
            taught_tags[row, 0, :, B] += taught_tags[row, 0, :, I]  # a span cut by the window begins anew here too
            taught_tags[row, 0, :, I] = 0.0
            if example.taught.states is not None:
                taught_states.append(torch.from_numpy(example.taught.states.read(a, b)).float())
                stated[row, :n] = True
        else:
            taught_labels.append(torch.zeros(int(s[-1] - s[0]) + 1, len(LABELS)))
        if example.tags is not None:
            window_tags = example.tags[a:b].copy()
            # A span cut by the window begins anew: "I" never starts a sequence.
            window_tags[0][window_tags[0] == 1] = 0
            tags[row, :n] = torch.from_numpy(window_tags)
            tagged[row] = True
        for pointer, pairs in example.links.items():
            for query, target in pairs:
                if a <= query < b and (target < 0 or a <= target < b):
                    links[pointer].append((row, query - a, target - a if target >= 0 else length))
    return Batch(
        ids,
        cases,
        mask,
        sentence,
        torch.nn.utils.rnn.pad_sequence(labels, batch_first=True),
        torch.nn.utils.rnn.pad_sequence(weights, batch_first=True),
        torch.nn.utils.rnn.pad_sequence(weak, batch_first=True),
        tags,
        tagged,
        {pointer: _columns(triples) for pointer, triples in links.items()},
        torch.nn.utils.rnn.pad_sequence(taught_labels, batch_first=True),
        taught_tags,
        stated,
        torch.cat(taught_states) if taught_states else torch.zeros(0, 0),
    )


def _columns(triples: Sequence[tuple[int, int, int]]) -> tuple[Tensor, Tensor, Tensor]:
    rows, queries, targets = torch.tensor(triples, dtype=torch.long).reshape(-1, 3).unbind(1)
    return rows, queries, targets


def forever(
    examples: Sequence[Example], size: int, batch_tokens: int, seed: int, start: int = 0
) -> Iterator[list[Window]]:
    """Batches of epoch after epoch, beginning at step ``start``: the same sequence whether or not a run was resumed."""
    epoch = 0
    while True:
        every = batches(examples, size, batch_tokens, np.random.default_rng([seed, epoch]))
        yield from every[start:]
        start = max(0, start - len(every))
        epoch += 1

"""Training a large encoder as it will be exported: its matrices in blocks of 4 bits while it reads, as they are while it learns.

A network that is rounded after its training is another network; one that was rounded all along has learned to live with it. What
rounding does to a weight counts as nothing when its gradient is taken (the straight-through estimator: Bengio, Léonard and
Courville, *Estimating or Propagating Gradients Through Stochastic Neurons*, 2013; for blocks of few bits Jacob et al., CVPR 2018).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import nn

from claimcheck.training.blocks import fitted, nearest, rounded, step_sizes
from claimcheck.training.large_graph import LAYER_BLOCK, WORD_BITS, WORD_BLOCK, Rows, measured_as, moments
from claimcheck.training.network import Network
from claimcheck.training.nodes import Feed


class InBlocks:
    """The matrices of a network's encoder, rounded while the network reads.

    At first all are rounded with regard to each other (:func:`~claimcheck.training.blocks.fitted`), words by themselves. The sizes
    of the steps stay as they were then; what is trained moves from step to step, what is frozen stays on its own.
    """

    def __init__(self, network: Network, feeds: Iterable[Feed], vocabulary: tuple[Rows, Rows]) -> None:
        """Round a network.

        Args:
            network: with MPNet's encoder, its embeddings frozen; changed in place.
            feeds: windows of some articles, on which the rounding is fitted.
            vocabulary: from :func:`~claimcheck.training.large_graph.vocabulary_rows`.

        Raises:
            ValueError: if the embeddings are trained, or ``feeds`` is empty.
        """
        encoder: Any = network.encoder
        words = encoder.embeddings.word_embeddings.weight
        if words.requires_grad:
            raise ValueError("with in_blocks the embeddings must be frozen: set frozen_layers to 1 at least")
        seen = moments(network, feeds)
        for rows, bits in zip(vocabulary, WORD_BITS, strict=True):
            table = rounded(np.ascontiguousarray(words[rows].numpy()), size=WORD_BLOCK, bits=bits).floats()
            words[rows] = torch.from_numpy(table)
        self._trained: list[tuple[torch.Tensor, torch.Tensor]] = []
        for name, module in encoder.named_modules():
            if not isinstance(module, nn.Linear):
                continue
            matrix = np.ascontiguousarray(module.weight.detach().numpy().T)
            values = torch.from_numpy(fitted(matrix, seen[measured_as(name)], size=LAYER_BLOCK).floats())
            module.weight.data.copy_(values)
            if module.weight.requires_grad:
                self._trained.append((module.weight, step_sizes(values, size=LAYER_BLOCK)))

    @contextmanager
    def rounded(self) -> Iterator[None]:
        """While this lasts the trained matrices are in steps; afterwards they are what they were, their gradients kept."""
        exact = [weight.data for weight, _ in self._trained]
        for weight, scale in self._trained:
            weight.data = nearest(weight, scale)
        try:
            yield
        finally:
            for (weight, _), values in zip(self._trained, exact, strict=True):
                weight.data = values

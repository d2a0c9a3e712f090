"""Numbers in few bits for a graph that must be small: blocks of a column that share one step, rounded with regard to each other.

With 8 bits each weight may be rounded by itself; with 4 the errors of the weights of one product would add up. Rounding one
after another, each weight takes over the errors of those before it, as far as their inputs go together (GPTQ, Frantar et
al., 2023).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

Array = npt.NDArray[np.float32]

_DAMPING = 0.01
"""Part of the mean second moment that is added to all, so that few articles make no matrix singular."""
_AT_ONCE = 128
"""Weights whose errors are handed on together."""
_SHRUNK = tuple(np.linspace(0.7, 1.05, 15))
"""Sizes of a step that are tried, as parts of the one that reaches the largest weight."""
_FEWEST = (1, 2, 3)
"""Steps that the smallest weight may have, if a block has been rounded before: it then stays as it is."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in steps.

    Attributes:
        steps: (outputs, inputs), unsigned.
        scale: (outputs, blocks), the size of a step; it may be negative.
        bits: 4 or 8; half of the steps lie below zero.
    """

    steps: npt.NDArray[np.uint8]
    scale: Array
    bits: int

    @property
    def size(self) -> int:
        """Inputs in a block."""
        return int(self.steps.shape[1] // self.scale.shape[1])

    def packed(self) -> npt.NDArray[np.uint8]:
        """As onnxruntime's ``MatMulNBits`` takes it: (outputs, blocks, bytes), of two steps the first in the low bits."""
        steps = self.steps.reshape(*self.scale.shape, -1)
        if self.bits == 8:
            return steps
        return (steps[..., 0::2] | (steps[..., 1::2] << 4)).astype(np.uint8)

    def floats(self) -> Array:
        """What it stands for, (outputs, inputs)."""
        middle = 1 << (self.bits - 1)
        values = (self.steps.astype(np.float32) - middle).reshape(*self.scale.shape, -1) * self.scale[..., None]
        return values.reshape(self.steps.shape)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Thousands of small steps: threads would wait for each other longer than they work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _scales(blocks: torch.Tensor, weight: torch.Tensor, bits: int) -> torch.Tensor:
    """The step of each block with the least weighted squared error; the largest weight may take the longer side.

    A block that is in steps already gets its own, so that rounding twice is rounding once.

    Args:
        blocks: (outputs, blocks, size).
        weight: (blocks, size) what an error at each input counts.

    Returns:
        (outputs, blocks).
    """
    middle = 1 << (bits - 1)
    at = blocks.abs().argmax(-1, keepdim=True)
    widest = (blocks.gather(-1, at).squeeze(-1) / -middle).where(blocks.abs().amax(-1) > 0, torch.tensor(1e-6))
    magnitudes = blocks.abs()
    smallest = magnitudes.where(magnitudes > 0, torch.inf).amin(-1)
    smallest = smallest.where(smallest.isfinite(), widest.abs()).copysign(widest)
    best = torch.full_like(widest, torch.inf)
    chosen = widest.clone()
    for scale in [*(widest * part for part in _SHRUNK), *(smallest / steps for steps in _FEWEST)]:
        steps = (blocks / scale[..., None]).round_().clamp_(-middle, middle - 1)
        error = ((steps * scale[..., None] - blocks).square_() * weight).sum(-1)
        better = error < best
        best, chosen = torch.where(better, error, best), torch.where(better, scale, chosen)
    return chosen


def step_sizes(weights: torch.Tensor, *, size: int, bits: int = 4) -> torch.Tensor:
    """The step of each block, (outputs, blocks, 1).

    Args:
        weights: (outputs, inputs); ``size`` divides the inputs.
    """
    blocks = weights.detach().view(len(weights), -1, size)
    return _scales(blocks, torch.ones(blocks.shape[1:]), bits)[..., None]


def rounded(rows: Array, *, size: int, bits: int = 4) -> Blocks:
    """A table in steps, each number rounded by itself.

    Args:
        rows: (rows, columns); ``size`` divides the columns.
    """
    values = torch.from_numpy(rows)
    scale = step_sizes(values, size=size, bits=bits)
    middle = 1 << (bits - 1)
    steps = (values.view(len(rows), -1, size) / scale).round().clamp(-middle, middle - 1) + middle
    return Blocks(steps.view(rows.shape).to(torch.uint8).numpy(), scale[..., 0].numpy(), bits)


def nearest(weights: torch.Tensor, scale: torch.Tensor, *, bits: int = 4) -> torch.Tensor:
    """The weights that can be said in such steps, each the nearest one.

    Args:
        weights: (outputs, inputs).
        scale: from :func:`step_sizes`.
    """
    middle = 1 << (bits - 1)
    blocks = weights.detach().view(*scale.shape[:2], -1)
    return (blocks / scale).round_().clamp_(-middle, middle - 1).mul_(scale).view(weights.shape)


def fitted(matrix: Array, moments: Array, *, size: int, bits: int = 4) -> Blocks:
    """A matrix in steps, rounded so that its products change least (GPTQ).

    The inputs that are largest come first, since the later ones make up for them; every block's step is found beforehand.

    Args:
        matrix: (inputs, outputs); ``size`` divides the inputs.
        moments: (inputs, inputs), the sum of x xᵀ over inputs x that the matrix met.
    """
    weights = torch.from_numpy(np.ascontiguousarray(matrix.T)).double()
    outputs, inputs = weights.shape
    second = torch.from_numpy(moments).double()
    diagonal = second.diagonal()
    diagonal += _DAMPING * diagonal.mean() + 1e-12
    importance = (diagonal / diagonal.mean()).view(-1, size)
    scale = _scales(weights.view(outputs, -1, size), importance, bits)
    order = diagonal.argsort(descending=True)
    second = second[order][:, order]
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(second))
    upper = torch.linalg.cholesky(inverse, upper=True)
    left = weights[:, order].contiguous()
    middle = 1 << (bits - 1)
    steps = torch.zeros(outputs, inputs, dtype=torch.uint8)
    with _one_thread():
        for begin in range(0, inputs, _AT_ONCE):
            end = min(begin + _AT_ONCE, inputs)
            errors = torch.zeros(outputs, end - begin, dtype=left.dtype)
            for k in range(begin, end):
                column = int(order[k])
                step = scale[:, column // size]
                whole = (left[:, k] / step).round().clamp(-middle, middle - 1)
                steps[:, column] = (whole + middle).to(torch.uint8)
                error = (left[:, k] - whole * step) / upper[k, k]
                left[:, k + 1 : end] -= error[:, None] * upper[k, k + 1 : end]
                errors[:, k - begin] = error
            left[:, end:] -= errors @ upper[begin:end, end:]
    return Blocks(steps.numpy(), scale.float().numpy(), bits)

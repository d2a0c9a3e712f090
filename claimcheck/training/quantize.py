"""Numbers in 8 bits: where to cut, how large a step, and how to share the size of a column with its weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

WEIGHT_RANGE = 64
"""Largest weight, in steps. Seven bits: products of two bytes are added in pairs into 16 bits by processors without VNNI
(before about 2020), and 255 * 64 * 2 still fits, so that every processor gives the same answer."""
MIGRATION = 0.5
"""How much of the columns' differences goes into the weights (alpha of SmoothQuant)."""
_SMALLEST = 1e-12
_SAMPLE = 200_000
"""Values of the activations that a cut is tried on, at most."""


@dataclass(frozen=True, slots=True)
class Range:
    """What 0 to 255 stand for: ``(step - zero) * scale``."""

    scale: float
    zero: int


def range_of(values: Array) -> Range:
    """The range that loses least of some values, by squared error; what lies outside is cut off.

    Ranges hold zero, which has a step of its own.
    """
    flat = values[:: max(1, -(-values.size // _SAMPLE))].ravel()  # whole rows: no column is left out
    low, high = min(float(flat.min()), 0.0), max(float(flat.max()), _SMALLEST)
    best, least = Range(1.0, 0), np.inf
    for part in np.linspace(0.3, 1.0, 29):
        scale = float(high - low) * part / 255
        zero = int(np.clip(np.round(-low * part / scale), 0, 255))
        steps = np.clip(np.round(flat / scale) + zero, 0, 255)
        error = float((((steps - zero) * scale - flat) ** 2).mean())
        if error < least:
            best, least = Range(scale, zero), error
    return best


def smoothing(peak: Array, matrices: Sequence[Array]) -> Array:
    """What to divide each column of some activations by, and multiply the rows of the matrices by (SmoothQuant).

    Args:
        peak: largest absolute value of each column of the activations.
        matrices: (columns, outputs) each, that the activations are multiplied by.
    """
    weights = np.max([np.abs(m).max(axis=1) for m in matrices], axis=0)
    factors = np.maximum(peak, 1e-5) ** MIGRATION / np.maximum(weights, 1e-5) ** (1 - MIGRATION)
    result: Array = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return result


def columns(matrix: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """A matrix in whole steps of one size a column.

    Args:
        matrix: (inputs, outputs).

    Returns:
        The steps, same shape, and the size of a step of each column; their product is about ``matrix``. Of a few sizes for
        each column the one with the least squared error is taken: a single large weight need not coarsen all the others.
    """
    peak = np.maximum(np.abs(matrix).max(axis=0), _SMALLEST)
    best = np.full(matrix.shape[1], np.inf)
    scale = peak / WEIGHT_RANGE
    for part in np.linspace(0.6, 1.0, 21):
        tried = (peak * part / WEIGHT_RANGE).astype(np.float32)
        steps = np.clip(np.round(matrix / tried), -WEIGHT_RANGE, WEIGHT_RANGE)
        error = ((steps * tried - matrix) ** 2).sum(axis=0)
        better = error < best
        best[better], scale[better] = error[better], tried[better]
    steps = np.clip(np.round(matrix / scale), -WEIGHT_RANGE, WEIGHT_RANGE)
    return steps.astype(np.int8), scale.astype(np.float32)

"""A linear chain of the tags B, I, O over a row of pieces: its best tags, and how likely a span of it is.

Lafferty et al., *Conditional Random Fields*, 2001. A piece that goes on with a word keeps the tag of the one before, so
that spans begin and end with words. Plain Python numbers instead of arrays, since every step waits for the one before.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from claimcheck.windows import Float

B, I, O = 0, 1, 2  # the field's names
ILLEGAL = -1e4


def viterbi(emissions: Float, transitions: Float, start: Float, inner: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """The best legal tags for one role (Viterbi, 1967).

    A span neither begins nor ends inside a word: a piece that goes on with a word keeps the state of the one before.

    Args:
        emissions: (n, 3). transitions: (from, to). start: (3,). inner: (n,), see ``Tokens.inner``.
    """
    n = len(emissions)
    if not n:
        return np.zeros(0, np.int8)
    t = transitions.tolist()
    (bb, bi, bo), (ib, ii, io), (ob, _, oo) = t[B], t[I], t[O]
    b, i, o = (float(s + e) for s, e in zip(start, emissions[0], strict=True))
    back: list[tuple[int, int, int]] = []
    # Plain comparisons instead of max() and index(), as this runs for every piece and role; the first of equals wins.
    for eb, ei, eo, goes_on in zip(*emissions[1:].T.tolist(), inner[1:].tolist(), strict=True):
        x, y = b + bi, i + ii
        from_i, best_i = (B, x) if x >= y else (I, y)
        if goes_on:
            back.append((O, from_i, O))
            b, i, o = ILLEGAL, best_i + ei, o + oo + eo
            continue
        x, y, z = b + bb, i + ib, o + ob
        from_b, best_b = (O, z) if z > x and z > y else (I, y) if y > x else (B, x)
        x, y, z = b + bo, i + io, o + oo
        from_o, best_o = (O, z) if z > x and z > y else (I, y) if y > x else (B, x)
        back.append((from_b, from_i, from_o))
        b, i, o = best_b + eb, best_i + ei, best_o + eo
    tag = (b, i, o).index(max(b, i, o))
    tags = [tag]
    for previous in reversed(back):
        tag = previous[tag]
        tags.append(tag)
    return np.asarray(tags[::-1], np.int8)


class SpanProbabilities:
    """How likely a span stands just where it does, whatever the tags of all other pieces (forward and backward sums;
    Rabiner, 1989).

    Args:
        emissions: (n, 3). transitions: (from, to). start: (3,). inner: (n,), as for :func:`viterbi`.
    """

    def __init__(self, emissions: Float, transitions: Float, start: Float, inner: npt.NDArray[np.bool_]) -> None:
        # Sums in place of logarithms of sums: every piece is scaled by its highest score, and later by its sum.
        self._emissions: list[list[float]] = np.exp(emissions - emissions.max(axis=1, keepdims=True)).tolist()
        self._transitions: list[list[float]] = np.exp(np.minimum(transitions, _HIGHEST)).tolist()
        self._start: list[float] = np.exp(np.minimum(start, _HIGHEST)).tolist()
        self._inner: list[bool] = inner.tolist()

    def __call__(self, begin: int, stop: int) -> float:
        """The probability of a span of the pieces ``begin`` to ``stop``, half-open and not empty: 0 to 1."""
        forward, sums = self._forward
        (_, bi, _), (_, ii, _), _ = self._transitions
        p = forward[begin][B]
        for k in range(begin + 1, stop):
            p *= (bi if k == begin + 1 else ii) * self._emissions[k][I] / sums[k]
        if stop == len(sums):
            return min(p, 1.0)
        if self._inner[stop]:
            return 0.0
        to_b, _, to_o = self._transitions[B if stop == begin + 1 else I]
        b, _, o = self._emissions[stop]
        later = self._backward[stop]
        return min(p * (to_b * b * later[B] + to_o * o * later[O]) / sums[stop], 1.0)

    @cached_property
    def _forward(self) -> tuple[list[tuple[float, float, float]], list[float]]:
        """Of each piece how likely each tag is given the pieces up to it, and what that was divided by to sum to one."""
        (bb, bi, bo), (ib, ii, io), (ob, _, oo) = self._transitions
        b, i, o = (s * e for s, e in zip(self._start, self._emissions[0], strict=True))
        total = b + i + o
        rows, sums = [(b / total, i / total, o / total)], [total]
        for (eb, ei, eo), goes_on in zip(self._emissions[1:], self._inner[1:], strict=True):
            b, i, o = rows[-1]
            if goes_on:
                b, i, o = 0.0, (b * bi + i * ii) * ei, o * oo * eo
            else:
                b, i, o = (b * bb + i * ib + o * ob) * eb, (b * bi + i * ii) * ei, (b * bo + i * io + o * oo) * eo
            total = b + i + o or 1e-300  # a word that no tags fit, as where scores are nonsense
            rows.append((b / total, i / total, o / total))
            sums.append(total)
        return rows, sums

    @cached_property
    def _backward(self) -> list[tuple[float, float, float]]:
        """Of each piece and tag how likely the pieces after it are, on the scale of :meth:`_forward`."""
        (bb, bi, bo), (ib, ii, io), (ob, _, oo) = self._transitions
        _, sums = self._forward
        rows = [(1.0, 1.0, 1.0)]
        for k in range(len(sums) - 1, 0, -1):
            b, i, o = rows[-1]
            eb, ei, eo = self._emissions[k]
            b, i, o = b * eb / sums[k], i * ei / sums[k], o * eo / sums[k]
            if self._inner[k]:
                rows.append((bi * i, ii * i, oo * o))
            else:
                rows.append((bb * b + bi * i + bo * o, ib * b + ii * i + io * o, ob * b + oo * o))
        return rows[::-1]


_HIGHEST = 80.0
"""Transition scores are cut off here: their exponentials stay finite."""

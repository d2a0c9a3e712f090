"""The chain of tags: its best tags and the probabilities of its spans, against all tags that there are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from claimcheck.crf import B, I, O, SpanProbabilities, viterbi

START = np.asarray([0, -1e4, 0], np.float32)


def legal_tags(inner: np.ndarray) -> Iterator[tuple[int, ...]]:
    """All tags of a row in which no span begins with I, and none begins or ends inside a word."""
    for tags in itertools.product((B, I, O), repeat=len(inner)):
        legal = tags[0] != I
        for (s, t), goes_on in zip(itertools.pairwise(tags), inner[1:], strict=True):
            legal &= not (s == O and t == I) and not (goes_on and (t == B or (t == O) != (s == O)))
        if legal:
            yield tags


def score(tags: tuple[int, ...], emissions: np.ndarray, transitions: np.ndarray) -> float:
    return float(
        START[tags[0]]
        + sum(e[t] for e, t in zip(emissions, tags, strict=True))
        + sum(transitions[s, t] for s, t in itertools.pairwise(tags))
    )


def spans_in(tags: tuple[int, ...]) -> set[tuple[int, int]]:
    begins = [k for k, t in enumerate(tags) if t == B]
    return {(b, next((k for k in range(b + 1, len(tags)) if tags[k] != I), len(tags))) for b in begins}


floats = st.floats(-4, 4, width=32)
rows = st.integers(1, 6).flatmap(
    lambda n: st.tuples(nps.arrays(np.float32, (n, 3), elements=floats), nps.arrays(np.bool_, n))
)
matrices = nps.arrays(np.float32, (3, 3), elements=floats)


@settings(max_examples=60)
@given(rows, matrices)
def test_viterbi_finds_the_best_legal_tags(row: tuple[np.ndarray, np.ndarray], transitions: np.ndarray) -> None:
    emissions, inner = row
    inner[0] = False
    transitions[O, I] = -1e4
    tags = tuple(viterbi(emissions, transitions, START, inner).tolist())
    every = {t: score(t, emissions, transitions) for t in legal_tags(inner)}
    assert every[tags] == pytest.approx(max(every.values()), abs=1e-3)


@settings(max_examples=60)
@given(rows, matrices)
def test_a_spans_probability_is_its_part_of_all_legal_tags(
    row: tuple[np.ndarray, np.ndarray], transitions: np.ndarray
) -> None:
    emissions, inner = row
    inner[0] = False
    transitions[O, I] = -1e4
    every = {t: np.exp(score(t, emissions, transitions)) for t in legal_tags(inner)}
    probability = SpanProbabilities(emissions, transitions, START, inner)
    for span in itertools.combinations(range(len(inner) + 1), 2):
        expected = sum(p for t, p in every.items() if span in spans_in(t)) / sum(every.values())
        if not inner[span[0]]:
            assert probability(*span) == pytest.approx(expected, abs=1e-5)


def test_a_long_row_of_sure_tags_keeps_its_numbers() -> None:
    n = 20_000
    emissions = np.tile(np.asarray([[0, 0, 30]], np.float32), (n, 1))
    emissions[9_000:9_500] = [0, 30, 0]
    emissions[9_000] = [30, 0, 0]
    transitions = np.asarray([[0, 0, 0], [0, 0, 0], [0, -1e4, 0]], np.float32)
    probability = SpanProbabilities(emissions, transitions, START, np.zeros(n, np.bool_))
    assert probability(9_000, 9_500) == pytest.approx(1, abs=1e-3)
    assert probability(9_000, 9_499) < 1e-9

"""The exported graph: 8-bit numbers that lose little, and scores of a window that depend on that window alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from graph_errors import errors
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from transformers import DistilBertConfig, DistilBertModel

from claimcheck.training.config import Config, Data
from claimcheck.training.graph import observe, write_graph
from claimcheck.training.network import Network, Outputs
from claimcheck.training.quantize import WEIGHT_RANGE, columns, range_of, smoothing

FLOATS = st.floats(-100, 100, width=32)
LOSS = 0.08
"""Part of the size of an output that its error may have: over a dozen fresh encoders it is 0.007 to 0.03."""


@pytest.fixture(scope="module")
def network(tiny_encoder: Path) -> Network:
    torch.manual_seed(2)
    config = Config(name="t", output="o", encoder=str(tiny_encoder), data=Data(), pointer_size=8)
    return Network(config).eval()


def windows(n: int, length: int = 20) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(3)
    return [{"ids": rng.integers(5, 900, (1, length)), "cases": rng.integers(0, 5, (1, length))} for _ in range(n)]


@pytest.fixture(scope="module")
def session(network: Network, tmp_path_factory: pytest.TempPathFactory) -> onnxruntime.InferenceSession:
    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    write_graph(network, path, observe(network, windows(20)))
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def test_every_output_is_near_the_networks(network: Network, session: onnxruntime.InferenceSession) -> None:
    # Of all numbers together: with fresh weights the worst single one swings from encoder to encoder.
    for name, error in errors(network, session, windows(6)).items():
        assert error <= LOSS, (name, error)


def test_a_window_has_the_same_scores_whatever_is_read_with_it(session: onnxruntime.InferenceSession) -> None:
    feeds = windows(4)
    together = session.run(Outputs.NAMES, {name: np.concatenate([f[name] for f in feeds]) for name in ("ids", "cases")})
    for k, feed in enumerate(feeds):
        for both, alone in zip(together, session.run(Outputs.NAMES, feed), strict=True):
            np.testing.assert_allclose(both[k], alone[0], atol=1e-5)


def test_a_graph_needs_articles_to_measure_on(network: Network) -> None:
    with pytest.raises(ValueError, match="no article"):
        observe(network, [])


def test_an_encoder_of_another_kind_is_refused(network: Network, tmp_path: Path) -> None:
    shape = DistilBertConfig(vocab_size=50, dim=32, n_layers=1, n_heads=2, hidden_dim=32)
    other = Network(Config(name="t", output="o", encoder="e", data=Data()), encoder=DistilBertModel(shape))
    with pytest.raises(ValueError, match="only a BERT"):
        write_graph(other, tmp_path / "m.onnx", {})


@given(arrays(np.float32, st.tuples(st.integers(1, 30), st.integers(1, 8)), elements=FLOATS))
def test_a_range_holds_zero_and_loses_no_more_than_the_widest_one(values: np.ndarray) -> None:
    chosen = range_of(values)
    assert 0 <= chosen.zero <= 255

    def error(scale: float, zero: int) -> float:
        steps = np.clip(np.round(values / scale) + zero, 0, 255)
        return float((((steps - zero) * scale - values) ** 2).mean())

    low, high = min(float(values.min()), 0.0), max(float(values.max()), 1e-12)
    scale = (high - low) / 255
    widest = error(scale, int(np.clip(np.round(-low / scale), 0, 255)))
    assert error(chosen.scale, chosen.zero) <= widest * 1.001 + 1e-6


def test_a_lone_outlier_does_not_coarsen_all_others() -> None:
    values = np.random.default_rng(0).normal(size=(40_000, 10)).astype(np.float32)
    values[0, 0] = 12.0
    assert range_of(values).scale < 0.95 * (12 - values.min()) / 255


@given(arrays(np.float32, (6, 5), elements=FLOATS))
def test_a_matrix_in_steps_is_the_matrix_to_half_a_step(matrix: np.ndarray) -> None:
    steps, scale = columns(matrix)
    assert np.abs(steps).max() <= WEIGHT_RANGE
    peak = np.abs(matrix).max(axis=0)
    assert (np.abs(steps * scale - matrix).max(axis=0) <= 0.41 * peak + scale).all()
    mean_error = ((steps * scale - matrix) ** 2).mean(axis=0)
    assert (mean_error <= (peak / WEIGHT_RANGE / 2 + 1e-9) ** 2 + 1e-9).all()


def test_smoothing_evens_out_columns_and_leaves_the_product() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(50, 16)).astype(np.float32)
    rows[:, 3] *= 100
    matrix = rng.normal(size=(16, 7)).astype(np.float32)
    factors = smoothing(np.abs(rows).max(axis=0), [matrix])
    even, uneven = (np.abs(r).max(axis=0) for r in (rows / factors, rows))
    assert even.max() / even.min() < 0.3 * uneven.max() / uneven.min()
    np.testing.assert_allclose((rows / factors) @ (matrix * factors[:, None]), rows @ matrix, rtol=2e-3, atol=2e-3)

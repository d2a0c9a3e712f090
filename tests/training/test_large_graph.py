"""The graph in blocks of 4 bits: what it gives is near the network's, and rounding by moments beats rounding each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from graph_errors import errors
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from transformers import MPNetConfig, MPNetModel

from claimcheck.training import large_graph
from claimcheck.training.blocks import fitted, rounded
from claimcheck.training.config import Config, Data
from claimcheck.training.large_graph import moments, vocabulary_rows, write_large_graph
from claimcheck.training.network import Network

WINDOW = 40


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(4)
    shape = MPNetConfig(
        vocab_size=200, hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=256,
        max_position_embeddings=64,
    )  # fmt: skip
    config = Config(name="t", output="o", encoder="e", data=Data(), pointer_size=8, window=WINDOW)
    network = Network(config, encoder=MPNetModel(shape, add_pooling_layer=False)).eval()
    torch.nn.init.normal_(network.case.weight)
    # Fresh weights hardly attend: with these, distances and order tell in the output.
    torch.nn.init.normal_(network.encoder.encoder.relative_attention_bias.weight, std=2.0)
    return network


def windows(n: int, length: int = 30, seed: int = 3) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(seed)
    return [{"ids": rng.integers(5, 200, (1, length)), "cases": rng.integers(0, 5, (1, length))} for _ in range(n)]


@pytest.fixture(scope="module", autouse=True)
def few_frequent_words() -> Iterator[None]:
    """So that the graph of the tests has frequent and rare ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_graph, "FREQUENT", 50)
        yield


@pytest.fixture(scope="module")
def session(network: Network, tmp_path_factory: pytest.TempPathFactory) -> onnxruntime.InferenceSession:
    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    vocabulary = vocabulary_rows({f"w{i}": i for i in range(200)}, 3)
    write_large_graph(network, path, moments(network, windows(40)), window=WINDOW, vocabulary=vocabulary)
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("length", [1, 7, WINDOW])
def test_every_output_is_near_the_networks(
    network: Network, session: onnxruntime.InferenceSession, length: int
) -> None:
    for name, error in errors(network, session, windows(20, length, seed=9)).items():
        # Positions from zero, no bias of attention, or one that is turned round give 0.02 to 0.08.
        assert error < 0.015, (name, error)


def test_the_vocabulary_keeps_what_english_articles_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_graph, "FREQUENT", 3)
    pieces = {"<unk>": 3, "[unused1]": 0, "the": 1, "é": 2, "相": 4, "##ing": 5, "Ж": 6, ",": 7}
    frequent, rare = vocabulary_rows(pieces, 3, {5, 6})
    assert frequent.tolist() == [3, 1, 2], "a vocabulary begins with what is frequent"
    assert rare.tolist() == [5, 7, 6], "what came in the articles stays, whatever its script"


def test_a_graph_needs_articles_to_measure_on(network: Network) -> None:
    with pytest.raises(ValueError, match="no article"):
        moments(network, [])


def test_a_bert_is_refused(tiny_encoder: Path, tmp_path: Path) -> None:
    bert = Network(Config(name="t", output="o", encoder=str(tiny_encoder), data=Data()))
    nothing = np.zeros(0, np.int64)
    with pytest.raises(ValueError, match="only an MPNet"):
        write_large_graph(bert, tmp_path / "m.onnx", {}, window=WINDOW, vocabulary=(nothing, nothing))


@given(arrays(np.float32, (3, 64), elements=st.floats(-100, 100, width=32)), st.sampled_from([4, 8]))
def test_a_table_in_steps_is_the_table_to_about_half_a_step(table: np.ndarray, bits: int) -> None:
    blocks = rounded(table, size=32, bits=bits)
    peak = np.repeat(np.abs(table.reshape(3, 2, 32)).max(-1), 32, axis=1)
    assert (np.abs(blocks.floats() - table) <= 0.32 * peak + np.abs(np.repeat(blocks.scale, 32, axis=1)) + 1e-6).all()
    error = ((blocks.floats() - table) ** 2).mean()
    assert error <= ((peak / (1 << (bits - 1))) ** 2).mean() + 1e-9


def test_steps_are_packed_two_to_a_byte_the_first_in_the_low_bits() -> None:
    blocks = rounded(np.linspace(-8, 7, 32, dtype=np.float32)[None], size=32)
    packed = blocks.packed()
    assert packed.shape == (1, 1, 16)
    assert (packed[0, 0] & 15).tolist() == blocks.steps[0, 0::2].tolist()
    assert (packed[0, 0] >> 4).tolist() == blocks.steps[0, 1::2].tolist()


def test_rounding_by_moments_changes_products_less() -> None:
    rng = np.random.default_rng(0)
    rows = (rng.normal(size=(500, 8)) @ rng.normal(size=(8, 64)) + 0.3 * rng.normal(size=(500, 64))).astype(np.float32)
    matrix = rng.normal(size=(64, 20)).astype(np.float32)
    alone, together = rounded(np.ascontiguousarray(matrix.T), size=32), fitted(matrix, rows.T @ rows, size=32)
    errors = [np.linalg.norm(rows @ b.floats().T - rows @ matrix) for b in (alone, together)]
    assert errors[1] < 0.5 * errors[0]


def test_inputs_that_never_came_are_no_trouble() -> None:
    blocks = fitted(np.ones((64, 3), np.float32), np.zeros((64, 64), np.float32), size=32)
    np.testing.assert_allclose(blocks.floats(), 1, atol=0.15)

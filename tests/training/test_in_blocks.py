"""Training in blocks: what is kept is in steps, the graph is the network, and learning goes on between the steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from graph_errors import errors
from transformers import MPNetConfig, MPNetModel

from claimcheck.corpus import GoldArticle, to_record
from claimcheck.training import large_graph
from claimcheck.training.blocks import fitted, nearest, rounded, step_sizes
from claimcheck.training.config import Config, Data
from claimcheck.training.export import examples, export, load_run
from claimcheck.training.train import load_tokenizer, train


@pytest.fixture(scope="module", autouse=True)
def few_frequent_words() -> Iterator[None]:
    """So that the tiny vocabulary has frequent and rare ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_graph, "FREQUENT", 50)
        yield


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path) -> Path:
    """An MPNet of two layers with the vocabulary of the tiny BERT."""
    torch.manual_seed(6)
    folder = tmp_path_factory.mktemp("mpnet")
    tokenizer = load_tokenizer(str(tiny_encoder))
    shape = MPNetConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=128, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=128, max_position_embeddings=128,
    )  # fmt: skip
    MPNetModel(shape, add_pooling_layer=False).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((tiny_encoder / name).read_bytes())
    return folder


def recipe(output: Path, encoder: Path, articles: Path, **changes: object) -> Config:
    options: dict[str, object] = {
        "epochs": 2.0, "batch_tokens": 512, "window": 96, "context": 16, "pointer_size": 8, "dropout": 0.0,
        "learning_rate": 1e-2, "frozen_layers": 1, "in_blocks": True, "log_every": 1,
    }  # fmt: skip
    data = Data(articles=[str(articles)])
    return Config(name="tiny", output=str(output), encoder=str(encoder), data=data, **{**options, **changes})


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory, articles: list[GoldArticle]) -> Path:
    path = tmp_path_factory.mktemp("annotated") / "a.jsonl"
    path.write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, encoder: Path, annotated: Path) -> Path:
    output = tmp_path_factory.mktemp("run")
    train(recipe(output, encoder, annotated))
    return output


def in_steps(weight: torch.Tensor) -> bool:
    return torch.allclose(weight, nearest(weight, step_sizes(weight, size=128)), atol=1e-6)


def test_what_is_kept_is_in_steps_and_has_learned(run: Path) -> None:
    network, config = load_run(run)
    layers = network.encoder.encoder.layer  # type: ignore[union-attr]
    assert all(in_steps(m.weight) for m in layers.modules() if isinstance(m, torch.nn.Linear))
    start = MPNetModel.from_pretrained(config.encoder, add_pooling_layer=False).encoder.layer
    moved = [(a.output.dense.weight - b.output.dense.weight).abs().max() for a, b in zip(layers, start, strict=True)]
    step = step_sizes(layers[1].output.dense.weight, size=128).abs().max()
    # What is frozen is only rounded, over some steps at most; what is trained has learned far more.
    assert moved[1] > moved[0]
    assert moved[1] > 2 * step
    log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    steps = [entry["label"] for entry in log if "label" in entry]
    assert steps[-1] < steps[0]


def test_the_graph_is_the_network(run: Path, tmp_path: Path, articles: list[GoldArticle]) -> None:
    texts = [a.text for a in articles]
    folder = export(run, tmp_path / "model", name="tiny", version="1", texts=texts)
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    network, config = load_run(run)
    read = list(examples(load_tokenizer(config.encoder), texts[:3], config))
    for name, error in errors(network, session, read).items():
        # The heads' 8 bits; a network rounded only now is further (test_large_graph.py).
        assert error < 0.008, (name, error)


def test_it_goes_on_where_it_stopped(
    tmp_path: Path, encoder: Path, annotated: Path, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claimcheck.training import checkpoint

    kept = checkpoint.save

    def save_and_stop(*arguments: object) -> None:
        kept(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "save", save_and_stop)
        with pytest.raises(KeyboardInterrupt):
            train(recipe(tmp_path, encoder, annotated, evaluate_every=3))
    train(recipe(tmp_path, encoder, annotated, evaluate_every=3))
    one, other = (load_run(folder)[0].state_dict() for folder in (run, tmp_path))
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def test_rounding_twice_is_rounding_once() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(300, 256)).astype(np.float32)
    matrix = rng.normal(size=(256, 40)).astype(np.float32)
    once = fitted(matrix, rows.T @ rows, size=128)
    twice = fitted(np.ascontiguousarray(once.floats().T), rows.T @ rows, size=128)
    np.testing.assert_allclose(twice.floats(), once.floats(), atol=1e-5)
    for bits in (4, 8):
        table = rounded(np.ascontiguousarray(matrix.T), size=128, bits=bits)
        np.testing.assert_allclose(rounded(table.floats(), size=128, bits=bits).floats(), table.floats(), atol=1e-5)


def test_weights_are_exact_again_after_reading_and_gradients_stay() -> None:
    weight = torch.linspace(-1, 1, 256).view(2, 128)
    assert (nearest(weight, step_sizes(weight, size=128)) - weight).abs().max() < 0.15
    assert not in_steps(weight)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"average": 0.9}, "mean of weights"),
        ({"soup": True}, "mean of weights"),
        ({"frozen_layers": 0}, "must be frozen"),
    ],
)
def test_what_cannot_be_trained_in_blocks_is_refused(
    tmp_path: Path, encoder: Path, annotated: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        train(recipe(tmp_path, encoder, annotated, **changes))

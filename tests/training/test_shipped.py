"""A model that ships becomes a network again: one that says the same, teaches, and goes on learning."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from graph_errors import errors

from claimcheck.corpus import GoldArticle, to_record
from claimcheck.errors import ModelError
from claimcheck.sentences import split
from claimcheck.training.config import Config, Data
from claimcheck.training.evaluate import decoding_of
from claimcheck.training.export import export, load_run
from claimcheck.training.graph import observe, write_graph
from claimcheck.training.network import Network
from claimcheck.training.shipped import beginning, is_model, network_of
from claimcheck.training.teacher import Teacher
from claimcheck.training.train import load_tokenizer, train

LOSS = 0.08
"""As in ``test_graph``: what 8 bits cost the scores of an encoder with random weights."""


def recipe(output: Path, encoder: Path, **changes: object) -> Config:
    options = {"window": 96, "context": 16, "pointer_size": 8, "epochs": 1.0, "data": Data()} | changes
    return Config(name="t", output=str(output), encoder=str(encoder), **options)


def feeds(n: int) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(3)
    return [{"ids": rng.integers(5, 900, (1, 20)), "cases": rng.integers(0, 5, (1, 20))} for _ in range(n)]


def test_the_network_says_what_the_graph_says(tiny_model: Path) -> None:
    network, config = network_of(tiny_model)
    assert (config.window, config.context, config.pointer_size) == (96, 16, 8)
    session = onnxruntime.InferenceSession(str(tiny_model / "model.onnx"), providers=["CPUExecutionProvider"])
    for name, error in errors(network, session, feeds(6)).items():
        assert error <= LOSS, (name, error)


def test_every_weight_comes_back(tiny_encoder: Path, tiny_model: Path, tmp_path: Path) -> None:
    torch.manual_seed(8)
    network = Network(recipe(tmp_path, tiny_encoder)).eval()
    assert network.case is not None
    assert network.crf is not None
    for part in (network.case.weight, network.crf.transitions, network.crf.start):
        torch.nn.init.normal_(part)
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    write_graph(network, folder / "model.onnx", observe(network, feeds(20)))
    decoding = decoding_of(network)
    described = json.loads((folder / "config.json").read_text())
    described |= {"transitions": decoding.transitions.tolist(), "start": decoding.start.tolist()}
    del described["files"]["model.onnx"]
    described["files"]["model.onnx"] = record(folder / "model.onnx")
    (folder / "config.json").write_text(json.dumps(described))
    again, _ = network_of(folder)
    assert network.state_dict().keys() == again.state_dict().keys()
    # Folded: other weights that come to the same. Of a chain, what it forbids has no weight: below.
    folded = ("position_embeddings", "token_type_embeddings", "self.value", "attention.output.dense.weight", "crf.")
    for name, value in network.state_dict().items():
        if not any(part in name for part in folded):
            assert float((value - again.state_dict()[name]).norm() / value.norm().clamp(min=1e-3)) < 0.03, name
    for mine, its in zip(network.crf.matrices(), again.crf.matrices(), strict=True):  # type: ignore[union-attr]
        assert torch.allclose(mine.clamp(min=-100), its.clamp(min=-100), atol=1e-2)


def record(path: Path) -> dict[str, object]:
    import hashlib

    return {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def test_training_goes_on_from_a_model_and_the_result_is_exported(
    tiny_model: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles), encoding="utf-8")
    run = tmp_path / "run"
    data = Data(articles=[str(tmp_path / "a.jsonl")])
    # The model is encoder, beginning and teacher at once: a newsroom needs no other download.
    config = recipe(
        run, tiny_model, data=data, teachers=[str(tiny_model)], learning_rate=2e-3, batch_tokens=512, log_every=1
    )
    train(config)
    network, kept = load_run(run)
    assert kept == config
    before = network_of(tiny_model)[0].state_dict()
    assert any(not torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert not (tiny_model / "said").exists(), "a model that ships is left as it is"
    folder = export(run, tmp_path / "model", name="tiny", version="2", texts=[a.text for a in articles])
    assert is_model(folder)
    assert (folder / "tokenizer.json").read_bytes() == (tiny_model / "tokenizer.json").read_bytes()


def test_a_run_on_another_encoder_begins_with_the_models_weights(
    tiny_model: Path, tiny_encoder: Path, tmp_path: Path
) -> None:
    begun = beginning(recipe(tmp_path, tiny_encoder, init=str(tiny_model)))
    expected = network_of(tiny_model)[0]
    for name, value in expected.state_dict().items():
        assert torch.equal(value, begun.state_dict()[name]), name


def test_the_tokenizer_is_the_models_own(tiny_model: Path, tiny_encoder: Path) -> None:
    text = "The mayor said on Tuesday that the bridge would close."
    ours, base = load_tokenizer(str(tiny_model)), load_tokenizer(str(tiny_encoder))
    assert ours.encode(text).ids == base.encode(text).ids


def test_a_mean_with_another_shape_is_refused_before_training(
    tiny_model: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles), encoding="utf-8")
    shipped = Path(__file__).parents[2] / "models" / "claimcheck-en"
    with pytest.raises(ValueError, match="another shape"):
        train(recipe(tmp_path / "run", tiny_model, data=Data(articles=[str(path)]), mean_with=str(shipped)))
    assert not (tmp_path / "run" / "log.jsonl").exists()


def test_a_damaged_model_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    with (folder / "model.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="damaged"):
        network_of(folder)


def test_a_recipe_of_another_shape_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shape"):
        network_of(tiny_model, recipe(tmp_path, tiny_model, pointer_size=4))


def test_a_teacher_that_ships_keeps_what_it_said_beside_the_run(
    tiny_model: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    teacher = Teacher.load(tiny_model, tmp_path / "said")
    text = articles[0].text
    first = teacher.said(text, split(text))
    assert len(list((tmp_path / "said").iterdir())) == 1
    np.testing.assert_array_equal(teacher.said(text, split(text)).labels, first.labels)
    assert not (tiny_model / "said").exists()


def test_the_mean_of_a_run_and_the_model_is_kept_once(
    tiny_model: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles), encoding="utf-8")
    data = Data(articles=[str(path)])
    options = {"data": data, "batch_tokens": 512, "learning_rate": 2e-3}
    plain = recipe(tmp_path / "plain", tiny_model, **options)
    mixed = recipe(tmp_path / "mixed", tiny_model, mean_with=str(tiny_model), **options)
    train(plain)
    train(mixed)
    train(mixed)  # a second time nothing is left to do
    learned, kept = (load_run(tmp_path / name)[0].state_dict() for name in ("plain", "mixed"))
    for name, before in network_of(tiny_model)[0].state_dict().items():
        torch.testing.assert_close(kept[name], (learned[name] + before) / 2, atol=1e-5, rtol=1e-4, msg=name)

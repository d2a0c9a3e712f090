"""A tiny run from articles to an exported graph: it learns, it resumes, and the graph agrees with the network."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from claimcheck import windows
from claimcheck.attribution import LABELS, sentence_labels
from claimcheck.checker import Checker
from claimcheck.corpus import GoldArticle, to_record
from claimcheck.errors import ModelError
from claimcheck.model import Model
from claimcheck.model import read_config as read_description
from claimcheck.training import checkpoint
from claimcheck.training.batches import batches, collate, forever
from claimcheck.training.config import Config, Data, read_config
from claimcheck.training.crf import Crf
from claimcheck.training.data import B, I, O, encode
from claimcheck.training.evaluate import decoding_of, score
from claimcheck.training.export import describe, export, load_run
from claimcheck.training.network import Network
from claimcheck.training.noise import Noise
from claimcheck.training.train import RunningMean, load_tokenizer, train


@pytest.fixture(scope="module")
def jsonl(tmp_path_factory: pytest.TempPathFactory, articles: list[GoldArticle]) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("data")
    records = [to_record(a) for a in articles]
    for name, part in (("train", records[2:]), ("dev", records[:2])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in part), encoding="utf-8")
    return {name: str(folder / f"{name}.jsonl") for name in ("train", "dev")}


def config(output: Path, encoder: Path, jsonl: dict[str, str], **changes: object) -> Config:
    options = {
        "epochs": 1.0,
        "batch_tokens": 512,
        "window": 96,
        "context": 16,
        "evaluate_every": 8,
        "log_every": 4,
        "pointer_size": 8,
        "learning_rate": 1e-3,
        "dropout": 0.0,
    }
    data = Data(articles=[jsonl["train"]], dev={"dev": jsonl["dev"]})
    return Config(name="tiny", output=str(output), encoder=str(encoder), data=data, **{**options, **changes})


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, jsonl: dict[str, str]) -> Path:
    output = tmp_path_factory.mktemp("run") / "out"
    train(config(output, tiny_encoder, jsonl, epochs=3.0))
    return output


@pytest.fixture(scope="module")
def model(run: Path, tmp_path_factory: pytest.TempPathFactory, articles: list[GoldArticle]) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    return export(run, folder, name="tiny", version="1", texts=[a.text for a in articles])


def test_the_losses_fall(run: Path) -> None:
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    steps = [e for e in entries if "role" in e]
    assert steps[-1]["role"] < 0.8 * steps[0]["role"]
    assert any("figures" in e for e in entries)


def test_bfloat16_is_for_training_alone(tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str]) -> None:
    train(config(tmp_path / "mixed", tiny_encoder, jsonl, bfloat16=True, epochs=3.0))
    steps = [json.loads(line) for line in (tmp_path / "mixed" / "log.jsonl").read_text().splitlines()]
    losses = [e["role"] for e in steps if "role" in e]
    assert losses[-1] < 0.8 * losses[0]
    network, _ = load_run(tmp_path / "mixed")
    assert {p.dtype for p in network.parameters()} == {torch.float32}
    ids = torch.randint(5, 900, (2, 20))
    read = {}
    for mode in ("never", "training", "always"):
        network.mixed_precision = mode  # type: ignore[assignment]
        with torch.no_grad():
            read[mode] = network.eval()(ids, torch.zeros_like(ids), torch.ones_like(ids)).role
    assert read["always"].dtype == torch.float32
    assert torch.equal(read["never"], read["training"]), "what is evaluated is what is exported"
    assert not torch.equal(read["never"], read["always"])
    torch.testing.assert_close(read["never"], read["always"], atol=0.1, rtol=0.1)


@pytest.mark.parametrize("average", [0.0, 0.9])
def test_a_run_goes_on_where_it_stopped(
    tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str], monkeypatch: pytest.MonkeyPatch, average: float
) -> None:
    whole = tmp_path / "whole"
    train(config(whole, tiny_encoder, jsonl, average=average))
    halves = tmp_path / "halves"
    saves = []

    def save_and_die(*args: object) -> None:
        original(*args)  # type: ignore[arg-type]
        saves.append(1)
        if len(saves) == 1:
            raise KeyboardInterrupt

    original = checkpoint.save
    monkeypatch.setattr(checkpoint, "save", save_and_die)
    with pytest.raises(KeyboardInterrupt):
        train(config(halves, tiny_encoder, jsonl, average=average))
    stopped = json.loads((halves / "checkpoint" / "state.json").read_text())["step"]
    train(config(halves, tiny_encoder, jsonl, average=average))
    assert len(saves) > 1
    assert 0 < stopped < json.loads((halves / "checkpoint" / "state.json").read_text())["step"]
    for file in ("weights.safetensors", *(["averaged.safetensors"] if average else [])):
        a, b = (checkpoint.load_file(f / "checkpoint" / file) for f in (whole, halves))
        for name, tensor in a.items():
            torch.testing.assert_close(tensor, b[name], atol=1e-5, rtol=1e-4, msg=name)


def test_the_running_mean_is_kept_and_follows_the_weights(
    tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str]
) -> None:
    output = tmp_path / "run"
    train(config(output, tiny_encoder, jsonl, average=0.5, evaluate_every=1000))
    kept = checkpoint.load_file(output / "best" / "weights.safetensors")
    trained = checkpoint.load_file(output / "checkpoint" / "weights.safetensors")
    assert any(not torch.equal(kept[name], tensor) for name, tensor in trained.items())

    network, _ = load_run(output)
    mean = RunningMean(network, 0.5)
    parameter, averaged = network.salience.weight, mean.network.salience.weight
    before = averaged.clone()
    with torch.no_grad():
        parameter += 1.0
    mean.update(1000)
    torch.testing.assert_close(averaged, before + 0.5)
    mean.update(0)  # early on, the mean forgets where it began
    torch.testing.assert_close(averaged, before + 0.95)
    assert not averaged.requires_grad


def test_the_mean_of_best_and_last_is_kept_where_it_is_better(
    tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "run"
    mixed: list[dict[str, torch.Tensor]] = []
    first = iter([1.0])  # the first evaluation is better than those after it, and that of the mean the best
    monkeypatch.setattr("claimcheck.training.train.figures", lambda *_: {"content": 2.0 if mixed else next(first, 0.5)})

    def mix(path: Path, network: torch.nn.Module) -> None:
        best, last = checkpoint.load_file(path), {k: v.clone() for k, v in network.state_dict().items()}
        original(path, network)
        mixed.append({k: (best[k] + last[k]) / 2 for k in best})

    original = checkpoint.mix
    monkeypatch.setattr(checkpoint, "mix", mix)
    recipe = config(output, tiny_encoder, jsonl, soup=True, evaluate_every=4)
    assert train(recipe) == {"dev": {"content": 2.0}}
    kept = checkpoint.load_file(output / "best" / "weights.safetensors")
    for name, tensor in mixed[0].items():
        torch.testing.assert_close(kept[name], tensor, msg=name)
    train(recipe)  # once is enough
    assert len(mixed) == 1


@pytest.mark.parametrize("killed_at", ["checkpoint", "rename"])
def test_a_run_killed_while_it_mixes_ends_with_the_same_mean(
    tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str], monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    kept = []
    for output in (tmp_path / "whole", tmp_path / "killed"):
        figures = iter([1.0, 0.5, *[2.0] * 9])  # at two steps, and of the mean, which may have to be made twice
        with monkeypatch.context() as patch:
            patch.setattr("claimcheck.training.train.figures", lambda *_, figures=figures: {"content": next(figures)})
            recipe = config(output, tiny_encoder, jsonl, soup=True, evaluate_every=4, epochs=1.0)
            if output.name == "killed":

                def kill(*args: Any, save: Any = checkpoint.save) -> None:
                    if killed_at == "rename" or "soup" not in args[3]:
                        save(*args)
                    if "soup" in args[3]:
                        raise KeyboardInterrupt

                with monkeypatch.context() as killer:
                    killer.setattr(checkpoint, "save", kill)
                    with pytest.raises(KeyboardInterrupt):
                        train(recipe)
            assert train(recipe) == {"dev": {"content": 2.0}}
        kept.append(checkpoint.load_file(output / "best" / "weights.safetensors"))
        assert not (output / "best" / "mixed.safetensors").exists()
    for name, tensor in kept[0].items():
        torch.testing.assert_close(kept[1][name], tensor, msg=name)


def test_frozen_layers_stay_as_they_are_and_the_others_learn(
    tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str]
) -> None:
    recipe = config(tmp_path / "run", tiny_encoder, jsonl, frozen_layers=1, case_embedding=True)
    train(recipe)
    before, after = Network(recipe).state_dict(), load_run(tmp_path / "run")[0].state_dict()
    still = {name for name in before if name.startswith(("encoder.", "case.")) and before[name].equal(after[name])}
    assert {n.split(".layer.")[0] for n in still} >= {"case.weight", "encoder.embeddings.word_embeddings.weight"}
    assert {n for n in before if ".layer.0." in n} <= still
    assert not {n for n in before if ".layer.1." in n and n.endswith("dense.weight")} & still


def test_more_layers_than_there_are_cannot_be_frozen(tmp_path: Path, tiny_encoder: Path, jsonl: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="freezes 3 layers, and the encoder has 2"):
        train(config(tmp_path / "run", tiny_encoder, jsonl, frozen_layers=3))


def test_a_folder_with_another_recipe_is_not_overwritten(run: Path, tiny_encoder: Path, jsonl: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="another recipe"):
        train(config(run, tiny_encoder, jsonl, seed=99))


def test_batches_are_the_same_after_a_resume(
    run: Path, tiny_encoder: Path, articles: list[GoldArticle], jsonl: dict[str, str]
) -> None:
    c = config(run, tiny_encoder, jsonl)
    tokenizer = load_tokenizer(c.encoder)
    examples = [encode(to_record(a), tokenizer, c) for a in articles]
    n = len(batches(examples, 96, 512, np.random.default_rng([1, 0])))
    stream = forever(examples, 96, 512, 1)
    sequence = [next(stream) for _ in range(2 * n)]
    resumed = forever(examples, 96, 512, 1, start=n + 3)
    assert [next(resumed) for _ in range(3)] == sequence[n + 3 : n + 6]


def test_targets_stand_where_the_annotation_says(tiny_encoder: Path, jsonl: dict[str, str], tmp_path: Path) -> None:
    text = "Rain fell. “Taxes will fall,” she said."
    article = {
        "id": "a",
        "text": text,
        "sentences": [
            {"start": 0, "end": 10, "label": "fact"},
            {"start": 11, "end": 39, "label": "claim", "hard": True},
        ],
        "attributions": [{"source": [[30, 33]], "cue": [[34, 38]], "content": [[11, 29]]}],
    }
    c = config(tmp_path, tiny_encoder, jsonl)
    e = encode(article, load_tokenizer(c.encoder), c)
    assert e.labels.argmax(1).tolist() == [LABELS.index("fact"), LABELS.index("claim")]
    assert e.weights.tolist() == [1.0, c.loss.hard_label]
    assert e.tags is not None
    for role, (start, end) in enumerate([(30, 33), (34, 38), (11, 29)]):
        (begin,) = np.flatnonzero(e.tags[:, role] == B)
        inside = np.flatnonzero(e.tags[:, role] != O)
        assert (e.tokens.starts[begin], e.tokens.ends[inside[-1]]) == (start, end)
        assert (e.tags[inside[1:], role] == I).all()
    source, cue, content = (int(np.flatnonzero(e.tags[:, r] == B)[0]) for r in range(3))
    assert e.links == {
        "cue_source": [(cue, source)],
        "content_cue": [(content, cue)],
        "content_source": [(content, source)],
        "antecedent": [],
    }
    batch = collate([e], [(0, 0, len(e.tokens))])
    assert batch.mask.sum() == len(e.tokens)
    assert batch.links["cue_source"][2].tolist() == [source]


def test_the_crf_scores_what_brute_force_scores() -> None:
    torch.manual_seed(0)
    crf = Crf(1)
    torch.nn.init.normal_(crf.transitions)
    scores = torch.randn(1, 4, 1, 3)
    transitions, start = (m[0] for m in crf.matrices())
    sequences = torch.cartesian_prod(*[torch.arange(3)] * 4)

    def path(tags: torch.Tensor) -> torch.Tensor:
        steps = sum(transitions[a, b] for a, b in zip(tags, tags[1:], strict=False))
        return start[tags[0]] + steps + scores[0, torch.arange(4), 0, tags].sum()

    total = torch.logsumexp(torch.stack([path(t) for t in sequences]), 0)
    gold = torch.tensor([O, B, I, O])
    loss = crf(scores, gold[None, :, None], torch.ones(1, 4, dtype=torch.bool))
    torch.testing.assert_close(loss.squeeze(), total - path(gold))


def test_the_graph_agrees_with_the_network(run: Path, model: Path, articles: list[GoldArticle]) -> None:
    network, c = load_run(run)
    checker = Checker(Model(model, threads=1))
    same = total = 0
    for article in articles:
        prepared = checker._prepare(article.text)
        (graph,) = checker.model.run([(prepared.tokens, prepared.slices)])
        torch_scores = score(network, prepared.tokens, c)
        a, b = (sentence_labels(s, prepared.tokens, decoding_of(network)).argmax(1) for s in (graph, torch_scores))
        same += int((a == b).sum())
        total += len(a)
    assert same / total >= 0.99


def test_a_model_folder_is_complete_and_small(model: Path) -> None:
    assert sorted(p.name for p in model.iterdir()) == ["config.json", "model.onnx", "tokenizer.json"]
    assert not list(model.parent.glob("*.partial"))


def test_what_calibration_finds_is_written_and_the_rest_stays(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    before = read_description(folder)
    describe(folder, entry=[0.5, 0, -0.25])
    describe(folder, temperature=1.5)
    after = read_description(folder)
    assert after == msgspec.structs.replace(before, entry=(0.5, 0.0, -0.25), temperature=1.5)
    assert not list(folder.glob("*.partial"))


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_broken_model_folder_is_refused(model: Path, tmp_path: Path, file: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    data = (folder / file).read_bytes()
    (folder / file).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ModelError, match="damaged"):
        Model(folder)
    (folder / file).unlink()
    with pytest.raises(ModelError, match=file):
        Model(folder)


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_model_folder_that_does_not_name_its_files_is_refused(model: Path, tmp_path: Path, file: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    config = json.loads((folder / "config.json").read_text())
    del config["files"][file]
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match=f"does not name {file}"):
        Model(folder)


def test_a_tokenizer_that_is_none_is_refused(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    (folder / "tokenizer.json").write_text("{}")
    config = json.loads((folder / "config.json").read_text())
    digest = hashlib.sha256(b"{}").hexdigest()
    config["files"]["tokenizer.json"] = {"size": 2, "sha256": digest}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="no tokenizer"):
        Checker(Model(folder))


def test_a_model_leaves_no_file_open(model: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        Model(model)
        gc.collect()
    assert not [w for w in told if w.category is ResourceWarning]


def test_a_recipe_with_a_misspelt_field_is_refused(tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "a"\noutput = "o"\nencoder = "e"\nepocs = 3\n[data]\n')
    with pytest.raises(ValueError, match="epocs"):
        read_config(recipe)


def test_no_context_is_lost_between_windows_at_inference(model: Path, articles: list[GoldArticle]) -> None:
    checker = Checker(Model(model, threads=1))
    p = checker._prepare(articles[0].text)
    assert len(p.slices) > 1
    assert p.slices == windows.slices(p.tokens, size=96, context=16)


def test_noise_sets_quotation_marks_in_another_style_and_nothing_else(
    tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(str(tiny_encoder))
    c = Config(name="n", output=str(tmp_path), encoder=str(tiny_encoder), data=Data(), window=96)
    examples = [encode(to_record(a), tokenizer, c) for a in articles]
    rows = [(i, 0, min(96, len(e.tokens))) for i, e in enumerate(examples)]
    plain, noisy = collate(examples, rows), collate(examples, rows)
    Noise(tokenizer, quotes=1.0)(noisy, np.random.default_rng(3))
    changed = plain.ids != noisy.ids
    marks = [tokenizer.token_to_id(m) for m in "“”‘’«»\"'"]
    assert changed.any()
    assert set(plain.ids[changed].tolist()) | set(noisy.ids[changed].tolist()) <= set(marks)
    assert torch.equal(plain.cases, noisy.cases)


def test_noise_opens_and_closes_straight_quotation_marks(tiny_encoder: Path, tmp_path: Path) -> None:
    tokenizer = load_tokenizer(str(tiny_encoder))
    c = Config(name="n", output=str(tmp_path), encoder=str(tiny_encoder), data=Data(), window=96)
    example = encode({"id": "a", "text": '"One" and "two".'}, tokenizer, c)
    straight = tokenizer.token_to_id('"')
    before = [k for k, piece in enumerate(example.tokens.ids.tolist()) if piece == straight]
    seen = set()
    for seed in range(20):
        batch = collate([example], [(0, 0, len(example.tokens))])
        Noise(tokenizer, quotes=1.0)(batch, np.random.default_rng(seed))
        seen.add(tuple(tokenizer.id_to_token(int(batch.ids[0, k])) for k in before))
    assert ("“", "”", "“", "”") in seen
    assert all(a == c and b == d for a, b, c, d in seen)


def test_noise_on_case_leaves_the_pieces_alone(tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path) -> None:
    tokenizer = load_tokenizer(str(tiny_encoder))
    c = Config(name="n", output=str(tmp_path), encoder=str(tiny_encoder), data=Data(), window=96)
    example = encode(to_record(articles[0]), tokenizer, c)
    plain, noisy = (collate([example], [(0, 0, 96)]) for _ in range(2))
    Noise(tokenizer, cases=1.0)(noisy, np.random.default_rng(1))
    assert torch.equal(plain.ids, noisy.ids)
    assert len(set(noisy.cases[noisy.cases > 0].tolist())) == 1
    assert torch.equal(plain.cases > 0, noisy.cases > 0)


def test_a_graph_of_another_version_is_refused_in_words(model: Path, tmp_path: Path) -> None:
    import onnx

    shutil.copytree(model, tmp_path / "m")
    graph = onnx.load(str(tmp_path / "m" / "model.onnx"))
    graph.graph.input.append(onnx.helper.make_tensor_value_info("mask", onnx.TensorProto.INT64, ["batch", "length"]))
    onnx.save(graph, str(tmp_path / "m" / "model.onnx"))
    data = (tmp_path / "m" / "model.onnx").read_bytes()
    config_ = json.loads((tmp_path / "m" / "config.json").read_text())
    config_["files"]["model.onnx"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / "m" / "config.json").write_text(json.dumps(config_))
    with pytest.raises(ModelError, match="another version"):
        Checker(Model(tmp_path / "m")).check("It rained.")

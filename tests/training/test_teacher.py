"""Teachers: what they say is written once, taken up by a student, and refused where it does not fit."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertModel, BertTokenizerFast

from claimcheck.corpus import GoldArticle, to_record
from claimcheck.training import checkpoint
from claimcheck.training.batches import collate
from claimcheck.training.config import Config, Data, Loss
from claimcheck.training.crf import Crf
from claimcheck.training.data import encode, sentence_spans, taught_as_well
from claimcheck.training.evaluate import read
from claimcheck.training.teacher import Teacher, taught
from claimcheck.training.train import load_tokenizer, train


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, articles: list[GoldArticle]) -> Path:
    """Articles without any annotation."""
    path = tmp_path_factory.mktemp("plain") / "plain.jsonl"
    path.write_text("".join(json.dumps({"id": a.id, "text": a.text}) + "\n" for a in articles), encoding="utf-8")
    return path


def recipe(output: Path, encoder: Path, **changes: object) -> Config:
    options: dict[str, object] = {
        "epochs": 1.0,
        "batch_tokens": 512,
        "window": 96,
        "context": 16,
        "log_every": 2,
        "pointer_size": 8,
        "learning_rate": 2e-3,
        "dropout": 0.0,
    }
    return Config(name="tiny", output=str(output), encoder=str(encoder), **{"data": Data(), **options, **changes})


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, articles: list[GoldArticle]) -> Path:
    folder = tmp_path_factory.mktemp("teacher")
    (folder / "a.jsonl").write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles), encoding="utf-8")
    output = folder / "run"
    train(recipe(output, tiny_encoder, epochs=3.0, data=Data(articles=[str(folder / "a.jsonl")])))
    return output


def test_marginals_are_those_of_brute_force() -> None:
    torch.manual_seed(4)
    crf = Crf(1)
    torch.nn.init.normal_(crf.transitions)
    torch.nn.init.normal_(crf.start)
    scores = torch.randn(1, 4, 1, 3)
    transitions, start = (m[0] for m in crf.matrices())
    expected = torch.zeros(3, 3)  # the last place is padding
    for path in itertools.product(range(3), repeat=3):
        value = start[path[0]] + sum(scores[0, t, 0, tag] for t, tag in enumerate(path))
        value = value + sum(transitions[a, b] for a, b in itertools.pairwise(path))
        for t, tag in enumerate(path):
            expected[t, tag] += value.exp()
    expected /= expected.sum(1, keepdim=True)
    found = crf.log_marginals(scores, torch.tensor([[True, True, True, False]]))
    assert torch.allclose(found[0, :3, 0].exp(), expected, atol=1e-5)


def test_a_student_comes_nearer_to_its_teacher_on_articles_without_annotation(
    teacher: Path, plain: Path, tiny_encoder: Path, tmp_path: Path
) -> None:
    data = Data(unlabelled=[str(plain)])
    train(recipe(tmp_path / "student", tiny_encoder, epochs=6.0, data=data, teachers=[str(teacher)]))
    log = [json.loads(line) for line in (tmp_path / "student" / "log.jsonl").read_text().splitlines()]
    steps = [entry for entry in log if "taught_role" in entry]
    assert steps[-1]["taught_role"] < steps[0]["taught_role"]
    assert steps[-1]["taught_label"] < steps[0]["taught_label"]
    assert steps[-1]["role"] == steps[-1]["link"] == 0  # nobody annotated these


def test_what_a_teacher_said_is_not_asked_again(
    teacher: Path, tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = recipe(tmp_path / "s", tiny_encoder)
    tokenizer = load_tokenizer(config.encoder)
    records = [{"id": a.id, "text": a.text} for a in articles[:2]]
    given = [(r["text"], sentence_spans(r), encode(r, tokenizer, config)) for r in records]
    first = list(taught(given, [str(teacher)]))
    for example in first:
        assert example.taught is not None
        assert example.taught.tags.shape == (len(example.tokens), 3, 3)
        assert np.allclose(example.taught.tags.sum(-1), 1, atol=1e-4)
        assert np.allclose(example.taught.labels.sum(-1), 1, atol=1e-4)

    def refuse(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(Teacher, "says", refuse)
    again = list(taught(given, [str(teacher)]))
    assert all(np.array_equal(a.taught.tags, b.taught.tags) for a, b in zip(first, again, strict=True))  # type: ignore[union-attr]


def test_of_what_is_annotated_teachers_are_asked_only_where_the_recipe_says_so(
    teacher: Path, tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(to_record(a)) + "\n" for a in articles[:2]), encoding="utf-8")
    assert taught_as_well(recipe(tmp_path, tiny_encoder)) == set()
    config = recipe(tmp_path, tiny_encoder, data=Data(articles=[str(path)], taught=[str(path)]))
    assert taught_as_well(config) == {a.id for a in articles[:2]}
    with pytest.raises(ValueError, match="neither in"):
        taught_as_well(recipe(tmp_path, tiny_encoder, data=Data(taught=[str(path)])))

    tokenizer = load_tokenizer(config.encoder)
    records = [to_record(a) for a in articles[:2]]
    given = [(r["text"], sentence_spans(r), encode(r, tokenizer, config)) for r in records]
    assert [e.taught is not None for e in taught(given, [str(teacher)])] == [False, False]
    found = list(taught(given, [str(teacher)], {articles[1].id}))
    assert [e.taught is not None for e in found] == [False, True]
    assert found[1].tags is not None
    assert found[1].weights.any()  # what the annotators said is kept beside it


def test_several_teachers_are_averaged(
    teacher: Path, tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (tmp_path / "a.jsonl").write_text(json.dumps(to_record(articles[0])) + "\n", encoding="utf-8")
    train(recipe(other, tiny_encoder, data=Data(articles=[str(tmp_path / "a.jsonl")])))
    tokenizer = load_tokenizer(str(tiny_encoder))
    record = {"id": "plain", "text": articles[1].text}
    spans = sentence_spans(record)
    given = [(record["text"], spans, encode(record, tokenizer, recipe(tmp_path, tiny_encoder)))]
    one, two = (Teacher.load(folder).says(record["text"], spans)[0] for folder in (teacher, other))
    assert not np.allclose(one.labels, two.labels)
    (both,) = taught(given, [str(teacher), str(other)])
    assert both.taught is not None
    assert np.allclose(both.taught.labels, (one.labels + two.labels) / 2, atol=1e-6)
    assert np.allclose(both.taught.tags, (one.tags + two.tags) / 2, atol=1e-6)
    (one_of_both,) = taught(given, [str(teacher), str(other)], roles=[str(other)])
    assert one_of_both.taught is not None
    assert np.allclose(one_of_both.taught.labels, both.taught.labels)
    assert np.allclose(one_of_both.taught.tags, two.tags, atol=1e-6)
    with pytest.raises(ValueError, match=r"role_teachers names \['elsewhere'\]"):
        next(taught(given, [str(teacher)], roles=["elsewhere"]))


def test_a_teacher_that_cuts_words_otherwise_is_refused(
    tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    other = tmp_path / "letters"
    other.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (other / "vocab.txt").write_text("\n".join(pieces) + "\n")
    BertTokenizerFast(str(other / "vocab.txt")).save_pretrained(other)
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(pieces), **shape), add_pooling_layer=False).save_pretrained(other)
    run = tmp_path / "run"
    (tmp_path / "a.jsonl").write_text(json.dumps(to_record(articles[0])) + "\n", encoding="utf-8")
    train(recipe(run, other, data=Data(articles=[str(tmp_path / "a.jsonl")])))

    plain = tmp_path / "plain.jsonl"
    plain.write_text(json.dumps({"id": "plain", "text": articles[0].text}) + "\n", encoding="utf-8")
    student = recipe(tmp_path / "student", tiny_encoder, data=Data(unlabelled=[str(plain)]), teachers=[str(run)])
    with pytest.raises(ValueError, match="other pieces"):
        train(student)


def test_a_teacher_that_was_never_trained_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no trained network"):
        Teacher.load(tmp_path)


def test_a_recipe_says_whom_it_learns_from() -> None:
    text = b'name = "x"\noutput = "y"\nencoder = "z"\nteachers = ["t"]\n[loss]\ntaught_label = 0.5\n[data]\n'
    read = msgspec.toml.decode(text, type=Config)
    assert read.teachers == ["t"]
    assert read.loss == Loss(taught_label=0.5)


def test_a_student_learns_its_teachers_states_and_keeps_nothing_of_that(
    teacher: Path,
    plain: Path,
    tiny_encoder: Path,
    articles: list[GoldArticle],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    output = tmp_path / "student"
    (tmp_path / "dev.jsonl").write_text(json.dumps(to_record(articles[0]) | {"id": "dev"}) + "\n", encoding="utf-8")
    config = recipe(
        output,
        tiny_encoder,
        epochs=6.0,
        average=0.9,
        soup=True,
        evaluate_every=4,
        mean_with=str(teacher),
        data=Data(unlabelled=[str(plain)], dev={"dev": str(tmp_path / "dev.jsonl")}),
        teachers=[str(teacher)],
        state_teacher=str(teacher),
        name_noise=0.3,
        quote_noise=0.3,
    )
    real = checkpoint.save

    def killed(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoint, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        train(config)
    monkeypatch.setattr(checkpoint, "save", real)
    train(config)
    log = [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]
    missed = [entry["taught_state"] for entry in log if "taught_state" in entry]
    assert missed[-1] < missed[0]
    assert any("imitation" in name for name in load_file(output / "checkpoint" / "weights.safetensors"))
    assert set(load_file(output / "best" / "weights.safetensors")) == set(
        load_file(teacher / "best" / "weights.safetensors")
    )
    whole = tmp_path / "whole"
    train(msgspec.structs.replace(config, output=str(whole)))
    first, second = (load_file(folder / "best" / "weights.safetensors") for folder in (output, whole))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_states_are_those_of_the_pieces_and_not_of_swapped_ones(
    teacher: Path, tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(str(tiny_encoder))
    record = {"id": "plain", "text": articles[1].text}
    spans = sentence_spans(record)
    given = [(record["text"], spans, encode(record, tokenizer, recipe(tmp_path, tiny_encoder)))]
    (example,) = taught(given, [str(teacher)], states=str(teacher))
    loaded = Teacher.load(teacher)
    states = read(loaded.network, example.tokens, loaded.config, ["states"])["states"]
    a, b = 7, 29
    batch = collate([example], [(0, a, b)])
    assert batch.stated.all()
    assert np.allclose(batch.taught_states.numpy(), states[a:b], atol=1e-2)
    swapped = torch.zeros_like(batch.stated)
    swapped[0, 3] = True
    batch.forget_states(swapped)
    assert batch.stated.sum() == len(batch.taught_states) == b - a - 1
    assert np.allclose(batch.taught_states.numpy(), np.delete(states[a:b], 3, 0), atol=1e-2)


def test_whose_states_are_taught_must_be_a_teacher_with_something_to_say(
    teacher: Path, tiny_encoder: Path, articles: list[GoldArticle], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="state_teacher names elsewhere"):
        next(taught([], [str(teacher)], states="elsewhere"))
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(to_record(articles[0])) + "\n", encoding="utf-8")
    options = {"data": Data(articles=[str(path)]), "teachers": [str(teacher)], "state_teacher": str(teacher)}
    with pytest.raises(ValueError, match="no article to speak of"):
        train(recipe(tmp_path / "run", tiny_encoder, **options))

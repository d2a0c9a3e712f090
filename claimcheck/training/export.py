"""A trained network to what ships: one int8 ONNX graph, its tokenizer and its config."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.model import FileRecord, ModelConfig, read_config
from claimcheck.sentences import split
from claimcheck.training import checkpoint
from claimcheck.training.config import Config
from claimcheck.training.evaluate import decoding_of
from claimcheck.training.graph import observe, write_graph
from claimcheck.training.large_graph import moments, vocabulary_rows, write_large_graph
from claimcheck.training.network import Network
from claimcheck.training.nodes import Feed, feeds
from claimcheck.training.shipped import is_model, network_of, on_encoder

LIMIT = 30_000_000
"""Bytes that a graph may have."""
LARGE_LIMIT = 60_000_000
"""Bytes that the graph of a large encoder may have."""
LARGE = "mpnet"
"""The kind of encoder that is exported in blocks of 4 bits."""


def load_run(run: Path) -> tuple[Network, Config]:
    """The best network of a training run, or that of a model that ships, and its recipe.

    Raises:
        FileNotFoundError: if the folder holds no finished evaluation.
        ModelError, ValueError: if it is a damaged model, or one that no network can be read from.
    """
    if is_model(run):
        return network_of(run)
    weights = run / "best" / "weights.safetensors"
    if not weights.exists():
        raise FileNotFoundError(f"{run} holds no trained network: run 'claimcheck train' with this output folder first")
    config = msgspec.json.decode((run / "config.json").read_bytes(), type=Config)
    network = on_encoder(config)
    checkpoint.load_weights(weights, network)
    network.eval()
    return network, config


def examples(tokenizer: Tokenizer, texts: Iterable[str], config: Config) -> Iterator[Feed]:
    """The windows of some texts, one by one, as the graph takes them."""
    for text in texts:
        yield from feeds(windows.tokenize(tokenizer, text, split(text)), window=config.window, context=config.context)


def export(run: Path, target: Path, *, name: str, version: str, texts: Iterable[str]) -> Path:
    """Export a training run's best network to a model folder, written whole or not at all.

    What calibration finds out about it is added by :func:`describe`.

    Args:
        texts: articles on which the sizes of the network's activations are measured, see ``graph`` and ``large_graph``; a
            few dozen do.

    Raises:
        FileNotFoundError: if ``run`` holds no trained network.
        ValueError: if the graph would pass :data:`LIMIT`, its encoder cannot be exported, or there are no texts.
    """
    network, config = load_run(run)
    temporary = target.with_name(target.name + ".partial")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    tokenizer = Tokenizer.from_file(str(run / "tokenizer.json"))
    _write_graph(network, temporary / "model.onnx", list(examples(tokenizer, texts, config)), tokenizer, config)
    shutil.copy(run / "tokenizer.json", temporary / "tokenizer.json")
    decoding = decoding_of(network)
    files = {file: _record(temporary / file) for file in ("model.onnx", "tokenizer.json")}
    description = ModelConfig(
        name=name,
        version=version,
        window=config.window,
        context=config.context,
        transitions=decoding.transitions.tolist(),
        start=decoding.start.tolist(),
        temperature=1.0,
        files=files,
    )
    _write_description(temporary, description)
    if (target / "README.md").exists():
        shutil.copy(target / "README.md", temporary / "README.md")
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)
    os.replace(temporary, target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def describe(
    folder: Path,
    *,
    temperature: float | None = None,
    entry: Sequence[float] | None = None,
    confidence: tuple[float, float] | None = None,
) -> None:
    """Write what calibration found into the ``config.json`` of a model folder; what is not given stays as it is."""
    found: dict[str, Any] = {}
    if temperature is not None:
        found["temperature"] = temperature
    if entry is not None:
        found["entry"] = (float(entry[0]), float(entry[1]), float(entry[2]))
    if confidence is not None:
        found["confidence"] = confidence
    _write_description(folder, msgspec.structs.replace(read_config(folder), **found))


def _write_graph(network: Network, path: Path, read: Sequence[Feed], tokenizer: Tokenizer, config: Config) -> None:
    large = network.encoder.config.model_type == LARGE  # type: ignore[union-attr]
    if large:
        unknown = tokenizer.token_to_id(tokenizer.model.unk_token) or 0
        came = {int(i) for feed in read for i in feed["ids"].ravel()}
        vocabulary = vocabulary_rows(tokenizer.get_vocab(), unknown, came)
        write_large_graph(network, path, moments(network, read), window=config.window, vocabulary=vocabulary)
    else:
        write_graph(network, path, observe(network, read))
    limit = LARGE_LIMIT if large else LIMIT
    if (size := path.stat().st_size) > limit:
        raise ValueError(f"the graph has {size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that may ship")


def _write_description(folder: Path, description: ModelConfig) -> None:
    partial = folder / "config.json.partial"
    partial.write_bytes(msgspec.json.format(msgspec.json.encode(description), indent=1))
    os.replace(partial, folder / "config.json")


def _record(path: Path) -> FileRecord:
    data = path.read_bytes()
    return FileRecord(size=len(data), sha256=hashlib.sha256(data).hexdigest())

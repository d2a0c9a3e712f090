"""A model that ships as a network again: training goes on from a graph, without the run that it came from.

The graph has every weight in whole steps (``graph``); what comes back is the network that gives the graph's scores when
its activations are not rounded. So a newsroom can go on training on articles of its own with nothing but the model folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from claimcheck.attribution import VECTORS
from claimcheck.model import Model, ModelConfig
from claimcheck.training import checkpoint
from claimcheck.training.config import Config, Data
from claimcheck.training.crf import ILLEGAL
from claimcheck.training.network import Network
from claimcheck.training.nodes import HEADS, Array

_LAYER = "encoder.encoder.layer"


def is_model(folder: str | Path) -> bool:
    """Whether a folder holds an exported model, and not a training run or an encoder."""
    return (Path(folder) / "model.onnx").exists()


def network_of(folder: Path, config: Config | None = None) -> tuple[Network, Config]:
    """The network of a model folder, heads included, ready to train or to teach.

    Args:
        folder: an exported model of a small encoder, such as ``models/claimcheck-en``.
        config: the recipe it shall be trained with; by default one that says no more than how the model reads.

    Raises:
        ModelError: if a file of the folder is missing or damaged.
        ValueError: if its graph is of another kind, or the recipe is of a network of another shape.
    """
    about = Model(folder).config
    graph = onnx.load(str(folder / "model.onnx")).graph
    constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    if "layer1.wide.weight" not in constants or "words" not in constants:
        raise ValueError(f"{folder} has a graph that training cannot go on from: give a model of a small encoder")
    weights = _weights(constants, about)
    if config is None:
        pointer_size = len(weights["pointer.weight"]) // len(VECTORS)
        config = Config(
            name=about.name, output=str(folder), encoder=str(folder), data=Data(), case_embedding="case.weight" in weights,
            window=about.window, context=about.context, pointer_size=pointer_size,
        )  # fmt: skip
    network = Network(config, encoder=_empty_encoder(graph, weights, config.dropout))
    try:
        network.load_state_dict({name: torch.from_numpy(value.astype(np.float32)) for name, value in weights.items()})
    except RuntimeError as error:
        raise ValueError(f"the recipe's network is not of the shape of the model in {folder}: {error}") from error
    return network.eval(), config


def _empty_encoder(graph: onnx.GraphProto, weights: Mapping[str, Array], dropout: float) -> BertModel:
    """An encoder of the graph's shape."""
    attributes = {
        (node.op_type, a.name): onnx.helper.get_attribute_value(a) for node in graph.node for a in node.attribute
    }
    wide, hidden = weights[f"{_LAYER}.0.intermediate.dense.weight"].shape
    shape = BertConfig(
        vocab_size=len(weights["encoder.embeddings.word_embeddings.weight"]),
        hidden_size=hidden,
        intermediate_size=wide,
        num_hidden_layers=sum(name.endswith(".intermediate.dense.bias") for name in weights),
        num_attention_heads=int(attributes["MultiHeadAttention", "num_heads"]),
        max_position_embeddings=len(weights["encoder.embeddings.position_embeddings.weight"]),
        layer_norm_eps=float(attributes["LayerNormalization", "epsilon"]),
        hidden_act="gelu",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    return BertModel(shape, add_pooling_layer=False)


def _weights(constants: Mapping[str, Any], about: ModelConfig) -> dict[str, Array]:
    """The weights by the names of :class:`Network`, from the constants by those of ``graph``."""
    weights: dict[str, Array] = {}

    def matrix(product: str, smoothed: str | None = None) -> Array:
        """(outputs, inputs) of a product. What evened out its inputs' columns is undone."""
        value = constants[f"{product}.weight"].astype(np.float32) * constants[f"{product}.weight_scale"]
        if smoothed is not None:
            value *= constants[f"{smoothed}.factors"][:, None]
        return np.ascontiguousarray(value.T)

    def norm(module: str, name: str) -> None:
        weights[f"{module}.weight"], weights[f"{module}.bias"] = constants[f"{name}.gain"], constants[f"{name}.shift"]

    embeddings = "encoder.embeddings"
    weights[f"{embeddings}.word_embeddings.weight"] = constants["words"].astype(np.float32) * constants["word_scale"]
    positions = constants["positions"]  # the one type of token is part of them
    weights[f"{embeddings}.position_embeddings.weight"] = positions
    weights[f"{embeddings}.token_type_embeddings.weight"] = np.zeros((2, positions.shape[1]), np.float32)
    if "cases_table" in constants:
        weights["case.weight"] = constants["cases_table"]
    norm(f"{embeddings}.LayerNorm", "layer0")
    number = 1
    while f"layer{number}.wide.weight" in constants:
        module, name = f"{_LAYER}.{number - 1}", f"layer{number}"
        products = {
            **{f"attention.self.{part}": (part, f"{name}.states") for part in ("query", "key", "value")},
            "attention.output.dense": ("out", None),
            "intermediate.dense": ("wide", f"{name}.middles"),
            "output.dense": ("narrow", None),
        }
        for part, (product, smoothed) in products.items():
            weights[f"{module}.{part}.weight"] = matrix(f"{name}.{product}", smoothed)
            weights[f"{module}.{part}.bias"] = constants[f"{name}.{product}.bias"]
        norm(f"{module}.attention.output.LayerNorm", f"{name}.middle")
        norm(f"{module}.output.LayerNorm", name)
        number += 1
    heads, bias = matrix("heads", "last"), constants["heads.bias"]
    ends = np.cumsum(constants["sizes"])
    for part, rows in zip(HEADS.values(), np.split(np.arange(len(bias)), ends[:-1]), strict=True):
        weights[f"{part}.weight"], weights[f"{part}.bias"] = heads[rows], bias[rows]
    weights["label.2.weight"], weights["label.2.bias"] = constants["label.weight"].T.copy(), constants["label.bias"]
    weights["crf.transitions"], weights["crf.start"] = _legal(about.transitions), _legal(about.start)
    return weights


def _legal(scores: list[Any]) -> Array:
    """What was learned of a chain's scores: the forbidden ones, which a CRF adds by itself, are nothing."""
    values = np.asarray(scores, np.float32)
    return np.where(values <= ILLEGAL / 2, np.float32(0), values)


def weights_file(folder: Path) -> Path:
    """The file that says which network a teacher in this folder is: an exported graph, or a run's best weights."""
    return folder / "model.onnx" if is_model(folder) else folder / "best" / "weights.safetensors"


def on_encoder(config: Config) -> Network:
    """The network of a recipe on the encoder that it names; if that is a model that ships, with its heads.

    Raises:
        ModelError, ValueError: see :func:`network_of`.
    """
    return network_of(Path(config.encoder), config)[0] if is_model(config.encoder) else Network(config)


def beginning(config: Config) -> Network:
    """The network that a recipe begins with: on its encoder, with the weights of ``init`` if it names any.

    Raises:
        ModelError, ValueError: see :func:`network_of` and :func:`claimcheck.training.checkpoint.load_weights`.
    """
    if config.init and is_model(config.init):
        return network_of(Path(config.init), config)[0]
    network = on_encoder(config)
    if config.init:
        checkpoint.load_weights(weights_file(Path(config.init)), network)
    return network

"""A network with MPNet's encoder as an ONNX graph: its matrices in blocks of 4 bits, so that 110 million parameters fit in 60 MB.

The products themselves are of floats: the runtime unfolds each block as it multiplies. What MPNet has and BERT has not:
positions that count from two, no types of tokens, and in every layer one bias of the attention for each distance.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from onnx import TensorProto

from claimcheck.training.blocks import Blocks, fitted, rounded
from claimcheck.training.network import Network
from claimcheck.training.nodes import CONTRIB, Array, Builder, Feed, all_heads, watch

Rows = npt.NDArray[np.int64]

LAYER_BLOCK = 128
"""Inputs that share a step, in the layers: with half as many the graph would pass 60 MB."""
WORD_BLOCK = 128
FREQUENT = 3800
"""Words that have 8 bits: as many as 60 MB allow."""
WORD_BITS = (8, 4)
"""Of frequent words, and of rare ones."""
HEAD_BLOCK = 64
"""The heads are small, and have 8 bits."""
_READS_AS = ("attention.attn.k", "attention.attn.v")
"""What reads the same inputs as ``attention.attn.q``, which is measured for all three."""


def measured_as(module: str) -> str:
    """The name under which :func:`moments` has what a module of the encoder reads."""
    return module[:-1] + "q" if module.endswith(_READS_AS) else module


def moments(network: Network, feeds: Iterable[Feed]) -> dict[str, Array]:
    """The second moments of what is multiplied by each matrix, over some articles, by the name of its module.

    Returns:
        (inputs, inputs) each.

    Raises:
        ValueError: if ``feeds`` is empty.
    """
    sums: dict[str, torch.Tensor] = {}

    def note(name: str, inputs: torch.Tensor) -> None:
        product = inputs.T @ inputs
        sums[name] = sums[name].add_(product) if name in sums else product

    measured = {
        name: m
        for name, m in network.encoder.named_modules()
        if isinstance(m, torch.nn.Linear) and not name.endswith(_READS_AS)
    }
    watch(network, {**measured, "heads": network.role}, feeds, note)
    return {name: value.numpy() for name, value in sums.items()}


class _Builder(Builder):
    """With products of 4 bits."""

    def product(self, name: str, values: str, matrix: Blocks, bias: Array, output: str) -> str:
        """``values`` times a matrix, plus a bias."""
        outputs, inputs = matrix.steps.shape
        packed = self.constant(f"{name}.weight", matrix.packed())
        scale = self.constant(f"{name}.weight_scale", matrix.scale)
        sizes = {"K": inputs, "N": outputs, "bits": matrix.bits, "block_size": matrix.size}
        self.node("MatMulNBits", [values, packed, scale], f"{output}.product", domain=CONTRIB, **sizes)
        return self.node("Add", [f"{output}.product", self.constant(f"{name}.bias", bias, np.float32)], output)


def vocabulary_rows(pieces: Mapping[str, int], unknown: int, came: Collection[int] = ()) -> tuple[Rows, Rows]:
    """Which words of the vocabulary are kept finer, and which coarser; those of other scripts are left out.

    In 4 bits it is the words that lose most, and a few thousand of them are most of any article: those of low numbers, for the
    vocabularies of BERT and MPNet begin with what is frequent.

    Args:
        pieces: the vocabulary.
        unknown: the piece for what it has not.
        came: pieces that came in some articles, and are kept whatever their script.

    Returns:
        Numbers of pieces, the unknown one first.
    """
    latin = sorted(i for piece, i in pieces.items() if i != unknown and _is_latin(piece))
    known = {unknown, *latin}
    order = [unknown, *latin, *sorted(i for i in pieces.values() if i in came and i not in known)]
    return np.asarray(order[:FREQUENT]), np.asarray(order[FREQUENT:])


def _is_latin(piece: str) -> bool:
    """Whether a piece could stand in an English article."""
    letters = (unicodedata.name(c, "") for c in piece if c.isalpha())
    return not piece.startswith("[unused") and all(name.startswith("LATIN") for name in letters)


def write_large_graph(
    network: Network, path: Path, seen: Mapping[str, Array], *, window: int, vocabulary: tuple[Rows, Rows]
) -> None:
    """Write the graph of a network with MPNet's encoder to ``path``.

    Args:
        seen: from :func:`moments`.
        vocabulary: from :func:`vocabulary_rows`.
        window: pieces in a window at most; no more positions are kept.

    Raises:
        ValueError: if the encoder is no MPNet with GELU.
    """
    encoder: Any = network.encoder
    config = encoder.config
    if config.model_type != "mpnet" or config.hidden_act != "gelu":
        found = f"{config.model_type} with {getattr(config, 'hidden_act', 'another activation')}"
        raise ValueError(f"only an MPNet with GELU can be exported in blocks, not {found}")
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    b = _Builder()
    states = _embeddings(b, weights, encoder, window, vocabulary)
    _distances(b, weights, encoder, window)
    for i in range(config.num_hidden_layers):
        states = _layer(b, weights, seen, i, states, config)
    matrices, bias, sizes = all_heads(weights)
    heads = fitted(np.concatenate(matrices, axis=1), seen["heads"], size=HEAD_BLOCK, bits=8)
    b.product("heads", states, heads, bias, "all_heads")
    b.save(path, b.heads("all_heads", sizes, weights))


def _embeddings(
    b: _Builder, weights: Mapping[str, Array], encoder: Any, window: int, vocabulary: tuple[Rows, Rows]
) -> str:
    """Words in blocks, the frequent ones finer; cases and positions as they are."""
    prefix = "encoder.embeddings"
    table = weights[f"{prefix}.word_embeddings.weight"]
    frequent, rare = vocabulary
    place = np.zeros(len(table), np.uint16)  # what is left out reads as the first, which is what is unknown
    place[np.concatenate([frequent, rare])] = np.arange(len(frequent) + len(rare))
    b.constant("place", place)
    b.constant("frequent", len(frequent), np.int32)
    b.constant("last_frequent", len(frequent) - 1, np.int32)
    b.constant("none", 0, np.int32)
    b.node("Gather", ["place", "ids"], "short_places")
    b.node("Cast", ["short_places"], "places", to=TensorProto.INT32)
    b.node("Less", ["places", "frequent"], "is_frequent")
    b.node("Min", ["places", "last_frequent"], "frequent_row")
    b.node("Sub", ["places", "frequent"], "rare_place")
    b.node("Max", ["rare_place", "none"], "rare_row")
    for name, rows, bits in zip(("frequent", "rare"), vocabulary, WORD_BITS, strict=True):
        words = rounded(np.ascontiguousarray(table[rows]), size=WORD_BLOCK, bits=bits)
        b.constant(f"{name}_words", words.packed().reshape(len(rows), -1))
        b.constant(f"{name}_scale", words.scale)
        sizes = {"bits": bits, "block_size": words.size, "gather_axis": 0, "quantize_axis": 1}
        inputs = [f"{name}_words", f"{name}_row", f"{name}_scale"]
        b.node("GatherBlockQuantized", inputs, f"{name}_word", domain=CONTRIB, **sizes)
    b.constant("innermost", [-1], np.int64)
    b.node("Unsqueeze", ["is_frequent", "innermost"], "which")
    total = b.node("Where", ["which", "frequent_word", "rare_word"], "word")
    first = encoder.embeddings.padding_idx + 1
    positions = weights[f"{prefix}.position_embeddings.weight"][first : first + window]
    b.constant("positions", positions, np.float16)
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        b.constant(name, [value], np.int64)
    if "case.weight" in weights:
        b.constant("cases_table", weights["case.weight"])
        b.node("Gather", ["cases_table", "cases"], "case")
        total = b.node("Add", [total, "case"], "word_and_case")
    b.node("Shape", ["ids"], "shape")
    b.node("Slice", ["shape", "one", "two", "zero"], "length_of")
    b.node("Slice", ["positions", "zero", "length_of", "zero"], "short_position")
    b.node("Cast", ["short_position"], "position", to=TensorProto.FLOAT)
    total = b.node("Add", [total, "position"], "embedded")
    return b.norm("layer0", total, weights, f"{prefix}.LayerNorm", encoder.config.layer_norm_eps)


def _distances(b: _Builder, weights: Mapping[str, Array], encoder: Any, window: int) -> None:
    """``distance_bias``, (1, heads, length, length): a bias for each range of distances, the same in every layer."""
    places = torch.arange(window)
    ranges = encoder.encoder.relative_position_bucket(places[None, :] - places[:, None])
    b.constant("ranges", ranges.numpy(), np.uint8)
    b.constant("range_bias", weights["encoder.encoder.relative_attention_bias.weight"])
    b.constant("from", [0, 0], np.int64)
    b.node("Concat", ["length_of", "length_of"], "to", axis=0)
    b.node("Slice", ["ranges", "from", "to"], "range_steps")
    b.node("Cast", ["range_steps"], "range", to=TensorProto.INT64)
    b.node("Gather", ["range_bias", "range"], "range_biases")
    b.node("Transpose", ["range_biases"], "head_biases", perm=[2, 0, 1])
    b.node("Unsqueeze", ["head_biases", "zero"], "distance_bias")


def _layer(
    b: _Builder, weights: Mapping[str, Array], seen: Mapping[str, Array], i: int, states: str, config: Any
) -> str:
    module, name = f"encoder.layer.{i}", f"layer{i + 1}"

    def product(part: str, values: str, output: str) -> str:
        matrix, bias = (weights[f"encoder.{module}.{part}.{kind}"] for kind in ("weight", "bias"))
        blocks = fitted(np.ascontiguousarray(matrix.T), seen[measured_as(f"{module}.{part}")], size=LAYER_BLOCK)
        return b.product(f"{name}.{part}", values, blocks, bias, output)

    def norm(output: str, values: str, part: str) -> str:
        return b.norm(output, values, weights, f"encoder.{module}.{part}", config.layer_norm_eps)

    for part in ("q", "k", "v"):
        product(f"attention.attn.{part}", states, f"{name}.{part}")
    b.node(
        "MultiHeadAttention",
        [f"{name}.q", f"{name}.k", f"{name}.v", "", "", "distance_bias"],
        f"{name}.context",
        domain=CONTRIB,
        num_heads=config.num_attention_heads,
    )
    attended = product("attention.attn.o", f"{name}.context", f"{name}.attended")
    middle = norm(f"{name}.middle", b.node("Add", [attended, states], f"{name}.attended_sum"), "attention.LayerNorm")
    wide = product("intermediate.dense", middle, f"{name}.wide_sum")
    active = b.node("Gelu", [wide], f"{name}.active", domain=CONTRIB)
    narrow = product("output.dense", active, f"{name}.narrowed")
    return norm(name, b.node("Add", [narrow, middle], f"{name}.sum"), "output.LayerNorm")

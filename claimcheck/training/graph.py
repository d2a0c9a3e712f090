"""The network as an ONNX graph of integer products, written node by node.

A general exporter leaves a graph of many small steps over large tensors, and these cost more than the products once the
products are of integers. Here each product with a constant matrix takes activations of 8 bits and adds its bias in the
same node, attention is one node, and what remains between them is written as the runtime runs it fastest.

The steps of 8 bits are fixed beforehand, from what the activations were on some articles (static quantization), or after
GELU, where rows differ most, by the row: the scores of a piece do not depend on what else is read with its window. A few columns of a BERT's activations are far larger
than the rest and would leave the others few steps: part of their size is moved into the weights (SmoothQuant, Xiao et
al., 2023). Rare outliers are cut off where that costs less than coarser steps for all others.

The graph has no padding and no mask: every window of a batch is of one length (``claimcheck.model`` reads one at a time).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import TensorProto

from claimcheck.training.network import Network
from claimcheck.training.nodes import CONTRIB, Array, Builder, Feed, all_heads, watch
from claimcheck.training.quantize import Range, columns, range_of, smoothing

DEPTH = 0.17
"""GELU's smallest value is -0.16997."""
BELOW = 32
"""Of the 255 steps of a row after GELU those below zero: fewer would make rows without large values coarser."""
SAMPLED = 5
"""One in so many rows of the activations is kept to find where to cut."""


@dataclass(frozen=True, slots=True)
class Activations:
    """What is multiplied by one matrix, over some articles.

    Attributes:
        peak: largest absolute value of each column.
        rows: some of the rows.
    """

    peak: Array
    rows: Array


def observe(network: Network, feeds: Iterable[Feed]) -> dict[str, Activations]:
    """The activations before every product, by the name of the module that multiplies them.

    Raises:
        ValueError: if ``feeds`` is empty.
    """
    peaks: dict[str, list[Array]] = defaultdict(list)
    rows: dict[str, list[Array]] = defaultdict(list)

    def note(name: str, inputs: torch.Tensor) -> None:
        values = inputs.numpy()
        peaks[name].append(np.abs(values).max(axis=0))
        rows[name].append(values[::SAMPLED].copy())

    watch(network, {n: m for n, m in network.named_modules() if isinstance(m, torch.nn.Linear)}, feeds, note)
    return {name: Activations(np.max(peaks[name], axis=0), np.concatenate(rows[name])) for name in peaks}


class _Builder(Builder):
    """With products of 8 bits."""

    def steps(self, name: str, values: str, chosen: Range) -> str:
        """``values`` in 8 bits."""
        scale = self.constant(f"{name}.scale", chosen.scale, np.float32)
        zero = self.constant(f"{name}.zero", chosen.zero, np.uint8)
        return self.node("QuantizeLinear", [values, scale, zero], f"{name}.steps")

    def row_steps(self, name: str, values: str) -> str:
        """``values`` after GELU in 8 bits, each row divided by its largest value; :meth:`row_product` multiplies by it again.

        GELU gives nothing below minus :data:`DEPTH`, so that few of the steps need lie below zero.
        """
        above = 255 - BELOW
        self.constant("row_axis", [-1], np.int64)
        self.constant("row_smallest", DEPTH * above / BELOW, np.float32)
        scale = self.constant("row.scale", 1 / above, np.float32)
        zero = self.constant("row.zero", BELOW, np.uint8)
        self.node("ReduceMax", [values, "row_axis"], f"{name}.highest", keepdims=1)
        self.node("Max", [f"{name}.highest", "row_smallest"], f"{name}.largest")
        self.node("Div", [values, f"{name}.largest"], f"{name}.unit")
        return self.node("QuantizeLinear", [f"{name}.unit", scale, zero], f"{name}.steps")

    def row_product(self, name: str, steps: str, rows: str, matrix: Array, bias: Array, output: str) -> str:
        """The product of what :meth:`row_steps` called ``rows``."""
        self.product(name, steps, "row", matrix, None, f"{output}.unit")
        self.node("Mul", [f"{output}.unit", f"{rows}.largest"], f"{output}.product")
        return self.node("Add", [f"{output}.product", self.constant(f"{name}.bias", bias, np.float32)], output)

    def product(self, name: str, steps: str, rows: str, matrix: Array, bias: Array | None, output: str) -> str:
        """``steps``, quantized as those of ``rows``, times a matrix (inputs, outputs), plus a bias if there is one."""
        weights, scale = columns(matrix)
        inputs = [
            steps,
            self.constant(f"{name}.weight", weights),
            f"{rows}.scale",
            self.constant(f"{name}.weight_scale", scale),
            f"{rows}.zero",
            self.constant(f"{name}.weight_zero", np.zeros(len(scale), np.int8)),
        ]
        if bias is not None:
            inputs.append(self.constant(f"{name}.bias", bias, np.float32))
        return self.node("MatMulIntegerToFloat", inputs, output, domain=CONTRIB)


def write_graph(network: Network, path: Path, seen: Mapping[str, Activations]) -> None:
    """Write the graph of a network to ``path``.

    Args:
        seen: the activations before each product, from :func:`observe`.

    Raises:
        ValueError: if the encoder is no BERT with GELU.
    """
    encoder: Any = network.encoder
    config = encoder.config
    if config.model_type != "bert" or config.hidden_act != "gelu":
        found = f"{config.model_type} with {getattr(config, 'hidden_act', 'another activation')}"
        raise ValueError(f"only a BERT with GELU can be exported, not {found}")
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    b = _Builder()
    states = _embeddings(b, weights, config.layer_norm_eps)
    for i in range(config.num_hidden_layers):
        states = _layer(b, weights, seen, i, states, config)
    sizes = _heads(b, weights, seen, states)
    b.save(path, sizes)


def _embeddings(b: _Builder, weights: Mapping[str, Array], epsilon: float) -> str:
    """Words in 8 bits, a scale a word; cases and positions, to which the one type of token is added, as they are."""
    prefix = "encoder.embeddings"
    words = weights[f"{prefix}.word_embeddings.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-12) / 127
    b.constant("words", np.round(words / scale), np.int8)
    b.constant("word_scale", scale, np.float32)
    type_ = weights[f"{prefix}.token_type_embeddings.weight"][0]
    b.constant("positions", weights[f"{prefix}.position_embeddings.weight"] + type_)
    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        b.constant(name, [value], np.int64)
    b.node("Gather", ["words", "ids"], "word_steps")
    b.node("Cast", ["word_steps"], "word_floats", to=TensorProto.FLOAT)
    b.node("Gather", ["word_scale", "ids"], "word_scales")
    total = b.node("Mul", ["word_floats", "word_scales"], "word")
    if "case.weight" in weights:
        b.constant("cases_table", weights["case.weight"])
        b.node("Gather", ["cases_table", "cases"], "case")
        total = b.node("Add", [total, "case"], "word_and_case")
    b.node("Shape", ["ids"], "shape")
    b.node("Slice", ["shape", "one", "two", "zero"], "length_of")
    b.node("Slice", ["positions", "zero", "length_of", "zero"], "position")
    total = b.node("Add", [total, "position"], "embedded")
    return b.norm("layer0", total, weights, f"{prefix}.LayerNorm", epsilon)


def _smoothed(
    b: _Builder, name: str, values: str, seen: Activations, matrices: Sequence[Array]
) -> tuple[str, list[Array]]:
    """``values`` in 8 bits, columns brought nearer to one size, and the matrices that make up for it."""
    factors = smoothing(seen.peak, matrices)
    b.constant(f"{name}.factors", 1 / factors, np.float32)
    smooth = b.node("Mul", [values, f"{name}.factors"], f"{name}.smooth")
    steps = b.steps(name, smooth, range_of(seen.rows / factors))
    return steps, [m * factors[:, None] for m in matrices]


def _layer(
    b: _Builder, weights: Mapping[str, Array], seen: Mapping[str, Activations], i: int, states: str, config: Any
) -> str:
    module, name = f"encoder.encoder.layer.{i}", f"layer{i + 1}"

    def linear(part: str) -> tuple[Array, Array]:
        return weights[f"{module}.{part}.weight"].T, weights[f"{module}.{part}.bias"]

    parts = ("query", "key", "value")
    matrices, biases = map(list, zip(*(linear(f"attention.self.{p}") for p in parts), strict=True))
    out, out_bias = linear("attention.output.dense")
    context = seen[f"{module}.attention.output.dense"]
    # Attention adds up rows of the values: what evens out its columns goes into the values' matrix, at no cost.
    factors = smoothing(context.peak, [out])
    matrices[2], biases[2] = matrices[2] / factors, biases[2] / factors
    steps, matrices = _smoothed(b, f"{name}.states", states, seen[f"{module}.attention.self.query"], matrices)
    for part, matrix, bias in zip(parts, matrices, biases, strict=True):
        b.product(f"{name}.{part}", steps, f"{name}.states", matrix, bias, f"{name}.{part}")
    b.node(
        "MultiHeadAttention",
        [f"{name}.{p}" for p in parts],
        f"{name}.context",
        domain=CONTRIB,
        num_heads=config.num_attention_heads,
    )
    steps = b.steps(f"{name}.contexts", f"{name}.context", range_of(context.rows / factors))
    b.product(f"{name}.out", steps, f"{name}.contexts", out * factors[:, None], out_bias, f"{name}.attended")
    # Two nodes: the one that joins them takes three times as long (onnxruntime 1.31, x86).
    b.node("Add", [f"{name}.attended", states], f"{name}.attended_sum")
    middle = b.norm(
        f"{name}.middle", f"{name}.attended_sum", weights, f"{module}.attention.output.LayerNorm", config.layer_norm_eps
    )
    wide, wide_bias = linear("intermediate.dense")
    steps, (wide,) = _smoothed(b, f"{name}.middles", middle, seen[f"{module}.intermediate.dense"], [wide])
    b.product(f"{name}.wide", steps, f"{name}.middles", wide, wide_bias, f"{name}.wide_sum")
    b.node("Gelu", [f"{name}.wide_sum"], f"{name}.active", domain=CONTRIB)
    narrow, narrow_bias = linear("output.dense")
    # Rows differ most after GELU: with one range for all of them the export's check of its labels fails.
    steps = b.row_steps(f"{name}.actives", f"{name}.active")
    b.row_product(f"{name}.narrow", steps, f"{name}.actives", narrow, narrow_bias, f"{name}.narrowed")
    b.node("Add", [f"{name}.narrowed", middle], f"{name}.sum")
    return b.norm(name, f"{name}.sum", weights, f"{module}.output.LayerNorm", config.layer_norm_eps)


def _heads(b: _Builder, weights: Mapping[str, Array], seen: Mapping[str, Activations], states: str) -> dict[str, int]:
    """All heads in one product; returns the widths of the outputs."""
    matrices, bias, sizes = all_heads(weights)
    steps, matrices = _smoothed(b, "last", states, seen["role"], matrices)
    b.product("heads", steps, "last", np.concatenate(matrices, axis=1), bias, "all_heads")
    return b.heads("all_heads", sizes, weights)

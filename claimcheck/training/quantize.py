"""8-bit graphs whose answer for one piece depends on that piece alone.

Dynamic quantization takes one scale for a whole batch, so that a sentence's scores move with what is read beside it. Here
each row of activations, one piece, is brought to [-1, 1] by its own largest value and then quantized with one fixed scale;
the integer kernels are those of dynamic quantization, and as fast. A few columns of a BERT's activations are far larger than
the rest and would leave these few steps: part of their size is moved into the weights beforehand (SmoothQuant, Xiao et al.,
2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

WEIGHT_RANGE = 64
"""Largest weight, in steps. Seven bits: products of two bytes are added in pairs into 16 bits by processors without VNNI
(before about 2020), and 255 * 64 * 2 still fits, so that every processor gives the same answer."""
_ACTIVATION_RANGE = 127
_SMALLEST = 1e-12
"""A row of zeros is divided by this."""


Feed = Mapping[str, npt.NDArray[np.int64]]
"""A batch as the graph takes it."""
Peaks = dict[str, npt.NDArray[np.float32]]
"""For each input of a product the largest absolute value of each column."""

_MIGRATION = 0.5
"""How much of the columns' differences goes into the weights (alpha of SmoothQuant)."""


def quantize(source: Path, target: Path, examples: Iterable[Feed] = ()) -> None:
    """Write an fp32 graph with 8-bit embeddings, a scale a column, and integer products of matrices, a scale a column.

    Args:
        source: a graph whose products with constant matrices are ``MatMul`` nodes. target: where to write.
        examples: batches on which the sizes of the activations are measured; none leaves their columns as they are.
    """
    gathered = target.with_suffix(".gather.onnx")
    quantize_dynamic(
        str(source), str(gathered), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"]
    )
    model = onnx.load(str(gathered))
    gathered.unlink()
    _quantize_products(model.graph, peaks(source, examples))
    if all(entry.domain != "com.microsoft" for entry in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, str(target))


def peaks(source: Path, examples: Iterable[Feed]) -> Peaks:
    """The largest absolute value of each column of what is multiplied by constant matrices, over all pieces of the examples."""
    model = onnx.load(str(source))
    names = list(dict.fromkeys(node.input[0] for node, _ in _products(model.graph)))
    model.graph.output.extend(helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names)
    found: Peaks = {}
    session = None
    for feed in examples:
        session = session or onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        here = feed["mask"].astype(bool)
        for name, value in zip(names, session.run(names, dict(feed)), strict=True):
            peak = np.abs(value[here]).max(axis=0)
            found[name] = np.maximum(found[name], peak) if name in found else peak
    return found


def _products(graph: onnx.GraphProto) -> list[tuple[onnx.NodeProto, onnx.TensorProto]]:
    """The products with constant matrices, each with its matrix."""
    constants = {i.name: i for i in graph.initializer if len(i.dims) == 2}
    return [(n, constants[n.input[1]]) for n in graph.node if n.op_type == "MatMul" and n.input[1] in constants]


def _factors(peak: npt.NDArray[np.float32], matrices: Iterable[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """What to divide each column of some activations by, given the matrices that they are multiplied by."""
    weights = np.max([np.abs(m).max(axis=1) for m in matrices], axis=0)
    factors = np.maximum(peak, 1e-5) ** _MIGRATION / np.maximum(weights, 1e-5) ** (1 - _MIGRATION)
    result: npt.NDArray[np.float32] = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return result


def _quantize_products(graph: onnx.GraphProto, sizes: Peaks) -> None:
    """Replace each product with a constant matrix; inputs that several share are quantized once."""
    products = {n.output[0]: (n.input[0], numpy_helper.to_array(w)) for n, w in _products(graph)}
    factors = {rows: _factors(peak, [m for r, m in products.values() if r == rows]) for rows, peak in sizes.items()}
    graph.initializer.extend(
        [
            *(numpy_helper.from_array(1 / f, f"{rows}_factors") for rows, f in factors.items()),
            numpy_helper.from_array(np.asarray(_SMALLEST, np.float32), "row_smallest"),
            numpy_helper.from_array(np.asarray(1 / _ACTIVATION_RANGE, np.float32), "row_scale"),
            numpy_helper.from_array(np.asarray(128, np.uint8), "row_zero"),
        ]
    )
    nodes: list[onnx.NodeProto] = []
    quantized: set[str] = set()
    for node in graph.node:
        if node.output[0] not in products:
            nodes.append(node)
            continue
        rows, matrix = products[node.output[0]]
        if rows not in quantized:
            quantized.add(rows)
            nodes += _quantized_rows(rows, smooth=rows in factors)
        w = node.name
        steps, scale = columns(matrix * factors[rows][:, None] if rows in factors else matrix)
        graph.initializer.extend(
            [
                numpy_helper.from_array(steps, f"{w}_steps"),
                numpy_helper.from_array(scale, f"{w}_scale"),
                numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{w}_zero"),
            ]
        )
        inputs = [f"{rows}_steps", f"{w}_steps", "row_scale", f"{w}_scale", "row_zero", f"{w}_zero"]
        product = f"{node.output[0]}_unit"
        nodes.append(
            helper.make_node(
                "MatMulIntegerToFloat", inputs, [product], name=f"{node.name}_integer", domain="com.microsoft"
            )
        )
        nodes.append(helper.make_node("Mul", [product, f"{rows}_largest"], list(node.output), name=node.name))
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [i for i in graph.initializer if i.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _quantized_rows(rows: str, *, smooth: bool) -> list[onnx.NodeProto]:
    """``rows`` to ``rows_steps`` (uint8 around 128) and ``rows_largest`` (the largest value of each row)."""
    smoothed = f"{rows}_smooth" if smooth else rows
    first = [helper.make_node("Mul", [rows, f"{rows}_factors"], [smoothed])] if smooth else []
    return [
        *first,
        helper.make_node("Abs", [smoothed], [f"{rows}_abs"]),
        helper.make_node("ReduceMax", [f"{rows}_abs"], [f"{rows}_peak"], axes=[-1], keepdims=1),
        helper.make_node("Max", [f"{rows}_peak", "row_smallest"], [f"{rows}_largest"]),
        helper.make_node("Div", [smoothed, f"{rows}_largest"], [f"{rows}_unit"]),
        helper.make_node("QuantizeLinear", [f"{rows}_unit", "row_scale", "row_zero"], [f"{rows}_steps"]),
    ]


def columns(matrix: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """A matrix in whole steps of one size a column.

    Args:
        matrix: (inputs, outputs).

    Returns:
        The steps, same shape, and the size of a step of each column; their product is about ``matrix``. Of a few sizes for
        each column the one with the least squared error is taken: a single large weight need not coarsen all the others.
    """
    peak = np.maximum(np.abs(matrix).max(axis=0), _SMALLEST)
    best = np.full(matrix.shape[1], np.inf)
    scale = peak / WEIGHT_RANGE
    for part in np.linspace(0.6, 1.0, 21):
        tried = (peak * part / WEIGHT_RANGE).astype(np.float32)
        steps = np.clip(np.round(matrix / tried), -WEIGHT_RANGE, WEIGHT_RANGE)
        error = ((steps * tried - matrix) ** 2).sum(axis=0)
        better = error < best
        best[better], scale[better] = error[better], tried[better]
    steps = np.clip(np.round(matrix / scale), -WEIGHT_RANGE, WEIGHT_RANGE)
    return steps.astype(np.int8), scale.astype(np.float32)

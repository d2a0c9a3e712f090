"""An ONNX graph in the making: what every way of writing a network down shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from claimcheck import windows
from claimcheck.training.network import Network, Outputs

Array = npt.NDArray[np.float32]
Feed = Mapping[str, npt.NDArray[np.int64]]
"""A window as the graph takes it: ``ids`` and ``cases``, shape (1, length)."""

CONTRIB = "com.microsoft"
OPSET = 18
IR_VERSION = 9


def feeds(tokens: windows.Tokens, *, window: int, context: int) -> Iterator[Feed]:
    """The windows of an article, one by one, as a graph takes them.

    Args:
        window: pieces in one at most.
        context: pieces of the window before that each repeats.
    """
    for a, b in windows.slices(tokens, size=window, context=context):
        yield {"ids": tokens.ids[a:b].astype(np.int64)[None], "cases": tokens.cases[a:b].astype(np.int64)[None]}


def watch(
    network: Network, modules: Mapping[str, nn.Module], feeds: Iterable[Feed], note: Callable[[str, Tensor], None]
) -> None:
    """Read some windows, and tell of each what its modules were given.

    Args:
        modules: by the name under which they are told.
        note: is called with such a name and what that module was given, (pieces, width).

    Raises:
        ValueError: if ``feeds`` is empty.
    """

    def hook(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        return lambda _, inputs: note(name, inputs[0].detach().flatten(0, -2))

    read = 0
    handles = [module.register_forward_pre_hook(hook(name)) for name, module in modules.items()]
    try:
        with torch.no_grad():
            for feed in feeds:
                ids, cases = (torch.from_numpy(np.asarray(feed[name])) for name in ("ids", "cases"))
                network(ids, cases, torch.ones_like(ids))
                read += 1
    finally:
        for handle in handles:
            handle.remove()
    if not read:
        raise ValueError("no article to measure activations on: give some, as with 'claimcheck export --calibrate'")


@dataclass(slots=True)
class Builder:
    """Nodes and constants of a graph."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: Any, dtype: Any = None) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value, dtype=dtype), name)
        return name

    def node(self, op: str, inputs: Sequence[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, list(inputs), list(outputs), domain=domain, **attributes))
        return outputs[0]

    def norm(self, name: str, values: str, weights: Mapping[str, Array], module: str, epsilon: float) -> str:
        gain = self.constant(f"{name}.gain", weights[f"{module}.weight"])
        bias = self.constant(f"{name}.shift", weights[f"{module}.bias"])
        return self.node("LayerNormalization", [values, gain, bias], name, axis=-1, epsilon=epsilon)

    def heads(self, values: str, sizes: Mapping[str, int], weights: Mapping[str, Array]) -> dict[str, int]:
        """The outputs from one product of all heads, and the second layer of the label's; returns their widths.

        Args:
            values: the product, its columns in the order of ``sizes``: ``salience``, ``role``, ``pointer``, ``null``, ``hidden``.
        """
        self.constant("sizes", list(sizes.values()), np.int64)
        self.node("Split", [values, "sizes"], "saliences", "role", "pointer", "null", "hidden", axis=-1)
        self.constant("last_axis", [-1], np.int64)
        self.node("Squeeze", ["saliences", "last_axis"], "salience")
        self.node("Gelu", ["hidden"], "hidden_active", domain=CONTRIB)
        self.constant("label.weight", weights["label.2.weight"].T)
        self.constant("label.bias", weights["label.2.bias"])
        self.node("MatMul", ["hidden_active", "label.weight"], "label_sum")
        self.node("Add", ["label_sum", "label.bias"], "label")
        return {**sizes, "label": len(weights["label.2.bias"])}

    def save(self, path: Path, sizes: Mapping[str, int]) -> None:
        """Write the graph, with the inputs and outputs that ``claimcheck.model`` expects.

        Args:
            sizes: width of every output that has one.
        """
        free = ["batch", "length"]
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, free) for n in ("ids", "cases")]
        outputs = [
            helper.make_tensor_value_info(n, TensorProto.FLOAT, free if n == "salience" else [*free, sizes[n]])
            for n in Outputs.NAMES
        ]
        graph = helper.make_graph(self.nodes, "claimcheck", inputs, outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION), str(path))


HEADS = {"salience": "salience", "role": "role", "pointer": "pointer", "null": "null", "hidden": "label.0"}
"""Modules whose products are taken at once, by what the graph calls them."""


def all_heads(weights: Mapping[str, Array]) -> tuple[list[Array], Array, dict[str, int]]:
    """Matrices (inputs, outputs) and joined biases of :data:`HEADS`, and how wide each is."""
    matrices = [weights[f"{module}.weight"].T for module in HEADS.values()]
    bias = np.concatenate([weights[f"{module}.bias"] for module in HEADS.values()])
    return matrices, bias, {name: m.shape[1] for name, m in zip(HEADS, matrices, strict=True)}

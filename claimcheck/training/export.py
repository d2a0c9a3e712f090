"""A trained network to what ships: one int8 ONNX graph, its tokenizer and its config."""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path

import msgspec
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from claimcheck.model import FileRecord, ModelConfig
from claimcheck.training import checkpoint
from claimcheck.training.config import Config
from claimcheck.training.evaluate import decoding_of
from claimcheck.training.network import Network, Outputs

LIMIT = 30_000_000
"""Bytes that the default graph may have."""


class _Graph(nn.Module):
    """The network with the inputs and outputs of the exported graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        outputs = self.network(ids, cases, mask)
        return tuple(getattr(outputs, name) for name in Outputs.NAMES)


def load_run(run: Path) -> tuple[Network, Config]:
    """The best network of a training run, and its recipe.

    Raises:
        FileNotFoundError: if the folder holds no finished evaluation.
    """
    weights = run / "best" / "weights.safetensors"
    if not weights.exists():
        raise FileNotFoundError(f"{run} holds no trained network: run 'claimcheck train' with this output folder first")
    config = msgspec.json.decode((run / "config.json").read_bytes(), type=Config)
    network = Network(config)
    checkpoint.load_weights(weights, network)
    network.eval()
    return network, config


def export_graph(network: Network, path: Path) -> None:
    """Write the network as an fp32 ONNX graph with free batch and length."""
    example = (
        torch.ones(2, 16, dtype=torch.long),
        torch.zeros(2, 16, dtype=torch.long),
        torch.ones(2, 16, dtype=torch.long),
    )
    axes = {name: {0: "batch", 1: "length"} for name in ("ids", "cases", "mask", *Outputs.NAMES)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Graph(network).eval(),
            example,
            str(path),
            input_names=["ids", "cases", "mask"],
            output_names=list(Outputs.NAMES),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


BLOCK = 128
"""Rows of a matrix that share a scale."""


def quantize(source: Path, target: Path) -> None:
    """Write the graph with 8-bit weights: embeddings a scale a column, matrices a scale a block of rows.

    Activations are quantized row by row as they come (accuracy level 4 of ``MatMulNBits``), so that a window's scores do
    not depend on what else is in its batch, and a large value in one piece costs no other piece its precision.
    """
    gathered = target.with_suffix(".gather.onnx")
    quantize_dynamic(
        str(source), str(gathered), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"]
    )
    quantizer = MatMulNBitsQuantizer(
        onnx.load(str(gathered)), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(target), False)
    gathered.unlink()


def export(
    run: Path, target: Path, *, name: str, version: str, temperature: float = 1.0, entry: Sequence[float] = (0, 0, 0)
) -> Path:
    """Export a training run's best network to a model folder, written whole or not at all.

    Raises:
        FileNotFoundError: if ``run`` holds no trained network.
        ValueError: if the graph would pass :data:`LIMIT`.
    """
    network, config = load_run(run)
    temporary = target.with_name(target.name + ".partial")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    export_graph(network, temporary / "fp32.onnx")
    quantize(temporary / "fp32.onnx", temporary / "model.onnx")
    (temporary / "fp32.onnx").unlink()
    if (size := (temporary / "model.onnx").stat().st_size) > LIMIT:
        raise ValueError(f"the graph has {size / 1e6:.1f} MB, more than the {LIMIT / 1e6:.0f} MB that may ship")
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
        entry=(float(entry[0]), float(entry[1]), float(entry[2])),
        temperature=temperature,
        files=files,
    )
    (temporary / "config.json").write_bytes(msgspec.json.format(msgspec.json.encode(description), indent=1))
    if (target / "README.md").exists():
        shutil.copy(target / "README.md", temporary / "README.md")
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        os.replace(target, old)
    os.replace(temporary, target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def _record(path: Path) -> FileRecord:
    data = path.read_bytes()
    return FileRecord(size=len(data), sha256=hashlib.sha256(data).hexdigest())

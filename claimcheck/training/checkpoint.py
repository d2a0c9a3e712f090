"""A run's state on disk: safetensors and JSON, written whole or not at all. No pickle."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.optim import AdamW

from claimcheck.attribution import VECTORS

_FOR_TRAINING = "imitation."
"""What of a network only its training has a use for: not in what is kept of it, and fresh where it is missing."""


def save(
    folder: Path, network: nn.Module, optimizer: AdamW, state: dict[str, Any], averaged: nn.Module | None = None
) -> None:
    """Write weights, optimizer moments and ``state`` to ``folder``; a crash leaves the checkpoint before intact.

    Args:
        averaged: the network whose weights are the running mean of the other's, if the recipe keeps one.
    """
    temporary = folder.with_name(folder.name + ".partial")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    save_weights(temporary / "weights.safetensors", network, all_of_it=True)
    if averaged is not None:
        save_weights(temporary / "averaged.safetensors", averaged, all_of_it=True)
    names = {id(p): name for name, p in network.named_parameters()}
    moments = {
        f"{key}:{names[id(p)]}": value.reshape(1) if value.dim() == 0 else value.contiguous()
        for p, slots in optimizer.state.items()
        for key, value in slots.items()
    }
    save_file(moments, temporary / "optimizer.safetensors")
    (temporary / "state.json").write_text(json.dumps(state, indent=1))
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(temporary, folder)
    shutil.rmtree(old, ignore_errors=True)


def restore(
    folder: Path, network: nn.Module, optimizer: AdamW, averaged: nn.Module | None = None
) -> dict[str, Any] | None:
    """Load what :func:`save` wrote and return its ``state``; ``None`` if there is no checkpoint."""
    if not (folder / "state.json").exists():
        old = folder.with_name(folder.name + ".old")  # killed between the two renames of a save
        if not (old / "state.json").exists():
            return None
        folder = old
    load_weights(folder / "weights.safetensors", network)
    if averaged is not None:
        load_weights(folder / "averaged.safetensors", averaged)
    moments = load_file(folder / "optimizer.safetensors")
    parameters = dict(network.named_parameters())
    for name, value in moments.items():
        key, parameter = name.split(":", 1)
        optimizer.state[parameters[parameter]][key] = value.reshape(()) if key == "step" else value
    state: dict[str, Any] = json.loads((folder / "state.json").read_text())
    return state


def save_weights(path: Path, network: nn.Module, *, all_of_it: bool = False) -> None:
    """The network's weights as one safetensors file, without what only training has a use for unless ``all_of_it``."""
    temporary = path.with_name(path.name + ".partial")
    weights = network.state_dict() if all_of_it else to_keep(network)
    save_file({k: v.detach().contiguous() for k, v in weights.items()}, temporary)
    os.replace(temporary, path)


def to_keep(network: nn.Module) -> dict[str, torch.Tensor]:
    """The weights of a network that its scores depend on."""
    return {name: value for name, value in network.state_dict().items() if not name.startswith(_FOR_TRAINING)}


def load_weights(path: Path, network: nn.Module) -> None:
    """Load weights into a network of the same shape, or of one that has learned to point at more.

    Pointers are added at the end of theirs: what a run before them knew becomes their beginning, the rest stays fresh.

    Raises:
        ValueError: if a tensor is missing or has another shape.
    """
    weights = load_file(path)
    for name, fresh in network.state_dict().items():
        known = weights.get(name)
        if known is None and name.startswith(_FOR_TRAINING):
            weights[name] = fresh
        if known is None or name.split(".")[0] not in ("pointer", "null") or known.shape[1:] != fresh.shape[1:]:
            continue
        # The antecedent's is the last of the pointers, its two vectors the last of theirs: a run from before lacks just these.
        module, learned = name.split(".")[0], len(VECTORS)
        before = len(fresh) - 1 if module == "null" else len(fresh) * (learned - 2) // learned
        if len(known) == before:
            weights[name] = torch.cat([known, fresh[len(known) :]])
    try:
        network.load_state_dict(weights)
    except RuntimeError as error:
        raise ValueError(f"{path} does not fit this network: {error}") from error


def mix(path: Path, network: nn.Module) -> None:
    """Move a network's weights to the mean of its own and those in a file (model soup, Wortsman et al., ICML 2022).

    Raises:
        ValueError: if the file's weights do not fit the network.
    """
    own = {name: value.clone() for name, value in network.state_dict().items()}
    load_weights(path, network)
    mix_in(own, network)


@torch.no_grad()
def mix_in(weights: Mapping[str, torch.Tensor], network: nn.Module) -> None:
    """Move a network's weights to the mean of its own and others of the same shape."""
    for name, value in to_keep(network).items():
        value.lerp_(weights[name], 0.5)


def sizes(network: nn.Module) -> dict[str, int]:
    """Parameters, all and trained."""
    return {
        "parameters": sum(p.numel() for p in network.parameters()),
        "trained": sum(p.numel() for p in network.parameters() if p.requires_grad and isinstance(p, torch.Tensor)),
    }

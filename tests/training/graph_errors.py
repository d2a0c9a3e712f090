"""How far a graph is from the network it was written from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
import torch

from claimcheck.training.network import Network, Outputs
from claimcheck.training.nodes import Feed


def errors(network: Network, session: onnxruntime.InferenceSession, feeds: Sequence[Feed]) -> dict[str, float]:
    """Of each output the size of its error as a part of its own, all windows together; their shapes must be the same."""
    found = [session.run(Outputs.NAMES, dict(feed)) for feed in feeds]
    with torch.no_grad():
        inputs = [[torch.from_numpy(feed[name]) for name in ("ids", "cases")] for feed in feeds]
        expected = [network(ids, cases, torch.ones_like(ids)) for ids, cases in inputs]
    result = {}
    for i, name in enumerate(Outputs.NAMES):
        pairs = [(f[i], getattr(e, name).numpy()) for f, e in zip(found, expected, strict=True)]
        assert all(values.shape == wanted.shape for values, wanted in pairs), name
        off = sum(float(np.square(values - wanted).sum()) for values, wanted in pairs)
        result[name] = (off / sum(float(np.square(wanted).sum()) for _, wanted in pairs)) ** 0.5
    return result

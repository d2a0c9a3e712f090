#!/usr/bin/env python3
"""Time of ONNX graphs of the network against each other, on one core, in one run.

    git show 6c1a454:models/claimcheck-en/model.onnx > /tmp/version2.onnx
    python benchmarks/graphs.py /tmp/version2.onnx models/claimcheck-en/model.onnx [--pieces 224] [--rounds 15]

Each round runs every graph once on the same window; thread time, so that other work on the machine counts less. Printed are
milliseconds (median and range) and the median of the rounds' ratios to the first graph. Graphs before version 3 take a mask.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
import onnxruntime
from measuring import spread, table


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+", type=Path, metavar="GRAPH")
    parser.add_argument("--pieces", type=int, default=224, help="of the window")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    sessions = [
        onnxruntime.InferenceSession(str(p), settings, providers=["CPUExecutionProvider"]) for p in options.graphs
    ]
    rng = np.random.default_rng(0)
    shape = (1, options.pieces)
    given = {
        "ids": rng.integers(1000, 20000, shape),
        "cases": rng.integers(0, 4, shape),
        "mask": np.ones(shape, np.int64),
    }
    taken: list[list[float]] = [[] for _ in sessions]
    for round_ in range(options.rounds + 2):  # the first two warm up
        for session, times in zip(sessions, taken, strict=True):
            feed = {i.name: given[i.name] for i in session.get_inputs()}
            began = time.thread_time()
            session.run(None, feed)
            if round_ >= 2:
                times.append(1000 * (time.thread_time() - began))
    rows = [
        [str(p), spread(t, 1), f"{statistics.median(x / y for x, y in zip(t, taken[0], strict=True)):.2f}"]
        for p, t in zip(options.graphs, taken, strict=True)
    ]
    print(table(["graph", f"ms for {options.pieces} pieces", "against the first"], rows))


if __name__ == "__main__":
    main()

"""Encoded examples on disk: an Arrow table that is mapped into memory, so that a corpus need not fit into it.

A run encodes its articles once; resumed, it goes on with what the first attempt wrote.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
from datasets import Dataset, Features, Value, load_from_disk

from claimcheck.attribution import LABELS, POINTERS, ROLES
from claimcheck.training.data import Example, States, Taught
from claimcheck.windows import Tokens

_TOKENS = {
    "ids": "int32",
    "cases": "int32",
    "starts": "int32",
    "ends": "int32",
    "sentence": "int32",
    "inner": "bool",
    "marker": "bool",
    "bounds": "int32",
}
_TARGETS = {"labels": "float32", "weights": "float32", "weak": "bool", "tags": "int64"}
_TAUGHT = ("taught_labels", "taught_tags")
_STATES = "taught_states"


def features() -> Features:
    """The columns of the table: every array of an :class:`Example`, flat; ``tagged`` tells whether there are tags."""
    columns: dict[str, Any] = {"id": Value("string"), "tagged": Value("bool")}
    columns |= {name: [Value(kind)] for name, kind in (_TOKENS | _TARGETS).items()}
    columns |= {name: [Value("float32")] for name in _TAUGHT} | {_STATES: Value("string")}
    columns |= {f"link_{pointer}": [Value("int32")] for pointer in POINTERS}
    return Features(columns)


def _row(example: Example) -> dict[str, Any]:
    tokens, targets = example.tokens, {"labels": example.labels, "weights": example.weights, "weak": example.weak}
    tags = example.tags if example.tags is not None else np.zeros(0, np.int64)
    nothing = np.zeros(0, np.float32)
    taught = (example.taught.labels, example.taught.tags) if example.taught else (nothing, nothing)
    states = example.taught.states if example.taught else None
    return {
        "id": example.id,
        "tagged": example.tags is not None,
        **{name: getattr(tokens, name) for name in _TOKENS},
        **{name: values.ravel() for name, values in (targets | {"tags": tags}).items()},
        **{name: values.ravel() for name, values in zip(_TAUGHT, taught, strict=True)},
        _STATES: str(states.path) if states else "",
        **{f"link_{p}": np.asarray(example.links.get(p, []), np.int32).ravel() for p in POINTERS},
    }


class ExampleStore(Sequence[Example]):
    """Examples read from the table one by one, as they are asked for."""

    def __init__(self, table: Dataset) -> None:
        self._table = table.with_format("numpy")

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> list[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | list[Example]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        row = self._table[index]
        array = {name: np.asarray(row[name], kind) for name, kind in (_TOKENS | _TARGETS).items()}
        return Example(
            str(row["id"]),
            Tokens(**{name: array[name] for name in _TOKENS}),
            array["labels"].reshape(-1, len(LABELS)),
            array["weights"],
            array["weak"],
            array["tags"].reshape(-1, len(ROLES)) if row["tagged"] else None,
            {p: [(int(q), int(t)) for q, t in np.asarray(row[f"link_{p}"]).reshape(-1, 2)] for p in POINTERS},
            _taught(row),
        )


def _taught(row: dict[str, Any]) -> Taught | None:
    labels, tags = (np.asarray(row[name], np.float32) for name in _TAUGHT)
    if not len(labels):
        return None
    states = States(Path(str(row[_STATES]))) if row[_STATES] else None
    return Taught(labels.reshape(-1, len(LABELS)), tags.reshape(-1, len(ROLES), 3), states)


def examples_in(folder: Path, make: Iterable[Example]) -> ExampleStore:
    """The examples stored in ``folder``; where there are none, ``make`` is read and stored, whole or not at all."""
    if not folder.exists():
        temporary = folder.with_name(folder.name + ".partial")
        shutil.rmtree(temporary, ignore_errors=True)
        Dataset.from_list([_row(e) for e in make], features=features()).save_to_disk(temporary)
        os.replace(temporary, folder)
    return ExampleStore(load_from_disk(folder))

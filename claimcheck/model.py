"""Windows to scores: one ONNX session. No text and no rules here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from claimcheck.attribution import Decoding, Scores
from claimcheck.errors import ModelError
from claimcheck.windows import Float, Span, Tokens, merge

OUTPUTS = ("label", "salience", "role", "pointer", "null")
BATCH_PIECES = 2048
"""Pieces in one run of the graph at most, padding included."""


class FileRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file of the model folder must be."""

    size: int
    sha256: str


class ModelConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``config.json`` of a model folder: what inference must know beside the graph."""

    name: str
    version: str
    window: int
    context: int
    transitions: list[list[list[float]]]
    start: list[list[float]]
    entry: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Added to the score of beginning a source, a cue, a content: what balances precision and recall."""
    temperature: float
    confidence: tuple[float, float] = (1.0, 0.0)
    """Slope and intercept, on the logit, that make the confidence of an attribution mean what it says."""
    files: dict[str, FileRecord]


def default_folder(name: str = "claimcheck-en") -> Path:
    """Where a model that ships lies: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "_models" / name
    return installed if installed.exists() else package.parent / "models" / name


class Model:
    """A model folder, checked and ready to run.

    Args:
        folder: holds ``config.json`` and the files it names.
        threads: of the graph's operators; 0 for as many as there are cores.

    Raises:
        ModelError: if a file is missing, unreadable, or not the one that ``config.json`` names.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self.folder = folder
        self.threads = threads
        self.config = _read_config(folder)
        self._check()

    def _check(self) -> None:
        for name, record in self.config.files.items():
            path = self.folder / name
            try:
                size = path.stat().st_size
                digest = hashlib.file_digest(path.open("rb"), "sha256").hexdigest() if size == record.size else ""
            except OSError as error:
                raise ModelError(
                    f"The model in {self.folder} lacks {name} ({error.strerror}). Install claimcheck again, or give another --model."
                ) from error
            if size != record.size or digest != record.sha256:
                raise ModelError(
                    f"The model in {self.folder} is damaged: {name} is not the file that config.json names "
                    f"({size:,} bytes, {record.size:,} expected). Install claimcheck again, or give another --model."
                )

    @cached_property
    def session(self) -> Any:
        """The onnxruntime session."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self.folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises types of its own that share no base
            raise ModelError(f"onnxruntime cannot load {self.folder / 'model.onnx'}: {error}") from error

    @cached_property
    def decoding(self) -> Decoding:
        """What the decoder needs of the model."""
        c = self.config
        transitions, start = np.asarray(c.transitions, np.float32), np.asarray(c.start, np.float32)
        return Decoding(transitions, start, c.temperature, c.confidence).entered(c.entry)

    def run(self, articles: Sequence[tuple[Tokens, Sequence[Span]]]) -> list[Scores]:
        """Scores for articles, read in batches of windows of like length across all of them.

        Args:
            articles: the tokens of each article and its windows, as ``windows.slices`` gives them.
        """
        parts: list[dict[str, list[Float]]] = [{name: [None] * len(w) for name in OUTPUTS} for _, w in articles]  # type: ignore[list-item]
        order = sorted(
            ((i, k) for i, (_, w) in enumerate(articles) for k in range(len(w))),
            key=lambda ik: articles[ik[0]][1][ik[1]][1] - articles[ik[0]][1][ik[1]][0],
        )
        batch: list[tuple[int, int]] = []
        longest = 0
        for i, k in order:
            a, b = articles[i][1][k]
            if batch and (len(batch) + 1) * max(longest, b - a) > BATCH_PIECES:
                self._run_batch(articles, batch, parts)
                batch = []
            batch.append((i, k))
            longest = b - a
        if batch:
            self._run_batch(articles, batch, parts)
        return [
            Scores(**{name: merge(tokens, w, rows[name]) for name in OUTPUTS})
            for (tokens, w), rows in zip(articles, parts, strict=True)
        ]

    def _run_batch(
        self,
        articles: Sequence[tuple[Tokens, Sequence[Span]]],
        batch: list[tuple[int, int]],
        parts: list[dict[str, list[Float]]],
    ) -> None:
        slices = [articles[i][1][k] for i, k in batch]
        length = max(b - a for a, b in slices)
        ids, cases, mask = (np.zeros((len(batch), length), np.int64) for _ in range(3))
        for row, ((i, _), (a, b)) in enumerate(zip(batch, slices, strict=True)):
            tokens = articles[i][0]
            ids[row, : b - a] = tokens.ids[a:b]
            cases[row, : b - a] = tokens.cases[a:b]
            mask[row, : b - a] = 1
        outputs = self.session.run(list(OUTPUTS), {"ids": ids, "cases": cases, "mask": mask})
        for name, values in zip(OUTPUTS, outputs, strict=True):
            for (i, k), value in zip(batch, values, strict=True):
                parts[i][name][k] = value


def _read_config(folder: Path) -> ModelConfig:
    path = folder / "config.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=ModelConfig)
    except OSError as error:
        raise ModelError(
            f"There is no model in {folder}: cannot read config.json ({error.strerror}). Give a model folder with --model."
        ) from error
    except msgspec.DecodeError as error:
        raise ModelError(
            f"The model in {folder} is damaged: config.json says {error}. Install claimcheck again, or give another --model."
        ) from error

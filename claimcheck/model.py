"""Windows to scores: one ONNX session. No text and no rules here."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import numpy as np

from claimcheck.attribution import Decoding, Scores
from claimcheck.errors import ModelError
from claimcheck.machine import available_cores
from claimcheck.windows import Float, Span, Tokens, merge

INPUTS = ("ids", "cases")
OUTPUTS = ("label", "salience", "role", "pointer", "null")


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
        threads: windows read at a time; 0 for as many as there are cores to use.

    It may be shared between threads, sent to other processes and used after a fork.

    Raises:
        ModelError: if a file is missing, unreadable, or not the one that ``config.json`` names.
        ValueError: if ``threads`` is below 0.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        if threads < 0:
            raise ValueError(f"threads must be 0, for as many as there are cores, or more, not {threads}")
        self.folder = folder
        self.threads = threads
        self._lock = Lock()
        self.config = read_config(folder)
        self._check()
        _ALIVE.add(self)

    def __reduce__(self) -> tuple[Callable[..., Model], tuple[()]]:
        """Another process loads the folder anew: a session cannot be sent."""
        return partial(Model, self.folder, threads=self.threads), ()

    def _check(self) -> None:
        if missing := {"model.onnx", "tokenizer.json"} - set(self.config.files):
            raise ModelError(
                f"The model in {self.folder} is damaged: config.json does not name {' and '.join(sorted(missing))}. "
                "Install claimcheck again, or give another --model."
            )
        for name, record in self.config.files.items():
            path = self.folder / name
            digest = ""
            try:
                size = path.stat().st_size
                if size == record.size:
                    with path.open("rb") as file:
                        digest = hashlib.file_digest(file, "sha256").hexdigest()
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
        # The threads are ours, a window each: two of them read a third more than one run divided in two.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it keeps a plan for every length of window, which saves no time and grows
        options.log_severity_level = 3
        path = self.folder / "model.onnx"
        try:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises types of its own that share no base
            raise ModelError(f"onnxruntime cannot load {path}: {error}") from error
        if {i.name for i in session.get_inputs()} != set(INPUTS):
            raise ModelError(
                f"The model in {self.folder} was made for another version of claimcheck. Export it again, or give another --model."
            )
        return session

    @cached_property
    def decoding(self) -> Decoding:
        """What the decoder needs of the model."""
        c = self.config
        transitions, start = np.asarray(c.transitions, np.float32), np.asarray(c.start, np.float32)
        return Decoding(transitions, start, c.temperature, c.confidence).entered(c.entry)

    @cached_property
    def _readers(self) -> ThreadPoolExecutor:
        """Threads that read a window each; a window alone is too small to be worth dividing between them."""
        return ThreadPoolExecutor(self.threads or available_cores(), thread_name_prefix="claimcheck")

    def run(self, articles: Sequence[tuple[Tokens, Sequence[Span]]]) -> list[Scores]:
        """Scores for articles. Each window is read by itself, without padding, and as many at a time as there are threads.

        Args:
            articles: the tokens of each article and its windows, as ``windows.slices`` gives them.

        Raises:
            ModelError: at the first call, if onnxruntime cannot load the graph.
        """
        every = [(tokens, a, b) for tokens, w in articles for a, b in w]
        # The longest first, so that no thread is left with a long one while the others wait.
        order = sorted(range(len(every)), key=lambda k: every[k][1] - every[k][2])
        with self._lock:  # loaded once, however many threads share this model
            session, readers = self.session, self._readers
        read: list[list[Float]] = [[]] * len(every)

        def one(k: int) -> None:
            tokens, a, b = every[k]
            feed = {"ids": tokens.ids[None, a:b].astype(np.int64), "cases": tokens.cases[None, a:b].astype(np.int64)}
            read[k] = [values[0] for values in session.run(OUTPUTS, feed)]

        if len(every) == 1 or self.threads == 1:
            for k in order:
                one(k)
        else:
            list(readers.map(one, order))
        result, first = [], 0
        for tokens, w in articles:
            rows = read[first : first + len(w)]
            first += len(w)
            result.append(Scores(**{name: merge(tokens, w, [r[i] for r in rows]) for i, name in enumerate(OUTPUTS)}))
        return result


_ALIVE: weakref.WeakSet[Model] = weakref.WeakSet()


def _after_fork() -> None:
    """In a forked child the threads of its parent are gone, and a lock that one of them held stays locked."""
    for model in list(_ALIVE):
        model._lock = Lock()
        model.__dict__.pop("_readers", None)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_after_fork)


def read_config(folder: Path) -> ModelConfig:
    """``config.json`` of a model folder.

    Raises:
        ModelError: if it cannot be read, or is none.
    """
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

"""What teachers say of the articles a student learns from: soft labels, written once and read back.

A teacher is the folder of a finished run, or of a model that ships. Its vocabulary must cut words as the student's does, piece by piece, as the
WordPiece vocabularies of MPNet and MiniLM do; then a probability of the teacher's piece is one of the student's.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import ROLES, Scores, sentence_labels
from claimcheck.training.config import Config
from claimcheck.training.data import Example, States, Taught
from claimcheck.training.evaluate import decoding_of, read
from claimcheck.training.export import load_run
from claimcheck.training.network import Network, Outputs
from claimcheck.training.shipped import is_model, weights_file


@dataclass(frozen=True, slots=True)
class Teacher:
    """A finished run that is asked for its probabilities.

    Attributes:
        network: with the best weights of the run.
        tokenizer: of the run's encoder.
        config: the run's recipe.
        kept: folder of what it said.
        digest: of its weights.
    """

    network: Network
    tokenizer: Tokenizer
    config: Config
    kept: Path
    digest: str

    @classmethod
    def load(cls, folder: str | Path, said: Path = Path("runs/said")) -> Teacher:
        """Read the run in ``folder``, or the model that ships.

        Args:
            said: where a model that ships keeps what it said; a run has a folder for it.

        Raises:
            FileNotFoundError: if there is no finished run.
            ModelError, ValueError: if its weights are damaged or of another network.
        """
        folder = Path(folder)
        network, config = load_run(folder)
        with weights_file(folder).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        kept = said if is_model(folder) else folder / "said"
        if config.bfloat16:
            network.mixed_precision = "always"  # as it has learned to read, and sooner read than with integers
        else:
            network = _quicker(network)
        return cls(network, Tokenizer.from_file(str(folder / "tokenizer.json")), config, kept, digest)

    def said(self, text: str, sentences: Sequence[windows.Span], *, states: bool = False) -> Taught:
        """As :meth:`says`, but only once: what was said is kept, a file an article, and one more for its states."""
        asked = "\0".join([text, str(sentences), self.digest])
        name = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        path, beside = self.kept / f"{name}.safetensors", self.kept / f"{name}-states.safetensors"
        if not path.exists() or (states and not beside.exists()):
            says, inner = self.says(text, sentences)
            self.kept.mkdir(parents=True, exist_ok=True)
            if states:
                _keep(beside, {States.NAME: inner.astype(np.float16)})
            _keep(path, {"labels": says.labels, "tags": np.ascontiguousarray(says.tags)})
        kept = load_file(path)
        return Taught(kept["labels"], kept["tags"], States(beside.absolute()) if states else None)

    @torch.no_grad()
    def says(self, text: str, sentences: Sequence[windows.Span]) -> tuple[Taught, windows.Float]:
        """Probabilities for one article, read as at inference: windows with context, one window a sentence.

        Returns:
            them, and the states of the last layer, (n, hidden).
        """
        tokens = windows.tokenize(self.tokenizer, text, sentences)
        outputs = read(self.network, tokens, self.config, (*Outputs.NAMES, States.NAME))
        states = outputs.pop(States.NAME)
        scores = Scores(**outputs)
        roles = torch.from_numpy(scores.role).view(1, len(tokens), len(ROLES), 3)
        everything = torch.ones(1, len(tokens), dtype=torch.bool)
        crf = self.network.crf
        log_p = crf.log_marginals(roles, everything) if crf is not None else roles.log_softmax(-1)
        labels = sentence_labels(scores, tokens, decoding_of(self.network))
        return Taught(np.asarray(labels, np.float32), log_p[0].exp().numpy()), states


def _keep(path: Path, tensors: dict[str, npt.NDArray[Any]]) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    save_file(tensors, partial)
    os.replace(partial, path)


def _quicker(network: Network) -> Network:
    """The network with integer products in its encoder, each column of weights with its own steps.

    What GELU has been over keeps its floats: its range is too wide. Probabilities change a little, time falls by a good part.
    """
    hidden = network.encoder.config.hidden_size  # type: ignore[union-attr]
    wanted = {
        name: torch.ao.quantization.per_channel_dynamic_qconfig
        for name, module in network.named_modules()
        if name.startswith("encoder.") and isinstance(module, torch.nn.Linear) and module.in_features == hidden
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that this part of torch will move to a package of its own
        quicker: Network = torch.ao.quantization.quantize_dynamic(network, wanted, dtype=torch.qint8)
    return quicker


def taught(
    examples: Iterable[tuple[str, Sequence[windows.Span], Example]],
    folders: Sequence[str],
    also: Container[str] = (),
    roles: Sequence[str] = (),
    said: Path = Path("runs/said"),
    states: str = "",
) -> Iterator[Example]:
    """Examples with what the teachers say of articles that nobody labelled, averaged over teachers.

    Every teacher keeps what it said: a run that was stopped goes on where it was, and the next step of a recipe need not
    ask again.

    Args:
        examples: text, sentences and example of each article.
        folders: the teachers.
        also: ids of annotated articles that they are asked about as well.
        roles: those of the teachers whose roles are taught; all of them, if empty.
        said: where teachers that are models that ship keep what they said.
        states: the teacher whose states are taught; none, if empty.

    Raises:
        ValueError: if a teacher is no finished run, or cuts an article into other pieces than the student, or if one of
            ``roles`` or ``states`` is no teacher.
    """
    if states and states not in folders:
        raise ValueError(f"state_teacher names {states}, which is not in teachers")
    if unknown := set(roles) - set(folders):
        raise ValueError(f"role_teachers names {sorted(unknown)}, which are not in teachers")
    teachers = [Teacher.load(folder, said) for folder in folders]
    for text, sentences, example in examples:
        # GAP and GUM come for their antecedents only, and are hardly news.
        news = example.tags is not None or "antecedent" not in example.links
        if not len(example.tokens) or not (example.id in also or (example.weak.all() and news)):
            yield example
            continue
        each = [t.said(text, sentences, states=folder == states) for t, folder in zip(teachers, folders, strict=True)]
        if any(len(one.tags) != len(example.tokens) for one in each):
            raise ValueError(f"a teacher of {folders} cuts {example.id} into other pieces than the student")
        labels = np.mean([one.labels for one in each], axis=0)
        believed = [one.tags for one, folder in zip(each, folders, strict=True) if not roles or folder in roles]
        tags = np.mean(believed, axis=0)
        of_states = each[folders.index(states)].states if states else None
        yield replace(example, taught=Taught(labels, tags, of_states))

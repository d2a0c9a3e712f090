"""What teachers say of the articles a student learns from: soft labels, written once and read back.

A teacher is the folder of a finished run. Its vocabulary must cut words as the student's does, piece by piece, as the
WordPiece vocabularies of MPNet and MiniLM do; then a probability of the teacher's piece is one of the student's.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import ROLES, sentence_labels
from claimcheck.training.config import Config
from claimcheck.training.data import Example, Taught
from claimcheck.training.evaluate import decoding_of, score
from claimcheck.training.export import load_run
from claimcheck.training.network import Network


@dataclass(frozen=True, slots=True)
class Teacher:
    """A finished run that is asked for its probabilities.

    Attributes:
        network: with the best weights of the run.
        tokenizer: of the run's encoder.
        config: the run's recipe.
        folder: where it lies.
        digest: of its weights.
    """

    network: Network
    tokenizer: Tokenizer
    config: Config
    folder: Path
    digest: str

    @classmethod
    def load(cls, folder: str | Path) -> Teacher:
        """Read the run in ``folder``.

        Raises:
            FileNotFoundError: if there is no finished run.
            ValueError: if its weights are of another network.
        """
        folder = Path(folder)
        network, config = load_run(folder)
        with (folder / "best" / "weights.safetensors").open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(network, Tokenizer.from_file(str(folder / "tokenizer.json")), config, folder, digest)

    @torch.no_grad()
    def says(self, text: str, sentences: Sequence[windows.Span]) -> Taught:
        """Probabilities for one article, read as at inference: windows with context, one window a sentence."""
        tokens = windows.tokenize(self.tokenizer, text, sentences)
        scores = score(self.network, tokens, self.config)
        roles = torch.from_numpy(scores.role).view(1, len(tokens), len(ROLES), 3)
        everything = torch.ones(1, len(tokens), dtype=torch.bool)
        crf = self.network.crf
        log_p = crf.log_marginals(roles, everything) if crf is not None else roles.log_softmax(-1)
        labels = sentence_labels(scores, tokens, decoding_of(self.network))
        return Taught(np.asarray(labels, np.float32), log_p[0].exp().numpy())


def taught(
    examples: Iterable[tuple[str, Sequence[windows.Span], Example]], folders: Sequence[str]
) -> Iterator[Example]:
    """Examples with what the teachers say of articles that nobody labelled, averaged over teachers.

    What was said is kept in ``said/`` of the first teacher's folder, a file an article: a run that was stopped goes on
    where it was, and the next step of a recipe need not ask again.

    Args:
        examples: text, sentences and example of each article.
        folders: the teachers.

    Raises:
        ValueError: if a teacher is no finished run, or cuts an article into other pieces than the student.
    """
    teachers = [Teacher.load(folder) for folder in folders]
    cache = Path(folders[0]) / "said"
    cache.mkdir(exist_ok=True)
    for text, sentences, example in examples:
        # Annotators know better than teachers; GAP and GUM come for their antecedents only, and are hardly news.
        if (
            not len(example.tokens)
            or not example.weak.all()
            or (example.tags is None and "antecedent" in example.links)
        ):
            yield example
            continue
        asked = "\0".join([text, str(sentences), *(t.digest for t in teachers)])
        path = cache / f"{hashlib.sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.safetensors"
        if path.exists():
            said = load_file(path)
        else:
            each = [teacher.says(text, sentences) for teacher in teachers]
            said = {
                "labels": np.stack([one.labels for one in each]).mean(0),
                "tags": np.stack([one.tags for one in each]).mean(0),
            }
            partial = path.with_name(path.name + ".partial")
            save_file(said, partial)
            os.replace(partial, path)
        if len(said["tags"]) != len(example.tokens):
            raise ValueError(f"a teacher of {folders} cuts {example.id} into other pieces than the student")
        yield replace(example, taught=Taught(said["labels"], said["tags"]))

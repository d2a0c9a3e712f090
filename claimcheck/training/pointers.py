"""What an exported graph says of antecedents, article by article, as ``checker.py`` hands it to the speakers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import Antecedents
from claimcheck.model import Model
from claimcheck.sentences import Span
from claimcheck.speakers import Pointer

Read = Callable[[str, Sequence[Span]], Pointer | None]
"""An article's text and sentences to a network's word on it; ``None`` where there is no network."""


def unread(text: str, sentences: Sequence[Span]) -> None:
    """No network reads anything."""


def reader(folder: str | Path | None, *, threads: int = 0) -> Read:
    """What reads articles with the model in a folder; :func:`unread` for none.

    Raises:
        ModelError: if the folder is no model, or a damaged one.
    """
    if folder is None:
        return unread
    model = Model(Path(folder), threads=threads)
    tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))

    def read(text: str, sentences: Sequence[Span]) -> Pointer:
        tokens = windows.tokenize(tokenizer, text, sentences)
        slices = windows.slices(tokens, size=model.config.window, context=model.config.context)
        (scores,) = model.run([(tokens, slices)])
        return Antecedents(scores, tokens)

    return read

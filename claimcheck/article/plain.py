"""Plain text: the decoded input unchanged."""

from __future__ import annotations

from claimcheck.article.encodings import decode
from claimcheck.article.types import Article
from claimcheck.errors import InputError


def read(data: bytes, id: str, where: str) -> Article:
    """Read plain text; `where` names the input in messages.

    Raises:
        InputError: where the text is empty, blank or none.
    """
    text, encoding, notes = decode(data, where)
    if not text.strip():
        what = "blank: it has only spaces and line ends" if text else "empty"
        raise InputError(f"{where}: is {what}. Is this the right file, and was it saved?")
    return Article(id, text, encoding=encoding, notes=notes)

"""The type that this room hands out, and what its readers have in common."""

from __future__ import annotations

from dataclasses import dataclass

from claimcheck import extras
from claimcheck.errors import ClaimcheckError, InputError

MAX_BYTES = 50_000_000
"""Largest input, in bytes. A long novel has one or two million; what is larger is no article."""


@dataclass(frozen=True)
class Article:
    """One article as read.

    `text` is what all offsets of a report are code points into. For plain text and JSON Lines it is the decoded input
    unchanged, line endings included, a byte-order mark aside; for the other formats it is the extracted text: a
    paragraph for every block, two newlines between them, the title first where the input says it apart. `id` names the
    article in reports: the path or the URL as given, or "stdin". `title` is None for plain text. `encoding` is the one
    that the bytes were read with. `notes` are sentences for the person who handed the article in, such as that it was
    not UTF-8; empty where there is nothing to tell. `byline` is who wrote it, `published` the day it came out
    (YYYY-MM-DD) and `outlet` who published it, where the input says so.
    """

    id: str
    text: str
    title: str | None = None
    encoding: str = "UTF-8"
    notes: tuple[str, ...] = ()
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None


def require(module: str, what: str, where: str) -> None:
    """Check that a reader's library is installed.

    Raises:
        InputError: how to install it; `what` is what needs it ("Reading HTML"), `where` names the input.
    """
    try:
        extras.require(f"{where}: {what}", "formats", module)
    except ClaimcheckError as error:
        raise InputError(f"{error}. Or save the article as plain text (.txt).") from None


def check_size(data: bytes, limit: int, where: str) -> None:
    """Raise `InputError` for data of a markup format larger than `limit` bytes."""
    if len(data) > limit:
        raise InputError(
            f"{where}: larger than {limit / 1_000_000:g} MB, the most that is read of this format. Save the article as "
            "plain text (.txt), or split it."
        )


def no_text(where: str) -> InputError:
    """The error to raise for a document that has nothing to read."""
    return InputError(f"{where}: has no text in it. Is this the right file, and was it saved?")

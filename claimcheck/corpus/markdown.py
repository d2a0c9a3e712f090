"""Tables of the datasheet, and how they get into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claimcheck.errors import InputError


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table: the first column to the left, numbers to the right."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def figure(value: float) -> str:
    """A count as it is, a share in percent."""
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def replace_block(text: str, name: str, block: str) -> str:
    """A Markdown text with ``block`` between its lines ``<!-- begin NAME -->`` and ``<!-- end NAME -->``.

    Raises:
        InputError: if it has no such lines.
    """
    pattern = re.compile(rf"(<!-- begin {re.escape(name)} -->\n).*?(<!-- end {re.escape(name)} -->)", re.S)
    new, found = pattern.subn(lambda match: f"{match[1]}{block}\n{match[2]}", text)
    if not found:
        raise InputError(f"there are no lines <!-- begin {name} --> and <!-- end {name} --> to write between")
    return new

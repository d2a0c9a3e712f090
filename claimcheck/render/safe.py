"""Texts of strangers, made fit to show: what no page, figure or table should ever carry is replaced, one for one."""

from __future__ import annotations

import re

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters: not allowed in XML, meaningless in HTML
    r"\u202a-\u202e\u2066-\u2069"  # overrides of the writing direction, which make a page say what its text does not
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all
)


def shown(text: str) -> str:
    """The text with a replacement character for each one that is unfit to show, so that offsets stay true."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The same with every run of white space as one space."""
    return " ".join(shown(text).split())


def encodable(text: str) -> str:
    """The text with only lone surrogates replaced, so that it can be written in UTF-8; offsets stay true."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)

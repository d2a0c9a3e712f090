"""Names that small words cut in pieces, made whole by their abbreviation: "Alliance to Save Our Bay (ASOB)"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import SPACES, Document
from claimcheck.speakers.entities import NameMention

_ABBREVIATION = re.compile(r"\((?:the )?([A-Z][A-Za-z.&-]{1,9})\)")


_SMALL = frozenset(["of", "and", "for", "the", "in", "on", "to"])
"""Small words that an abbreviation may take a letter of: "Economic Community of West African States (ECOWAS)"."""


def join(doc: Document, mentions: Sequence[NameMention]) -> list[NameMention]:
    """The mentions, in order, those that lie in the long form of an abbreviation in brackets after it made one.

    A long form begins with the abbreviation's first letter and has the others in order (Schwartz and Hearst, 2003);
    here each must begin a word in capitals, and between them stand small words only.
    """
    starts = [m.first for m in mentions]
    joined: list[NameMention] = []
    done = 0
    for found in _ABBREVIATION.finditer(doc.text):
        letters = [c.lower() for c in found.group(1) if c.isalpha()]
        if sum(c.isupper() for c in found.group(1)) < 2:
            continue
        span = _long_form(doc, found.start(), letters) or _long_form(doc, found.start(), letters, small=True)
        if span is None:
            continue
        first, last = span
        # Long forms share no token, and come one after the other as the mentions do.
        begin = end = bisect.bisect_left(starts, first)
        while end < len(mentions) and mentions[end].last <= last:
            end += 1
        parts = mentions[begin:end]
        if len(parts) < 2 and not (parts and (parts[0].first, parts[0].last) != (first, last)):
            continue
        clues = tuple(dict.fromkeys(["linked", *(c for m in parts for c in m.clues)]))
        whole = NameMention(
            doc.starts[first],
            doc.ends[last],
            tuple(doc.words[first : last + 1]),
            first,
            last,
            doc.starts[first],
            (),
            clues,
            0.0,
            weak=False,
        )
        joined += (*mentions[done:begin], whole)
        done = end
    return [*joined, *mentions[done:]]


def _long_form(doc: Document, bracket: int, letters: Sequence[str], *, small: bool = False) -> tuple[int, int] | None:
    """First and last token of the long form that ends before a bracket; with ``small``, "of" and "and" have letters, too."""
    last = doc.token_at(bracket - 1) - 1 if bracket and doc.text[bracket - 1] == " " else -1
    if last < 0 or doc.ends[last] != bracket - 1:
        return None
    k = last
    left = list(letters)
    while k >= 0:
        word = doc.words[k]
        counts = word[0].isupper() or (small and word in _SMALL)
        if counts and word[0].lower() == left[-1]:
            left.pop()
            if not left:
                return k, last
        elif word.lower() not in lex.FUNCTION or k == last:
            return None
        if not k or doc.gap(k - 1, k) not in SPACES:
            return None
        k -= 1
    return None

"""Names under which people post: "@river_anna", on its own or in brackets after a name, "Tom Hale (@tomhale_mp)"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention

_HANDLE = re.compile(r"(?<![\w.@/])@(?=\w*[^\W\d])\w{2,30}\b(?![\w@]|\.\w)")
_AFTER_NAME = re.compile(r"(?:\s*\(\s*|,\s+)(@\w{2,30})\b")


def join(doc: Document, mentions: Sequence[NameMention]) -> list[NameMention]:
    """The mentions, in order, with those of handles; a name that a handle's letters were taken for gives way to it."""
    if "@" not in doc.text:
        return list(mentions)
    found = []
    for match in _HANDLE.finditer(doc.text):
        token = doc.token_at(match.start() + 1)
        if token < len(doc.words) and doc.starts[token] == match.start() + 1:
            start, end = match.span()
            last = doc.token_at(end - 1)  # an underscore parts words
            found.append(
                NameMention(start, end, (match.group(),), token, last, start, (), ("handle",), 0.0, weak=False)
            )
    begins = [m.start for m in found]

    def is_handle(m: NameMention) -> bool:
        k = bisect.bisect_right(begins, m.start) - 1
        return k >= 0 and m.start < found[k].end

    return sorted([*(m for m in mentions if not is_handle(m)), *found], key=lambda m: m.start)


def of_name(doc: Document, m: NameMention) -> str | None:
    """The handle that stands after a name, as what it is called too."""
    match = _AFTER_NAME.match(doc.text, m.end, m.end + 40)
    return match.group(1) if match else None

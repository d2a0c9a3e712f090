"""Names under which people post: "@river_anna", on its own or in brackets after a name, "Tom Hale (@tomhale_mp)"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention

_NAME = r"@(?=[\w.]*[^\W\d_])\w{1,30}(?:\.\w{1,30}){0,3}"
_HANDLE = re.compile(rf"(?<![\w.@/]){_NAME}(?![\w@])")
_AFTER_NAME = re.compile(rf"\s*\(\s*({_NAME})\b")


def join(doc: Document, mentions: Sequence[NameMention]) -> list[NameMention]:
    """The mentions, in order, with those of handles; a name that a handle's letters were taken for gives way to it."""
    if "@" not in doc.text:
        return list(mentions)
    found = []
    for match in _HANDLE.finditer(doc.text):
        start, end = match.span()
        inside = doc.tokens_in(start, end)  # an underscore parts words
        if len(inside):
            first, last = inside[0], inside[-1]
            words = (match.group().casefold(),)  # case means nothing in it
            found.append(NameMention(start, end, words, first, last, start, (), ("handle",), 0.0, weak=False))
    begins = [m.start for m in found]

    def is_handle(m: NameMention) -> bool:
        k = bisect.bisect_right(begins, m.start) - 1
        return k >= 0 and m.start < found[k].end

    return sorted([*(m for m in mentions if not is_handle(m)), *found], key=lambda m: m.start)


def of_name(doc: Document, m: NameMention) -> str | None:
    """The handle that stands after a name, as what it is called too."""
    match = _AFTER_NAME.match(doc.text, m.end, m.end + 140)
    return match.group(1).casefold() if match else None

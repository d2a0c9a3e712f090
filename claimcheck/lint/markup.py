"""Where the markup of a page stands, found in one walk: what never closes costs no second look."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNREAD = re.compile(r"<(script|style|head)\b", re.IGNORECASE)
_CLOSED = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "head")}


def spans(text: str, *, unread_only: bool = False) -> Iterator[tuple[int, int]]:
    """Spans of comments, of what no reader sees (scripts, styles, the head) and of tags, in order.

    Args:
        unread_only: leave out comments and tags.
    """
    open_ended: set[str] = set()
    """Kinds of which no end is left."""
    at = 0
    while (at := text.find("<", at)) >= 0:
        unread = _UNREAD.match(text, at)
        kind = unread.group(1).lower() if unread else ""
        end = -1
        if kind and kind not in open_ended:
            closed = _CLOSED[kind].search(text, at)
            end = closed.end() if closed else -1
            if closed is None:
                open_ended.add(kind)
        if end < 0 and not unread_only:
            closing = "-->" if text.startswith("<!--", at) and "-->" not in open_ended else ">"
            if closing not in open_ended:
                found = text.find(closing, at + 1)
                end = found + len(closing) if found >= 0 else -1
                if found < 0:
                    open_ended.add(closing)
                    continue  # a comment that never closes may be a tag
        if end < 0:
            at += 1
            continue
        yield at, end
        at = end


def blanked(text: str, *, unread_only: bool = False) -> str:
    """The text with its markup replaced by as many spaces, line ends inside it kept."""
    parts, done = [], 0
    for start, end in spans(text, unread_only=unread_only):
        parts += [text[done:start], re.sub(r"[^\r\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])

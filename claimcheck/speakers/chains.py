"""Which attribution lies in another's content: chains of sources, outermost first."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.attribution import Attribution
from claimcheck.paragraphs import Span
from claimcheck.speakers.entities import Entity

_DEEPEST = 4
"""Links in a chain at most."""
_STACK = 8
"""Contents around a position that are looked at."""


def clip(start: int, end: int, text: str) -> Span | None:
    """The span inside the text and without surrounding whitespace; ``None`` if nothing is left."""
    start, end = max(0, start), min(len(text), end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def outer(attributions: Sequence[Attribution], contents: Sequence[Sequence[Span]]) -> list[int]:
    """For each attribution the index of the one in whose content it lies, the innermost such; -1 for none.

    It lies there with its source, or its cue, or else with all it says.
    """
    spans = sorted(((a, b, i) for i, c in enumerate(contents) for a, b in c), key=lambda s: (s[0], -s[1], s[2]))
    marks = []
    for i, a in enumerate(attributions):
        mark = a.source or a.cue
        if mark is not None or contents[i]:
            marks.append((mark.start if mark is not None else contents[i][0][0], i, mark is None))
    result = [-1] * len(attributions)
    stack: list[tuple[int, int, int]] = []
    k = 0
    for position, i, bare in sorted(marks):
        while k < len(spans) and spans[k][0] <= position:
            stack = [s for s in stack[-_STACK:] if s[1] > spans[k][0]]
            stack.append(spans[k])
            k += 1
        stack = [s for s in stack[-_STACK:] if s[1] > position]
        for start, end, j in reversed(stack):
            if j != i and not (bare and end - start <= contents[i][0][1] - contents[i][0][0]):
                result[i] = j
                break
    for i in range(len(result)):
        seen, j = {i}, result[i]
        while j >= 0:
            if j in seen or len(seen) > 3 * _DEEPEST:
                result[i] = -1  # a circle: the two contain each other
                break
            seen.add(j)
            j = result[j]
    return result


def extend(own: Sequence[list[Entity]], links: Sequence[int]) -> list[list[Entity]]:
    """Each attribution's speakers with those of the chain it lies in, outermost first."""
    result = []
    for i, entities in enumerate(own):
        chain = list(entities)
        link, depth = links[i], 0
        while link >= 0 and depth < _DEEPEST:
            chain = [e for e in own[link] if e not in chain] + chain
            link, depth = links[link], depth + 1
        result.append(chain)
    return result

"""Paragraphs of plain text: blank lines end one, and so does a line that plainly stands on its own.

A single newline means two things in the texts that newsrooms paste: the end of a headline, byline or list item, or
just the place where a mail program wrapped a line at some 72 columns. `paragraphs` tells the two apart by the shape of
the whole text: greedy wrapping leaves a trace, because a wrapped line is never longer than the page is wide and would
always have become so with the first word of the next line.
"""

import bisect
import re
from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]
"""Half-open range of Unicode code points, `0 <= start < end <= len(text)`."""

_MIN_WIDTH, _MAX_WIDTH = 45, 120
"""Page widths, in characters, that hard-wrapped prose is looked for at. Narrower is verse or a table."""

_BULLET = re.compile(r"(?:[*•‣◦▪●·]|[-–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|#{1,6}|>+)\s")
_BYLINE = re.compile(r"(?:By|BY)\s+[A-Z]")
_LINK = re.compile(r"(?:https?://|www\.|@\w)")
_TERMINAL = re.compile(r"[.!?…]['\"’”»“)\]]*$")
_RUNS_ON = re.compile(
    # A line that ends like this cannot be the end of a sentence, whatever the next line looks like.
    r"(?:[,;&(\[–—-]|(?:^|\s)(?:a|an|and|at|because|from|into|its|my|nor|of|or|our|than|the|their|whose|your"
    r"|Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Gov\.|Rep\.|Sen\.))$"
)
_OPENING = "\"'“”„‟«»‘‚‹([*_"


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs of `text`, without surrounding whitespace, in order; every other character is in one.

    Linear in the length of the text; never raises. Every line ending that `str.splitlines` knows counts, so `\\r\\n`
    and a lone `\\r` do too.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if line is not None:
            if previous is not None and _continues(text, previous, line, width):
                spans[-1] = (spans[-1][0], line[1])
            else:
                spans.append(line)
        previous = line
    return [_trim(text, start, end) for start, end in spans]


def numbered(text: str, positions: Iterable[int]) -> list[int]:
    """The number of the paragraph in which each position stands, a code point of `text`: from 1, 0 before the first."""
    starts = [start for start, _ in paragraphs(text)]
    return [bisect.bisect_right(starts, position) for position in positions]


def _trim(text: str, start: int, end: int) -> Span:
    """The span without the whitespace at its start; its end is trimmed already."""
    return end - len(text[start:end].lstrip()), end


def _lines(text: str) -> list[Span | None]:
    """Every line from its first column to its last visible character; None for a blank one."""
    lines: list[Span | None] = []
    position = 0
    for line in text.splitlines(keepends=True):
        visible = len(line.rstrip())
        lines.append((position, position + visible) if visible else None)
        position += len(line)
    return lines


def _wrap_width(text: str, lines: list[Span | None]) -> int | None:
    """The page width, in characters, that the text is hard-wrapped at, or None where it is not wrapped.

    Each single newline rules widths in: at least the line, less than the line with the next word. The width that most
    newlines agree on wins if half of them do and if some of their next lines start in lower case, as no list of
    headlines would.
    """
    changes = [0] * (_MAX_WIDTH + 2)
    pairs: list[tuple[int, int, bool]] = []
    for line, following in pairwise(lines):
        if line is None or following is None:
            continue
        shortest, beyond = line[1] - line[0], _reach(text, line, following)
        pairs.append((shortest, beyond, _starts_lower(text, following)))
        if shortest <= _MAX_WIDTH:
            changes[shortest] += 1
            changes[min(beyond, _MAX_WIDTH + 1)] -= 1
    best, width, agreeing = 0, 0, 0
    for candidate in range(_MAX_WIDTH + 1):
        agreeing += changes[candidate]
        if agreeing > best and candidate >= _MIN_WIDTH:
            best, width = agreeing, candidate
    if best < 2 or 2 * best < len(pairs):
        return None
    lower = sum(low for shortest, beyond, low in pairs if shortest <= width < beyond)
    return width if 4 * lower >= best else None


def _reach(text: str, line: Span, following: Span) -> int:
    """Length of `line` had the first word of the following line been put on it, in characters."""
    first = text[following[0] : min(following[1], following[0] + 2 * _MAX_WIDTH)].split(maxsplit=1)
    return line[1] - line[0] + 1 + (len(first[0]) if first else 0)


def _starts_lower(text: str, line: Span) -> bool:
    """Whether the first letter or digit of the line, opening marks aside, is a lower-case letter."""
    return text[line[0] : line[0] + _MAX_WIDTH].lstrip().lstrip(_OPENING)[:1].islower()


def _continues(text: str, line: Span, following: Span, width: int | None) -> bool:
    """Whether the newline between two lines is only a wrapped line, not the end of a paragraph."""
    # A window is enough to see how a line ends and starts, and keeps a line of a megabyte cheap.
    ending = text[max(line[0], line[1] - _MAX_WIDTH) : line[1]]
    whole_start = text[following[0] : min(following[1], following[0] + _MAX_WIDTH)]
    starting = whole_start.lstrip()
    terminal = _TERMINAL.search(ending) is not None
    lower = _starts_lower(text, following)
    full = (
        width is not None
        and line[1] - line[0] <= width
        and _reach(text, line, following) > width
        and not (terminal and len(whole_start) - len(starting) >= 2)  # an indented line opens a paragraph
    )
    if _LINK.match(starting) and not full:
        return False
    if bullet := _BULLET.match(starting):
        after = starting[bullet.end() :].lstrip()
        if starting[0] in "-–—":
            return not terminal and after[:1].islower() and (full or ending[-1] not in ":;,")
        return full and not terminal and starting[0].isdigit()
    if _BYLINE.match(starting) and len(whole_start) < _MAX_WIDTH // 2 and not _TERMINAL.search(whole_start):
        return False
    if _RUNS_ON.search(ending):
        return True
    if lower and not terminal:
        return ending[-1] != ":"
    return full

"""Quotation marks: which characters are marks, which of them open and which close, and what they enclose.

Wire copy mixes styles (`«...”`), opens with a closing mark, forgets marks, and writes an apostrophe with the character
that closes a quotation. So a mark is judged by where it stands before what it looks like: a mark with a space before
and a letter after it opens, one with a letter or a full stop before and a space after it closes. Only a mark that
stands free, or is hemmed in on both sides, is judged by its shape, and a straight one by what is open.
"""

import re
from typing import NamedTuple

from claimcheck.paragraphs import Span, paragraphs

_DOUBLE_OPENING = frozenset(["“", "„", "‟", "«", "‹", "〝", "``", "‘‘"])
_DOUBLE_CLOSING = frozenset(["”", "»", "›", "〞", "’’"])
_SINGLE = frozenset("'‘’‚‛")
_RUN = re.compile(r"(?:''|``|‘‘|’’|[\"“”„‟«»‹›〝〞＂'‘’‚‛])+")
_MARK = re.compile(r"''|``|‘‘|’’|.", re.DOTALL)
_ELISION = re.compile(r"\d\ds?\b|(?:em|tis|twas|til|till|cause|bout|round|n)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset("([{<-–—/―")
_AFTER_CLOSING = frozenset(".,;:!?)]}>-–—…/―")
_ENDS_CLAUSE = frozenset(".,;:!?…)]—–-")
_FEET = re.compile(r"\d['’]\d{1,2}$")


class Mark(NamedTuple):
    """A quotation mark of a paragraph. Offsets are code points into the paragraph; `level` is the number of quotations
    open around the one that the mark opens or closes, -1 where nothing was open to be closed."""

    start: int
    end: int
    opens: bool
    single: bool
    level: int


class _Candidate(NamedTuple):
    """A character that may be a mark. `free_left` and `free_right` say whether its side is open, as at a space."""

    start: int
    end: int
    shape: str
    left: str
    right: str
    free_left: bool
    free_right: bool
    single: bool


def quotation_spans(text: str) -> list[Span]:
    """Spans of the outermost quotations of `text`, their marks included, in order and without overlap.

    Marks of every style are known, mixed pairs too; apostrophes are not marks. A quotation of several paragraphs, each
    of which opens anew and only the last of which closes, is one span. A quotation that never closes ends with its
    paragraph. Linear in the length of the text; never raises.
    """
    spans: list[Span] = []
    unclosed = False  # whether the last span ran to its paragraph's end without a closing mark
    for start, end in paragraphs(text):
        found, still_open = _enclosed(text[start:end])
        for number, (first, last) in enumerate(found):
            if unclosed and number == 0 and first == 0:
                spans[-1] = (spans[-1][0], start + last)
            else:
                spans.append((start + first, start + last))
        unclosed = still_open
    return spans


def _enclosed(paragraph: str) -> tuple[list[Span], bool]:
    """Outermost quotations of one paragraph, and whether the last of them is never closed."""
    spans: list[Span] = []
    opened: int | None = None
    for mark in find_marks(paragraph):
        if mark.level == 0 and mark.opens:
            opened = mark.start
        elif mark.level == 0 and opened is not None:
            spans.append((opened, mark.end))
            opened = None
    if opened is not None:
        spans.append((opened, len(paragraph)))
    return spans, opened is not None


def find_marks(paragraph: str) -> list[Mark]:
    """The quotation marks of one paragraph in order, apostrophes and inch signs left out. Linear; never raises."""
    candidates = _candidates(paragraph)
    closing_next = _closing_next(candidates)
    marks: list[Mark] = []
    stack: list[_Candidate] = []
    doubles = 0  # double marks on the stack
    for mark, to_be_closed in zip(candidates, closing_next, strict=True):
        if mark.single:
            if stack and stack[-1].single and _may_close(mark, stack[-1].shape):
                # "the workers' rights": after the apostrophe of a plural the closing mark is still to come.
                if not (to_be_closed and mark.left in "sS" and mark.right == " "):
                    stack.pop()
                    marks.append(Mark(mark.start, mark.end, False, True, len(stack)))
            elif (
                # An opening that nothing closes is more often an apostrophe typed the wrong way round, unless it
                # starts a paragraph of a longer quotation.
                mark.free_left and not mark.free_right and (to_be_closed or (mark.start == 0 and mark.shape != "'"))
            ):
                marks.append(Mark(mark.start, mark.end, True, True, len(stack)))
                stack.append(mark)
        elif _opens(mark, doubles > 0):
            marks.append(Mark(mark.start, mark.end, True, False, len(stack)))
            stack.append(mark)
            doubles += 1
        elif doubles:
            while stack[-1].single:  # a double mark also ends the single quotations left open inside it
                stack.pop()
            stack.pop()
            doubles -= 1
            marks.append(Mark(mark.start, mark.end, False, False, len(stack)))
        elif not mark.left.isdigit():  # 12" is a length
            marks.append(Mark(mark.start, mark.end, False, False, -1))
    return marks


def _candidates(paragraph: str) -> list[_Candidate]:
    """Every character that may be a mark. Adjacent ones (`.’”`) share their neighbours, so that they agree."""
    candidates = []
    for run in _RUN.finditer(paragraph):
        left = paragraph[run.start() - 1] if run.start() else ""
        right = paragraph[run.end()] if run.end() < len(paragraph) else ""
        free_left = not left or left.isspace() or left in _BEFORE_OPENING
        free_right = not right or right.isspace() or right in _AFTER_CLOSING
        inside_word = left.isalnum() and right.isalnum()
        for match in _MARK.finditer(run.group()):
            shape, start, end = match.group(), run.start() + match.start(), run.start() + match.end()
            single = shape in _SINGLE
            if single and (inside_word or (free_left and (shape == "’" or _ELISION.match(paragraph, end)))):
                continue  # don't, ’em, '90s
            if shape == '"' and _FEET.search(paragraph[max(0, start - 4) : start]):
                continue  # 6'3"
            candidates.append(_Candidate(start, end, shape, left, right, free_left, free_right, single))
    return candidates


def _opens(mark: _Candidate, inside: bool) -> bool:
    """Whether a double mark opens; `inside` says that a double quotation is open before it."""
    if mark.free_left != mark.free_right:
        return mark.free_left
    if mark.shape in _DOUBLE_OPENING:
        return True
    if mark.shape in _DOUBLE_CLOSING:
        return False
    return not inside


def _may_close(mark: _Candidate, opening: str) -> bool:
    """Whether a single mark may close a quotation opened by the mark `opening`."""
    if mark.free_left or mark.shape == "‚" or (mark.shape == "‘" and opening != "‚"):
        return False
    return mark.free_right or mark.left in _ENDS_CLAUSE


def _closing_next(candidates: list[_Candidate]) -> list[bool]:
    """For each candidate whether the next single one may close a quotation, rather than open one or be missing."""
    closing: list[bool] = []
    following = False
    for mark in reversed(candidates):
        closing.append(following)
        if mark.single:
            following = not mark.free_left
    closing.reverse()
    return closing

"""Comments in an article that silence rules.

    <!-- claimcheck: ignore CC101 -->           in Markdown and HTML
    # claimcheck: ignore CC101, CC301           in plain text, to the end of the line
    <!-- claimcheck: ignore -->                 every rule
    <!-- claimcheck: ignore-file CC302 -->      for the whole article

A comment at the end of a paragraph, or inside it, is about that paragraph; one that stands on a line of its own is
about the next. Codes may be prefixes ("CC3").

A comment is no part of the article. In plain text it is blanked out before the article is checked, one space for each
character, so that all offsets stay those of the file; where the text was extracted from another format, the paragraph
is found again by its words.
"""

from __future__ import annotations

import bisect
import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.errors import InputError
from claimcheck.lint import markup
from claimcheck.lint.registry import ALL, check_prefixes
from claimcheck.paragraphs import paragraphs

_COMMENT = re.compile(
    r"<!--\s*claimcheck:\s*(?P<what1>ignore(?:-file)?)\b(?P<codes1>[^>]{0,500})-->"
    r"|(?:(?<=\s)|^)#[ \t]*claimcheck:[ \t]*(?P<what2>ignore(?:-file)?)\b(?P<codes2>[^\n\r]*)",
    re.MULTILINE,
)
_CODE = re.compile(r"[A-Za-z][\w-]*")
_BOUNDARY = re.compile(
    r"</?(?:p|div|h[1-6]|li|blockquote|article|section|main|br|td|tr|ul|ol)\b[^>]*>|\n[ \t]*\r?\n", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_ENOUGH = 12
"""Words by which a paragraph is found again; two paragraphs that begin with the same twelve are both meant."""
_NEAR = 40
"""Edges of blocks after a comment among which its paragraph is looked for."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """What a comment says: which rules it silences (prefixes, or "ALL") and where, code points of the text."""

    codes: tuple[str, ...]
    start: int
    end: int

    def covers(self, code: str, start: int) -> bool:
        """Whether a finding of the rule ``code`` that begins at the code point ``start`` is silenced."""
        return self.start <= start < self.end and any(c == ALL or code.startswith(c) for c in self.codes)


def blank(text: str) -> str:
    """The text with every comment for claimcheck replaced by as many spaces; line ends inside one are kept."""
    if "claimcheck:" not in text:
        return text
    return _COMMENT.sub(lambda m: re.sub(r"[^\r\n]", " ", m.group()), text)


def in_text(text: str, where: str) -> tuple[list[Ignore], list[str]]:
    """The comments of a plain text, and notes on those that mean no rule or no paragraph.

    Args:
        where: names the file in notes.
    """
    plain = blank(text)
    spans = paragraphs(plain)
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    ignores: list[Ignore] = []
    notes: list[str] = []
    for match in _COMMENT.finditer(text):
        if not (codes := _codes(match, where, notes)):
            continue
        if _for_article(match):
            ignores.append(Ignore(codes, 0, len(text) + 1))
            continue
        line_end = min(
            (i for i in (text.find("\n", match.end()), text.find("\r", match.end())) if i >= 0), default=len(text)
        )
        line_start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        # The first paragraph on the comment's line; where the comment stands alone, the next one.
        k = bisect.bisect_right(ends, line_start)
        if not plain[line_start:line_end].strip():
            k = bisect.bisect_left(starts, match.end())
        if k < len(spans):
            ignores.append(Ignore(codes, *spans[k]))
        else:
            notes.append(_lost(match, where))
    return ignores, notes


def in_source(source: str, text: str, where: str) -> tuple[list[Ignore], list[str]]:
    """The comments of a document in a markup language, located in the text that was extracted from it.

    Args:
        source: the document. text: what was extracted. where: names the file in notes.
    """
    ignores: list[Ignore] = []
    notes: list[str] = []
    source = markup.blanked(source, unread_only=True)
    edges = [0, *sorted({edge for m in _BOUNDARY.finditer(source) for edge in m.span()}), len(source)]
    by_words: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for a, b in paragraphs(text):
        if words := _words(text[a:b]):
            by_words.setdefault(words, []).append((a, b))
    for match in _COMMENT.finditer(source):
        if not (codes := _codes(match, where, notes)):
            continue
        if _for_article(match):
            ignores.append(Ignore(codes, 0, len(text) + 1))
            continue
        wanted = _block_words(source, match, edges)
        found = [span for n in range(len(wanted), 0, -1) for span in by_words.get(wanted[:n], ())]
        ignores += [Ignore(codes, a, b) for a, b in found]
        if not found:
            notes.append(_lost(match, where))
    return ignores, notes


def _for_article(match: re.Match[str]) -> bool:
    return (match["what1"] or match["what2"]) == "ignore-file"


def _lost(match: re.Match[str], where: str) -> str:
    line = match.string.count("\n", 0, match.start()) + 1
    return f"{where}:{line}: no paragraph of the article belongs to this comment, so it silences nothing."


def _codes(match: re.Match[str], where: str, notes: list[str]) -> tuple[str, ...]:
    """The prefixes that a comment names; what means no rule is noted, and dropped."""
    found = _CODE.findall(match["codes1"] or match["codes2"] or "")
    if not found:
        return (ALL,)
    codes: list[str] = []
    for code in found:
        try:
            codes += check_prefixes([code], f"{where}:{match.string.count(chr(10), 0, match.start()) + 1}")
        except InputError as error:
            notes.append(str(error))
    return tuple(codes)


def _block_words(source: str, comment: re.Match[str], edges: Sequence[int]) -> tuple[str, ...]:
    """The first words of the block around a comment, or of the next one that has any where the comment stands alone."""
    k = bisect.bisect_right(edges, comment.start()) - 1
    for a, b in itertools.islice(itertools.pairwise(edges[max(0, k) : k + _NEAR]), _NEAR):
        if words := _words(html.unescape(markup.blanked(source[a:b]))):
            return words
    return ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(m.group().lower() for m in itertools.islice(_WORD.finditer(text), _ENOUGH))

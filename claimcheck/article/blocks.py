"""Markup to paragraphs: the text of HTML as a reader sees it, one block after the other.

Markdown, Word documents and what is left of a page when its article has been found all come through here as HTML. The
HTML has to be well formed, as libraries write it: Python's parser takes a time that grows with the square of broken
input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

SEPARATOR = "\n\n"
"""Between two blocks of the text."""

_BLOCKS = frozenset(
    re.split(
        " ",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table "
        "tbody tfoot thead tr ul",
    )
)
_UNREAD = frozenset(
    re.split(" ", "head iframe math noembed noframes noscript object script style svg template textarea title")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_AROUND_BREAK = re.compile(r" *\n *")
_INVISIBLE = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)
)
"""Control characters, and soft hyphens and the like: where a line may break is nothing that a reader reads."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row, its cells parted by tabs. `level` is 1 to 6 for a heading, else
    0."""

    text: str
    level: int = 0


def blocks(html: str) -> list[Block]:
    """The blocks of well-formed HTML, in order, none of them empty."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_row()
    return parser.found


def heading(found: list[Block]) -> str | None:
    """The title that a document gives itself: the heading that it starts with, else its only one of the first level."""
    if found and found[0].level:
        return found[0].text
    first_level = [block.text for block in found if block.level == 1]
    return first_level[0] if len(first_level) == 1 else None


def with_title(found: list[Block], title: str | None) -> str:
    """The text of a document, the title as its first paragraph unless it stands in it as a heading or at the start."""
    parts = [block.text for block in found]
    if title and not any(same(block.text, title) for n, block in enumerate(found) if n == 0 or block.level):
        parts.insert(0, title)
    return SEPARATOR.join(parts)


def same(text: str, other: str) -> bool:
    """Whether two titles are the same but for case, spaces and marks."""
    return re.sub(r"\W+", "", text).casefold() == re.sub(r"\W+", "", other).casefold()


def clean(text: str) -> str:
    """Text on one line, without what no reader sees."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


class _Parser(HTMLParser):
    """Collects the blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._parts: list[str] = []
        self._level = 0
        self._unread: list[str] = []
        self._preformatted = 0
        self._cells: list[list[Block]] | None = None  # of the row at hand

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread.append(tag)
        elif tag in _BLOCKS:
            self._end(tag)
            self._level = int(tag[1]) if tag in _HEADINGS else 0
            self._preformatted += tag == "pre"
            if tag == "tr":
                self._cells = []
        elif tag == "br":
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._flush()
            if self._cells is not None:
                self._cells.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNREAD:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            if tag in self._unread:
                del self._unread[self._unread.index(tag) :]
        elif tag in _BLOCKS:
            self._end(tag)
            self._level = 0
            if tag == "pre" and self._preformatted:
                self._preformatted -= 1

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        self._parts.append(data if self._preformatted else _SPACE.sub(" ", data))

    def _end(self, tag: str) -> None:
        """End the block at hand, and the row at hand where another begins or it is over."""
        if tag in ("tr", "table"):
            self.end_row()
        else:
            self._flush()

    def end_row(self) -> None:
        """End the row at hand: a block for all of its cells, or for each where they hold more than a few words each."""
        self._flush()
        cells, self._cells = self._cells, None
        if cells and all(len(cell) <= 1 for cell in cells):
            if text := "\t".join(block.text for cell in cells for block in cell):
                self.found.append(Block(text))
        else:
            self.found += (block for cell in cells or () for block in cell)

    def _flush(self) -> None:
        """End the block at hand."""
        text = "".join(self._parts).replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
        self._parts.clear()
        if not self._preformatted:
            text = _AROUND_BREAK.sub("\n", re.sub(r" {2,}", " ", text))
        # Two line breaks in a row end a paragraph to a reader's eye, whatever the markup calls it.
        parts = [Block(part.strip(), self._level) for part in re.split(r"\n\s*\n", text) if part.strip()]
        if self._cells:
            self._cells[-1] += parts
        else:
            self.found += parts

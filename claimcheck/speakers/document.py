"""The article as the other rooms of this package read it: tokens, sentences, paragraphs, quotations, by position."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from claimcheck.paragraphs import Span, paragraphs
from claimcheck.quotations import quotation_spans

WORD = re.compile(r"[^\W_]+(?:(?:[-‐‑.'’&/+@]|(?<=\d),(?=\d))[^\W_]+)*")
"""A word: hyphens, apostrophes and full stops inside it belong to it ("D'Souza", "U.S", "Reuters/Ipsos", "Lazar's")."""
POSSESSIVE = re.compile(r"['’][sS]$")
SPACES = frozenset([" ", "\u00a0", "\u202f", "\n", "  "])
"""What may stand between two words of one name."""
OPENING = frozenset("\"“”„‟«»‹‘‚'([{")


class Document:
    """An article with its sentences and, by position, what lies around a character. Offsets are code points."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.text = text
        self.sentences = sorted((a, b) for a, b in sentences if a < b)
        self._sentence_starts = [a for a, _ in self.sentences]
        self.paragraphs = paragraphs(text)
        self._paragraph_starts = [a for a, _ in self.paragraphs]
        self.quotations = quotation_spans(text)
        self._quotation_starts = [a for a, _ in self.quotations]
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        """The tokens as they stand, a possessive ``'s`` cut off (``ends`` does not count it either)."""
        self.possessive: list[bool] = []
        for m in WORD.finditer(text):
            word, cut = m.group(), False
            if len(word) > 2 and POSSESSIVE.search(word):
                word, cut = word[:-2], True
            elif text[m.end() : m.end() + 1] in ("'", "’") and word[-1] in "sS":
                cut = text[m.end() + 1 : m.end() + 2].isspace()
            self.starts.append(m.start())
            self.ends.append(m.start() + len(word))
            self.words.append(word)
            self.possessive.append(cut)

    def token_at(self, position: int) -> int:
        """Index of the first token that ends after ``position``; the number of tokens if there is none."""
        return bisect.bisect_right(self.ends, position)

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that begin in ``start`` to ``end``."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))

    def sentence_of(self, position: int) -> int:
        """Index of the sentence a character is in, or of the one before it; 0 where there is none."""
        return max(0, bisect.bisect_right(self._sentence_starts, position) - 1)

    def sentence_span(self, position: int) -> Span:
        """The sentence around a character; the character alone where there is none."""
        k = bisect.bisect_right(self._sentence_starts, position) - 1
        return self.sentences[k] if k >= 0 and position < self.sentences[k][1] else (position, position + 1)

    def paragraph_of(self, position: int) -> int:
        """Index of the paragraph a character is in, or of the one before it."""
        return max(0, bisect.bisect_right(self._paragraph_starts, position) - 1)

    def quotation_at(self, position: int) -> int:
        """Index of the quotation around a character, or -1."""
        k = bisect.bisect_right(self._quotation_starts, position) - 1
        return k if k >= 0 and position < self.quotations[k][1] else -1

    def gap(self, left: int, right: int) -> str:
        """What stands between two tokens, at most 8 characters of it."""
        return self.text[self.ends[left] : min(self.starts[right], self.ends[left] + 8)]

    def before(self, token: int) -> str:
        """The visible character before a token, or "" at the start of its paragraph's line."""
        i = self.starts[token] - 1
        while i >= 0 and self.text[i] in " \t\u00a0":
            i -= 1
        return "" if i < 0 or self.text[i] in "\r\n" else self.text[i]

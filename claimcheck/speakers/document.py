"""The article as the other rooms of this package read it: tokens, sentences, paragraphs, quotations, by position."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import lru_cache

from claimcheck.paragraphs import Span, paragraphs
from claimcheck.sentences import quotation_spans

_LETTERS = r"[^\W_](?:[^\W_]+|[\u0300-\u036f]+)*"  # accents may be characters of their own
WORD = re.compile(rf"{_LETTERS}(?:(?:[-‐‑.'’&/+@]|(?<=\d),(?=\d)){_LETTERS})*")
"""A word: hyphens, apostrophes and full stops inside it belong to it ("D'Souza", "U.S", "Reuters/Ipsos", "Lazar's")."""
POSSESSIVE = ("'s", "’s", "'S", "’S")
SPACES = frozenset([" ", "\u00a0", "\u202f", "\n", "  "])
"""What may stand between two words of one name."""
INLINE_SPACES = frozenset([" ", "\u00a0", "\u202f"])
"""A space inside a line."""
OPENING = frozenset("\"“”„‟«»‹‘‚'([{")
_GAP = 8
"""Characters that are looked at between two tokens, at most."""


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
        found = list(WORD.finditer(text))
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]
        self.words = [m.group() for m in found]
        """The tokens as they stand, a possessive ``'s`` cut off (``ends`` does not count it either)."""
        self.possessive = [False] * len(found)
        for k, word in enumerate(self.words):
            if word[-1] not in "sS":
                continue
            end = self.ends[k]
            if len(word) > 2 and word.endswith(POSSESSIVE):
                self.words[k], self.ends[k], self.possessive[k] = word[:-2], end - 2, True
            elif text[end : end + 1] in ("'", "’"):
                self.possessive[k] = text[end + 1 : end + 2].isspace()
        self.low = [word.lower() for word in self.words]
        """The tokens in lower case."""
        self.gaps = [text[a : min(b, a + _GAP)] for a, b in zip(self.ends, self.starts[1:], strict=False)]
        """What stands between each token and the next, see :meth:`gap`; the last has nothing after it."""
        self.gaps += [""] if self.words else []

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
        """What stands between two tokens, at most :data:`_GAP` characters of it."""
        if right == left + 1:
            return self.gaps[left]
        return self.text[self.ends[left] : min(self.starts[right], self.ends[left] + _GAP)]

    def before(self, token: int) -> str:
        """The visible character before a token, or "" at the start of its paragraph's line."""
        i = self.starts[token] - 1
        while i >= 0 and self.text[i] in " \t\u00a0":
            i -= 1
        return "" if i < 0 or self.text[i] in "\r\n" else self.text[i]


@lru_cache(maxsize=1)  # the rooms read one article after another: each finds what the one before has read
def read(text: str, sentences: tuple[Span, ...]) -> Document:
    """The document of an article, which nobody changes."""
    return Document(text, sentences)

"""Sentences to token windows, and the scores of windows back to one row a token of the article.

The article becomes **one** long row of word pieces (:class:`Tokens`): each sentence is a marker piece followed by
its pieces. A window is a slice of that row on sentence bounds, so nothing is tokenized twice and a score finds
its way back by addition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from claimcheck.paragraphs import numbered

Int = npt.NDArray[np.int32]
Float = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]
Span = tuple[int, int]

CASES = ("none", "lower", "title", "upper", "mixed")
"""What the case embedding tells apart; the encoders are uncased and names are what we look for."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_COMBINING = re.compile(r"[\u0300-\u036f]+")

MARKERS = (("<s>", "</s>"), ("[CLS]", "[SEP]"))
"""What opens a paragraph and any other sentence, in the words of MPNet and of BERT; a vocabulary has its own first."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """An article as one row of ``n`` word pieces, sentence markers among them.

    Attributes:
        ids: vocabulary index, shape (n,).
        cases: index into :data:`CASES`, shape (n,).
        starts, ends: code-point offsets into the article, half-open; a marker has the empty span at its sentence's start.
        sentence: index of the sentence of each piece, shape (n,).
        inner: whether the piece goes on with the word of the piece before, shape (n,).
        marker: whether the piece is a sentence marker, shape (n,).
        bounds: row index of each sentence's marker and, last, ``n``; shape (sentences + 1,).
    """

    ids: Int
    cases: Int
    starts: Int
    ends: Int
    sentence: Int
    inner: Bool
    marker: Bool
    bounds: Int

    def __len__(self) -> int:
        return len(self.ids)


def case_of(piece: str) -> int:
    """The index into :data:`CASES` for the text of one piece."""
    if not any(map(str.isalpha, piece)):
        return 0
    if piece.islower():
        return 1
    if piece.isupper():
        return 3 if len(piece) > 1 else 2
    return 2 if piece[0].isupper() and piece[1:].islower() else 4


def markers(tokenizer: Tokenizer) -> tuple[int, int]:
    """The pieces that open a paragraph and any other sentence; 0 for a vocabulary that has none."""
    for paragraph, sentence in MARKERS:
        found = tokenizer.token_to_id(paragraph), tokenizer.token_to_id(sentence)
        if found[0] is not None and found[1] is not None:
            return found[0], found[1]
    return 0, 0


def tokenize(tokenizer: Tokenizer, text: str, sentences: Sequence[Span]) -> Tokens:
    """Lay the sentences of an article out as one row of pieces.

    Args:
        tokenizer: a WordPiece tokenizer without truncation and padding.
        text: the article; lone surrogates and the like are allowed.
        sentences: half-open code-point spans, in order.
    """
    # The tokenizer takes valid Unicode only; a replacement of the same length keeps the offsets.
    clean = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    encodings = tokenizer.encode_batch([clean[a:b] for a, b in sentences], add_special_tokens=False)
    paragraph, sentence_marker = markers(tokenizer)
    ids: list[int] = []
    cases: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    inner: list[bool] = []
    bounds = [0]
    known: dict[str, int] = {}
    numbers = numbered(text, (start for start, _ in sentences))
    for i, ((start, _), encoding) in enumerate(zip(sentences, encodings, strict=True)):
        ids.append(paragraph if not i or numbers[i] != numbers[i - 1] else sentence_marker)
        cases.append(0)
        starts.append(start)
        ends.append(start)
        inner.append(False)
        ids.extend(encoding.ids)
        word = None
        for (a, b), token, w in zip(encoding.offsets, encoding.tokens, encoding.word_ids, strict=True):
            starts.append(start + a)
            ends.append(start + b)
            inner.append(w == word and token.startswith("##"))
            word = w
            piece = clean[start + a : start + b]
            if piece not in known:
                known[piece] = case_of(piece)
            cases.append(known[piece])
        bounds.append(len(ids))
    if _COMBINING.search(clean):
        # The tokenizer drops accents; one that stands as a character of its own still belongs to its letter.
        for k, end in enumerate(ends):
            if end > starts[k] and (accents := _COMBINING.match(clean, end)):
                ends[k] = accents.end()
    ids_row = np.asarray(ids, np.int32)
    bounds_row = np.asarray(bounds, np.int32)
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(bounds_row))
    marker = np.zeros(len(ids), np.bool_)
    marker[bounds_row[:-1]] = True
    return Tokens(
        ids_row,
        np.asarray(cases, np.int32),
        np.asarray(starts, np.int32),
        np.asarray(ends, np.int32),
        sentence,
        np.asarray(inner, np.bool_),
        marker,
        bounds_row,
    )


def slices(tokens: Tokens, *, size: int, context: int, first: int = 0) -> list[Span]:
    """Windows over the row: slices of at most ``size`` pieces that together cover all of it.

    A window begins and ends at a sentence's bound wherever a sentence fits into it, and repeats up to about
    ``context`` pieces of the window before, so that no sentence is read without what stands before it.

    Args:
        first: row index at which the first window ends at the latest; training varies it to vary the bounds.
    """
    n = len(tokens)
    if n <= size and not first:
        return [(0, n)] if n else []
    # A sentence longer than half a window may be cut inside: hard cuts keep every step below the size.
    step = max(1, size // 2)
    cuts: list[int] = []
    for a, b in zip(tokens.bounds[:-1].tolist(), tokens.bounds[1:].tolist(), strict=True):
        cuts.extend(range(a, b, step))
    cuts.append(n)
    row = np.asarray(cuts)

    def cut_before(position: int) -> int:
        return int(row[np.searchsorted(row, position, side="right") - 1])

    windows = []
    start, end = 0, cut_before(first or size)
    if not end:
        end = int(row[1])
    while True:
        windows.append((start, end))
        if end >= n:
            return windows
        start = int(row[np.searchsorted(row, end - context, side="left")])
        following = cut_before(start + size)
        if following <= end or start <= windows[-1][0]:
            # What comes next is too long to leave room for context before it.
            start, following = end, cut_before(end + size)
        end = following


def owners(n: int, windows: Sequence[Span]) -> Int:
    """For each piece the window whose scores count: the one in which it stands furthest from a cut edge."""
    best = np.full(n, -1, np.int64)
    owner = np.zeros(n, np.int32)
    for i, (a, b) in enumerate(windows):
        position = np.arange(a, b)
        left = position - a if a else np.full(b - a, n)
        right = b - 1 - position if b < n else np.full(b - a, n)
        distance = np.minimum(left, right)
        better = distance > best[a:b]
        best[a:b][better] = distance[better]
        owner[a:b][better] = i
    return owner


def whole_sentences(owner: Int, tokens: Tokens, windows: Sequence[Span]) -> Int:
    """The owners, but one window for all of a sentence where some window holds all of it.

    A span, and the vectors by which its words point at each other, are then read by one window. Of several windows the
    one counts in which the sentence stands furthest from a cut edge.
    """
    result = owner.copy()
    n = len(owner)
    begins, ends = tokens.bounds[:-1], tokens.bounds[1:]
    mixed = np.flatnonzero(owner[begins] != owner[np.maximum(ends - 1, begins)])
    for start, end in zip(begins[mixed].tolist(), ends[mixed].tolist(), strict=True):
        around = [
            (min(start - a if a else n, b - end if b < n else n), i)
            for i in range(int(owner[start]), int(owner[end - 1]) + 1)
            for a, b in (windows[i],)
            if a <= start and end <= b
        ]
        if around:
            result[start:end] = max(around, key=lambda room: (room[0], -room[1]))[1]
    return result


def merge(tokens: Tokens, windows: Sequence[Span], scores: Sequence[Float]) -> Float:
    """The scores of windows as one row for the article.

    Args:
        tokens: the article's row of ``n`` pieces.
        windows: slices as :func:`slices` gives them.
        scores: for each window an array of shape (at least its length, k).

    Returns:
        Shape (n, k).
    """
    if not windows:
        return np.zeros((0, 1), np.float32)
    n = len(tokens)
    owner = whole_sentences(owners(n, windows), tokens, windows)
    merged = np.empty((n, *scores[0].shape[1:]), np.float32)
    for i, ((a, b), s) in enumerate(zip(windows, scores, strict=True)):
        mine = owner[a:b] == i
        merged[a:b][mine] = s[: b - a][mine]
    return merged

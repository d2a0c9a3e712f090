"""Windows cover the article, keep to sentences, and bring every score back to its piece."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from claimcheck import windows
from claimcheck.sentences import split


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tax", "##es", "will", "fall", "she", "said", ".", ",", "“", "”"]
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def tokens_of(bounds: list[int]) -> windows.Tokens:
    n = bounds[-1]
    row = np.arange(n, dtype=np.int32)
    off = np.zeros(n, np.bool_)
    sentence = np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))
    return windows.Tokens(row, row * 0, row, row + 1, sentence, off, off, np.asarray(bounds, np.int32))


def test_every_sentence_begins_with_a_marker_and_a_paragraph_with_another(tokenizer: Tokenizer) -> None:
    text = "Taxes will fall.\n\nShe said. Taxes fall."
    tokens = windows.tokenize(tokenizer, text, split(text))
    at = tokens.bounds[:-1]
    assert [tokenizer.id_to_token(i) for i in tokens.ids[at]] == ["[CLS]", "[CLS]", "[SEP]"]
    assert tokens.marker.sum() == 3
    assert (tokens.starts[at] == tokens.ends[at]).all()


def test_pieces_know_their_place_their_case_and_their_word(tokenizer: Tokenizer) -> None:
    text = "Taxes will FALL."
    tokens = windows.tokenize(tokenizer, text, split(text))
    pieces = [
        (text[a:b], windows.CASES[c], bool(i))
        for a, b, c, i in zip(tokens.starts, tokens.ends, tokens.cases, tokens.inner, strict=True)
    ][1:]
    assert pieces == [
        ("Tax", "title", False),
        ("es", "lower", True),
        ("will", "lower", False),
        ("FALL", "upper", False),
        (".", "none", False),
    ]


def test_an_accent_of_its_own_belongs_to_the_piece_before_it(tokenizer: Tokenizer) -> None:
    text = "Taxes\u0301 will"
    tokens = windows.tokenize(tokenizer, text, split(text))
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)][-2:] == ["es\u0301", "will"]


@given(st.text(st.characters(), max_size=300))
def test_offsets_stay_inside_any_text(text: str) -> None:
    vocabulary = {w: i for i, w in enumerate(["[UNK]", "[CLS]", "[SEP]"])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokens = windows.tokenize(tokenizer, text, split(text))
    assert (tokens.starts <= tokens.ends).all()
    assert (tokens.ends <= len(text)).all()
    assert (np.diff(tokens.starts) >= 0).all()
    assert (tokens.starts < tokens.ends)[~tokens.marker].all()


lengths = st.lists(st.integers(1, 90), min_size=1, max_size=40)


@given(lengths, st.integers(20, 60), st.integers(0, 15), st.integers(0, 20))
def test_windows_cover_everything_in_order_within_their_size(
    lengths: list[int], size: int, context: int, first: int
) -> None:
    tokens = tokens_of([0, *np.cumsum(lengths).tolist()])
    slices = windows.slices(tokens, size=size, context=context, first=first)
    assert slices[0][0] == 0
    assert slices[-1][1] == len(tokens)
    for (a, b), (c, d) in zip(slices, slices[1:], strict=False):
        assert a < c <= b < d, "each window goes on where the one before ended, or repeats some of it"
    assert all(0 < b - a <= size for a, b in slices)


@given(lengths)
def test_windows_end_with_sentences_that_fit(lengths: list[int]) -> None:
    short = [min(x, 25) for x in lengths]
    tokens = tokens_of([0, *np.cumsum(short).tolist()])
    bounds = set(tokens.bounds.tolist())
    for a, b in windows.slices(tokens, size=50, context=10):
        assert {a, b} <= bounds


@given(lengths, st.integers(0, 15))
def test_merging_gives_every_piece_its_own_score(lengths: list[int], context: int) -> None:
    tokens = tokens_of([0, *np.cumsum(lengths).tolist()])
    slices = windows.slices(tokens, size=40, context=context)
    scores = [np.stack([np.arange(a, b), np.full(b - a, k)], 1).astype(np.float32) for k, (a, b) in enumerate(slices)]
    merged = windows.merge(tokens, slices, scores)
    assert merged[:, 0].tolist() == list(range(len(tokens)))
    for start, end in zip(tokens.bounds[:-1].tolist(), tokens.bounds[1:].tolist(), strict=True):
        if any(a <= start and end <= b for a, b in slices):
            assert len(set(merged[start:end, 1].tolist())) == 1, "one window reads all of a sentence that fits into one"


def test_a_sentence_on_the_seam_is_read_by_the_window_that_holds_all_of_it() -> None:
    tokens = tokens_of([0, 3, 6, 10])
    slices = [(0, 6), (3, 10)]
    assert windows.owners(10, slices).tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert windows.whole_sentences(windows.owners(10, slices), tokens, slices).tolist() == [0] * 6 + [1] * 4


def test_a_piece_is_read_in_the_window_where_it_has_most_context() -> None:
    owner = windows.owners(10, [(0, 6), (2, 10)])
    # Piece 3 stands 2 from the first window's cut end and 1 from the second's cut start; piece 4 the other way round.
    assert owner.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]


def test_where_a_line_is_wrapped_opens_no_paragraph(tokenizer: Tokenizer) -> None:
    words = "Taxes will fall. She said taxes will fall, she said. " * 6
    plain = f"{words.strip()}\n\nTaxes fall."
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > 60:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line]) + "\n\nTaxes fall."
    rows = [windows.tokenize(tokenizer, text, split(text)) for text in (plain, wrapped)]
    assert rows[0].ids.tolist() == rows[1].ids.tolist()
    assert (rows[0].ids == tokenizer.token_to_id("[CLS]")).sum() == 2

"""Decoding: the best legal tags, links where they point, and labels and attributions that say the same."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from claimcheck import attribution
from claimcheck.attribution import Attribution, Decoding, RoleSpan, Scores, trim_contents
from claimcheck.windows import Tokens

B, I, O = 0, 1, 2
TRANSITIONS = np.zeros((3, 3, 3), np.float32)
TRANSITIONS[:, O, I] = -1e4
START = np.zeros((3, 3), np.float32)
START[:, I] = -1e4
DECODING = Decoding(TRANSITIONS, START)


def row(n: int, markers: tuple[int, ...] = (0,)) -> Tokens:
    """``n`` pieces of one character each, sentences beginning at ``markers``."""
    marker = np.zeros(n, np.bool_)
    marker[list(markers)] = True
    starts = np.arange(n, dtype=np.int32)
    ends = np.where(marker, starts, starts + 1).astype(np.int32)
    bounds = np.asarray([*markers, n], np.int32)
    sentence = np.repeat(np.arange(len(markers), dtype=np.int32), np.diff(bounds))
    off = np.zeros(n, np.bool_)
    return Tokens(starts, starts * 0, starts, ends, sentence, off, marker, bounds)


def scores(tags: dict[str, str], pointers: dict[tuple[str, int], int] | None = None, size: int = 8) -> Scores:
    """Scores that are sure of ``tags`` (a letter a piece) and of where pieces point (-1: at nothing)."""
    n = len(next(iter(tags.values())))
    role = np.zeros((n, 9), np.float32)
    for r, name in enumerate(attribution.ROLES):
        for i, letter in enumerate(tags.get(name, "O" * n)):
            role[i, 3 * r + "BIO".index(letter)] = 10
    pointer = np.zeros((n, len(attribution.VECTORS) * size), np.float32)
    null = np.zeros((n, len(attribution.POINTERS)), np.float32)
    for k, ((name, query), target) in enumerate((pointers or {}).items()):
        if target < 0:
            null[query, attribution.POINTERS.index(name)] = 50
            continue
        pointer[query, attribution.VECTORS.index(f"query:{name}") * size + k] = 20
        pointer[target, attribution.VECTORS.index(attribution.KEY_OF[name]) * size + k] = 20
    return Scores(np.zeros((n, 4), np.float32), np.zeros(n, np.float32), role, pointer, null)


def test_source_and_contents_are_tied_to_the_cue_they_point_at() -> None:
    tags = {"source": "OOOOBIOOOOBOO", "cue": "OOOOOOBOOOOBO", "content": "OBIIOOOBIOOOB"}
    points = {
        ("cue_source", 6): 4,
        ("cue_source", 11): 10,
        ("content_cue", 1): 6,
        ("content_cue", 7): 6,
        ("content_cue", 12): 11,
    }
    first, second = attribution.decode(scores(tags, points), row(13), DECODING)
    assert (first.source.start, first.source.end) == (4, 6)
    assert (first.cue.start, first.cue.end) == (6, 7)
    assert [(c.start, c.end) for c in first.content] == [(1, 4), (7, 9)]
    assert (second.source.start, second.cue.start, second.content[0].start) == (10, 11, 12)
    assert first.confidence > 0.9


def test_content_without_a_cue_is_tied_to_its_source_or_stands_alone() -> None:
    tags = {"source": "OOOBO", "content": "OBOOB"}
    points = {("content_cue", 1): -1, ("content_source", 1): 3, ("content_cue", 4): -1, ("content_source", 4): -1}
    first, second = attribution.decode(scores(tags, points), row(5), DECODING)
    assert first.source.start == 3
    assert first.cue is None
    assert second.source is None
    assert second.cue is None


def test_a_cue_and_source_alone_in_a_sentence_attribute_nothing() -> None:
    assert attribution.decode(scores({"cue": "OBO", "source": "OOB"}), row(3), DECODING) == []


def test_a_cue_without_content_takes_a_spare_fragment_that_half_points_at_it() -> None:
    tags = {"cue": "OOBOOB", "content": "OBOBBO"}
    s = scores(tags, {("content_cue", 1): 2, ("content_cue", 3): 2, ("content_cue", 4): 2})
    size = s.pointer.shape[1] // len(attribution.VECTORS)
    query, key = (attribution.VECTORS.index(v) * size for v in ("query:content_cue", "key:cue"))
    s.pointer[4, query + 7] = s.pointer[5, key + 7] = 19.8
    first, second = attribution.decode(s, row(6), DECODING)
    assert [c.start for c in first.content] == [1, 3]
    assert (second.cue.start, [c.start for c in second.content]) == (5, [4])


def test_a_cue_without_content_finds_the_best_in_its_sentence_and_not_in_another() -> None:
    s = scores({"cue": "OOBOOOOOO"})
    s.role[3, 6:9] = [7.5, 0, 9]
    s.role[4, 6:9] = [0, 9.5, 9]
    s.role[7, 6:9] = [8.9, 0, 9]
    (only,) = attribution.decode(s, row(9, (0, 6)), DECODING)
    assert [(c.start, c.end) for c in only.content] == [(3, 5)]


def test_a_quotation_runs_on_over_a_sentence_and_has_no_marker_at_its_edge() -> None:
    spans = attribution.role_spans(scores({"content": "BIIIIO"}), row(6, (0, 3)), DECODING, "content")
    assert [(s.start, s.end) for s in spans] == [(1, 5)]


def test_nothing_points_farther_than_the_network_ever_saw() -> None:
    n = attribution.REACH + 10
    tags = {"cue": "O" + "B" + "O" * (n - 2), "source": "O" * (n - 1) + "B", "content": "OOB" + "O" * (n - 3)}
    points = {("cue_source", 1): n - 1, ("content_cue", 2): 1}
    (only,) = attribution.decode(scores(tags, points), row(n), DECODING)
    assert only.source is None


def test_a_label_is_the_vote_of_the_salient_pieces() -> None:
    s = scores({"cue": "OOOO"})
    s.label[1] = [5, 0, 0, 0]
    s.label[2] = [0, 0, 5, 0]
    s.salience[2] = 6
    assert attribution.sentence_labels(s, row(4), DECODING).argmax(1).tolist() == [2]
    cold = attribution.sentence_labels(s, row(4), Decoding(TRANSITIONS, START, temperature=5.0))
    assert cold.argmax(1).tolist() == [2]
    assert cold.max() < attribution.sentence_labels(s, row(4), DECODING).max()


def span(start: int, end: int) -> RoleSpan:
    return RoleSpan(start, end, start, end, 0.9)


sentence_lists = st.lists(st.integers(1, 9), min_size=1, max_size=8).map(
    lambda xs: [(a, b) for a, b in itertools.pairwise([0, *np.cumsum(xs).tolist()])]
)


@given(st.data(), sentence_lists)
def test_every_claim_has_content_in_it_whatever_the_scores(
    data: st.DataObject, sentences: list[tuple[int, int]]
) -> None:
    probabilities = data.draw(
        nps.arrays(np.float32, (len(sentences), 4), elements=st.floats(np.float32(0.01), 1, width=32))
    )
    edges = st.integers(0, sentences[-1][1] - 1)
    contents = data.draw(st.lists(st.tuples(edges, edges).map(lambda ab: (min(ab), max(ab) + 1)), max_size=5))
    found = [Attribution(None, None, [span(*c)], 0.5) for c in contents]
    labels, attributions = attribution.reconcile(probabilities, found, sentences)
    assert len(labels) == len(sentences)
    for (start, end), label in zip(sentences, labels, strict=True):
        if label == "claim":
            assert any(c.start < end and start < c.end for a in attributions for c in a.content)
    assert all(a in attributions for a in found), "an attribution in another sentence stays"
    assert [a.start for a in attributions] == sorted(a.start for a in attributions)


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("“Taxes will fall”", [(0, 17)], "direct"),
        ("taxes will fall", [], "indirect"),
        ("taxes are “a grotesque burden”", [(10, 30)], "mixed"),
    ],
)
def test_quotation_is_told_by_the_marks(text: str, marks: list[tuple[int, int]], expected: str) -> None:
    assert attribution.quotation(Attribution(None, None, [span(0, len(text))]), marks, text) == expected


def test_what_is_most_likely_a_heading_or_byline_is_reported_and_no_claim() -> None:
    rows = np.asarray([[0.05, 0.35, 0.0, 0.6], [0.1, 0.5, 0.0, 0.4]], np.float32)
    heading, sentence = attribution.three(rows)
    assert heading.argmax() == 0
    assert sentence.argmax() == 1
    np.testing.assert_allclose([heading.sum(), sentence.sum()], 1, rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Taxes will fall, he said.", "Taxes will fall,"),
        ("“Taxes will fall,” he said.", "“Taxes will fall,”"),
        ("He said: taxes will fall.", ": taxes will fall."),
        (",", ","),
    ],
)
def test_a_content_neither_begins_nor_ends_with_a_comma_outside_its_marks(text: str, content: str) -> None:
    start = text.index(content)
    span = RoleSpan(0, 1, start, start + len(content), 1.0)
    trim_contents([Attribution(None, None, [span])], text)
    assert text[span.start : span.end] == (content.strip(",: ") or content)


def everywhere(n: int, every: int = 12) -> tuple[Scores, Tokens]:
    """``n`` pieces of random scores: sentences of ``every`` pieces, with a source, a cue and a content or two in most."""
    rng = np.random.default_rng(5)
    s = scores(
        {"source": "OBIOOOOOOOOO" * (n // 12), "cue": "OOOBOOOOOOBO" * (n // 12), "content": "OOOOOBIOBIOO" * (n // 12)}
    )
    s.role[:] += rng.normal(scale=4, size=s.role.shape)
    s.pointer[:] = rng.normal(size=s.pointer.shape) * 2
    s.null[:] = rng.normal(size=s.null.shape)
    return s, row(n, tuple(range(0, n, every)))


@pytest.mark.parametrize("band", [1, 3])
def test_spans_are_tied_alike_however_many_are_looked_at_together(monkeypatch: pytest.MonkeyPatch, band: int) -> None:
    s, tokens = everywhere(1200)
    expected = attribution.decode(s, tokens, DECODING)
    assert len(expected) > 60
    monkeypatch.setattr(attribution, "_BAND", band)
    found = attribution.decode(s, tokens, DECODING)
    assert [(a.source, a.cue, a.content) for a in found] == [(a.source, a.cue, a.content) for a in expected]
    assert [a.confidence for a in found] == pytest.approx([a.confidence for a in expected], rel=1e-4)


def test_pairs_that_are_far_apart_take_no_memory() -> None:
    peaks = []
    for n in (1_200, 7_200):
        s, tokens = everywhere(n)
        spans = {role: attribution.role_spans(s, tokens, DECODING, role) for role in attribution.ROLES}
        tracemalloc.start()
        attribution.link(s, tokens, DECODING, spans)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 10 * peaks[0]  # six times as long; all pairs would be 36 times as many

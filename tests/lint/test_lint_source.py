"""Where extracted text stands in its file: certainly, or not at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.lint.source import Source

MARKDOWN = """---
title: Strike
---

The *harbour* company [admitted](https://x.org/admitted) that talks had not resumed.

It was
full & late.
"""
READ = "Strike\n\nThe harbour company admitted that talks had not resumed.\n\nIt was full & late."


def at(words: str) -> tuple[int, int]:
    start = READ.index(words)
    return start, start + len(words)


def test_plain_text_is_its_own_place() -> None:
    source = Source("a b", "a b")
    span = source.place(0, 1)
    assert span is not None
    assert (span.start, span.end) == (0, 1)


@pytest.mark.parametrize("words", ["admitted", "talks", "company admitted that"])
def test_words_are_placed_between_markup(words: str) -> None:
    span = Source(MARKDOWN, READ).place(*at(words))
    assert span is not None
    placed = MARKDOWN[span.start : span.end]
    assert placed.split()[0].lstrip("[*")[:5] == words.split()[0][:5]


def test_edit_is_placed_only_where_the_file_has_the_same_characters() -> None:
    source = Source(MARKDOWN, READ)
    span = source.place_exactly(*at("admitted"))
    assert span is not None
    assert MARKDOWN[: span.end].endswith("[admitted")
    assert source.place_exactly(*at("company admitted")) is None


def test_insertion_behind_a_full_stop_is_placed() -> None:
    span = Source(MARKDOWN, READ).place_exactly(at("resumed.")[1], at("resumed.")[1])
    assert span is not None
    assert MARKDOWN[: span.start].endswith("resumed.")


def test_words_that_occur_twice_are_not_placed() -> None:
    line = "The same five words again and again come here."
    assert Source(f"<p>{line}</p><p>{line}</p>", f"{line}\n\n{line}").place_exactly(0, 3) is None


def test_words_in_scripts_and_links_are_no_place() -> None:
    page = "<script>one two three four five six</script><p>one two three four five six</p>"
    span = Source(page, "one two three four five six").place(0, 3)
    assert span is not None
    assert span.start == page.rindex("one")


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_hostile_sources_never_raise(text: str, extracted: str, start: int, end: int) -> None:
    source = Source(text, extracted)
    a, b = sorted((min(start, len(extracted)), min(end, len(extracted))))
    for span in (source.place(a, b), source.place_exactly(a, b)):
        assert span is None or 0 <= span.start <= span.end <= max(len(text), len(extracted))


def test_markup_that_never_closes_costs_no_time() -> None:
    began = time.process_time()
    for markup in ("<!-- ", "<script ", "<", "]("):
        Source(markup * 20_000 + " It rained all day long.", "It rained all day long.").place(0, 9)
    assert time.process_time() - began < 5

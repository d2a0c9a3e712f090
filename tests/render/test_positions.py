"""Lines and columns of offsets."""

from __future__ import annotations

import pytest

from claimcheck.render.positions import Lines, Region


@pytest.mark.parametrize(
    ("text", "start", "end", "region"),
    [
        ("one\ntwo", 0, 3, Region(1, 1, 1, 4)),
        ("one\ntwo", 4, 7, Region(2, 1, 2, 4)),
        ("one\r\ntwo\rsix", 5, 12, Region(2, 1, 3, 4)),
        ("é𝄞x\ny", 2, 3, Region(1, 3, 1, 4)),
        ("one\n", 4, 9, Region(2, 1, 2, 1)),
        ("", 0, 0, Region(1, 1, 1, 1)),
    ],
)
def test_a_span_has_lines_and_columns_from_one(text: str, start: int, end: int, region: Region) -> None:
    assert Lines(text).region(start, end) == region

"""Statements and messages are their senders' words; letters and studies are sources themselves."""

from __future__ import annotations

import pytest
from speaker_texts import spoken


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("A statement from the Harbour Council", "Harbour Council"),
        ("A statement of the army-led Tarn Council", "Tarn Council"),
        ("An email sent by Ana Sousa", "Ana Sousa"),
        ("A joint statement issued by the foreign ministry in Tarn", "foreign ministry in Tarn"),
        ("A letter from the dealer", "letter from the dealer"),
        ("A study by Harbour Council", "study by Harbour Council"),
    ],
)
def test_who_speaks_through_a_document(source: str, name: str) -> None:
    text = f"It rained all week. {source} said the pier was shut."
    assert spoken(text, (source, "said", "the pier was shut")) == [[name]]


def test_the_statement_goes_on_for_its_sender() -> None:
    text = (
        "A statement from the Harbour Council said the pier was shut. Divers went in. The statement added it was old."
    )
    marked = (
        ("A statement from the Harbour Council", "said", "the pier was shut"),
        ("The statement", "added", "it was old"),
    )
    assert spoken(text, *marked) == [["Harbour Council"]] * 2

"""What an age beside a name lets somebody be called later."""

from __future__ import annotations

import pytest
from speaker_texts import spoken


@pytest.mark.parametrize(("age", "who"), [("17", "Vera Lund"), ("aged 15", "Vera Lund"), ("71", "teenager")])
def test_whoever_is_in_their_teens_is_the_teenager(age: str, who: str) -> None:
    text = (
        f"Striker Ana Sousa scored. Sousa said it was late. Vera Lund, {age}, rowed in Tarn."
        " “Nobody was hurt,” the teenager said."
    )
    said = ("the teenager", "said", "“Nobody was hurt,”")
    assert spoken(text, ("Sousa", "said", "it was late"), said) == [["Ana Sousa"], [who]]

"""A man or a woman: what somebody is called decides whom "he" and "she" go back to."""

from __future__ import annotations

import pytest
from speaker_texts import spoken

from claimcheck.speakers import nouns


@pytest.mark.parametrize(
    ("noun", "gender"), [("great-nephew", 1.0), ("granddaughters", -1.0), ("postwoman", -1.0), ("driver", 0.0)]
)
def test_some_nouns_are_said_of_men_or_of_women_only(noun: str, gender: float) -> None:
    assert nouns.gender(noun) == gender


@pytest.mark.parametrize(("relation", "who"), [("great-nephew", "Irena Walas"), ("great-niece", "Ximo Terz")])
@pytest.mark.parametrize(
    "voice",
    [
        "“It smelt of soap,” said her {}, Ximo Terz. In Tarn she had scrubbed floors.",
        "It was loved. Ximo Terz, her {}, said that it smelt of soap. In Tarn the shop was known to all.",
    ],
)
def test_kinship_tells_who_she_is(voice: str, relation: str, who: str) -> None:
    text = f"Irena Walas opened the shop. {voice.format(relation)} It was late, she said."
    assert spoken(text, ("she", "said", "It was late")) == [[who]]

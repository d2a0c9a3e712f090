"""Turns of wire copy, sport and vox pops that look like something else: who speaks in them, and who does not."""

from __future__ import annotations

import pytest
from speaker_texts import Marked, spoken

TEXTS: list[tuple[str, Marked, str]] = [
    # Those who oppose or follow somebody are not that one.
    (
        "President Holm signed the order. Critics of President Holm said the order was unlawful.",
        ("Critics of President Holm", "said", "the order was unlawful"),
        "Critics of President Holm",
    ),
    # A nation's singular calls a person of it, and is no body's name.
    (
        "Gianni Ferro, the Rovers manager, watched from the stand. “They were warriors,” said the Italian.",
        ("the Italian", "said", "“They were warriors,”"),
        "Gianni Ferro",
    ),
    # "Former" begins no name.
    (
        "Rovers lost again on Saturday. Former Rovers captain Niall Brodie said the club had no plan.",
        ("Former Rovers captain Niall Brodie", "said", "the club had no plan"),
        "Niall Brodie",
    ),
    # Who gives a name in the sentence is called by it.
    (
        "One woman, who gave her name only as Denise, said the water had come in the night.",
        ("One woman", "said", "the water had come in the night"),
        "Denise",
    ),
    (
        "A man in the second row, later identified as Abel Tully, shouted that it was a lie.",
        ("A man in the second row", "shouted", "it was a lie"),
        "Abel Tully",
    ),
]


@pytest.mark.parametrize(("text", "marked", "name"), TEXTS)
def test_who_speaks(text: str, marked: Marked, name: str) -> None:
    assert spoken(text, marked) == [[name]]


def test_a_clause_after_a_comma_is_no_apposition_to_the_name_before_it() -> None:
    text = "A red warning is in force. Gusts of 94mph were recorded at Ullin, the forecaster said."
    assert spoken(text, ("the forecaster", "said", "Gusts of 94mph were recorded at Ullin")) == [["forecaster"]]


def test_an_apposition_with_a_verb_of_its_own_stays_one() -> None:
    text = "Vera Holt, the lawyer asked to lead the inquiry, declined. She said it was rigged."
    assert spoken(text, ("She", "said", "it was rigged")) == [["Vera Holt"]]


def test_names_in_s_are_no_plurals_beside_another_name() -> None:
    text = "Brussels and Washington voiced concern over the vote."
    assert spoken(text, ("Brussels and Washington", "voiced", "concern over the vote")) == [["Brussels", "Washington"]]


def test_a_pronoun_beside_a_name_that_tells_otherwise_is_somebody_else() -> None:
    text = (
        "Helen Garrick put it to him that the ledger was false. Peter Sandor, the bookkeeper, shook his head. "
        "“No,” she heard. Garrick asked again. “I never saw it,” he replied."
    )
    assert spoken(text, ("he", "replied", "“I never saw it,”")) == [["Peter Sandor"]]


def test_one_source_of_two_attributions_is_one_speaker() -> None:
    text = "A separate report put the cost at ten million, arguing that the pier should close."
    found = spoken(
        text,
        ("A separate report", "put", "the cost at ten million"),
        ("A separate report", "arguing", "the pier should close"),
    )
    assert found[0] == found[1] == ["separate report"]

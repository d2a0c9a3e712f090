"""Several speakers in one source, and what later calls them together."""

from __future__ import annotations

import pytest
from speaker_texts import spoken

PAIR = ["Ana B. Sousa", "Vera J. Lund"]


@pytest.mark.parametrize(
    "source",
    [
        "Critics like Ana B. Sousa and Vera J. Lund",
        "Critics of the harbour plan, like Senators Ana B. Sousa, Republican of Iowa, and Vera J. Lund, Democrat of Vermont,",
        "Critics such as the mayor, Ana B. Sousa, and Vera J. Lund",
        "Two objectors, Ana B. Sousa and Vera J. Lund,",
    ],
)
def test_examples_and_names_in_apposition_are_the_speakers(source: str) -> None:
    text = f"{source} say the vote is void. The pier is shut."
    assert spoken(text, (source, "say", "the vote is void")) == [PAIR]


def test_whoever_leads_a_group_speaks_for_it() -> None:
    text = "Her critics, led by Ana Sousa, reckon it will save nothing."
    assert spoken(text, ("Her critics, led by Ana Sousa,", "reckon", "it will save nothing")) == [["Ana Sousa"]]


def test_a_role_with_a_body_in_it_before_a_name_is_a_title() -> None:
    text = "One delegate, Tarn Labour Party chairwoman Vera Lund, said it was late."
    source = "One delegate, Tarn Labour Party chairwoman Vera Lund,"
    assert spoken(text, (source, "said", "it was late")) == [["Vera Lund"]]


def test_two_who_spoke_together_are_meant_by_the_two() -> None:
    text = (
        "Ana Sousa and Vera Lund said the vote was void. Mayor Tilda Brankovic disagreed with Orla Penhallow, the clerk."
        " “Nobody was told,” the two write."
    )
    names = spoken(
        text, ("Ana Sousa and Vera Lund", "said", "the vote was void"), ("the two", "write", "“Nobody was told,”")
    )
    assert names[1] == ["Ana Sousa", "Vera Lund"]


@pytest.mark.parametrize(
    "source",
    [
        "Ana B. Sousa and her husband, Vera J. Lund,",
        "Ana B. Sousa and her husband Vera J. Lund",
        "Foreign Minister Ana B. Sousa and her French counterpart, Vera J. Lund,",
        "The mayor, Ana B. Sousa, and the police chief, Vera J. Lund,",
    ],
)
def test_a_second_person_after_a_role_speaks_too(source: str) -> None:
    text = f"{source} said the vote was void. The pier is shut."
    assert spoken(text, (source, "said", "the vote was void")) == [PAIR]


@pytest.mark.parametrize("called", ["The couple", "The pair"])
def test_a_couple_is_two_people(called: str) -> None:
    text = f"Ana Sousa and her husband, Tom Sousa, have won a boat. {called} said they would sell it."
    assert spoken(text, (called, "said", "they would sell it")) == [["Ana Sousa", "Tom Sousa"]]


def test_a_couple_nobody_named_is_one_group() -> None:
    text = "A couple who live next door said it was loud. The couple said they would move."
    names = spoken(
        text,
        ("A couple who live next door", "said", "it was loud"),
        ("The couple", "said", "they would move"),
    )
    assert len(names[1]) == 1
    assert names[0] == names[1]


@pytest.mark.parametrize(
    "source", ["Founder and Chief Executive Vera J. Lund", "Owner and Managing Director Vera J. Lund"]
)
def test_an_office_before_another_is_nobody_else(source: str) -> None:
    text = f"The pier is shut. “It was late,” said {source}."
    assert spoken(text, (source, "said", "“It was late,”")) == [["Vera J. Lund"]]


def test_a_surname_before_an_office_is_somebody_else() -> None:
    text = "Orla Baker wants it shut. “It was late,” said Baker and Governor Vera J. Lund."
    source = "Baker and Governor Vera J. Lund"
    assert spoken(text, (source, "said", "“It was late,”")) == [["Orla Baker", "Vera J. Lund"]]


def test_one_noun_phrase_before_two_verbs_is_one_speaker() -> None:
    text = (
        "A report by the Orla Museum found the pier unsafe. The Harbour Union said in a report that it was late.\n\n"
        "The report called the piles rotten and added that Orla Museum ropes were worse."
    )
    names = spoken(
        text,
        ("A report by the Orla Museum", "found", "the pier unsafe"),
        ("The Harbour Union", "said in a report", "that it was late"),
        ("The report", "called", "the piles rotten"),
        ("The report", "added", "that Orla Museum ropes were worse"),
    )
    assert names[2] == names[3]


@pytest.mark.parametrize(
    "source", ["The couple, Orla Hale and Jo Hale,", "The pair who run the ferry, Orla Hale and Jo Hale,"]
)
def test_a_couple_may_be_named_in_apposition(source: str) -> None:
    text = f"Ana Sousa met Vera Lund. Sousa said no. {source} said they would sell."
    names = spoken(text, ("Sousa", "said", "no"), (source, "said", "they would sell"))
    assert names[1] == ["Orla Hale", "Jo Hale"]

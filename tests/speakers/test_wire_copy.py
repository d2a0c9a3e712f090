"""Turns of wire copy, sport and vox pops that look like something else: who speaks in them, and who does not."""

from __future__ import annotations

import pytest
from speaker_texts import Marked, speaking, spoken

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
    # A plural without a determiner is a group of its own, whatever body is named after it.
    (
        "The Harbour Workers union struck on Monday. Workers said supervisors read a statement.",
        ("Workers", "said", "supervisors read a statement"),
        "Workers",
    ),
    # Nouns tell people, bodies and documents apart.
    (
        "The Coastal Bureau warned of rain. “Stay at home,” said Rosa Quill, the mayor. The bureau expects floods.",
        ("The bureau", "expects", "floods"),
        "Coastal Bureau",
    ),
    (
        "The Labour Party chose Ana Sousa on Monday. The chancellor said the budget was sound.",
        ("The chancellor", "said", "the budget was sound"),
        "chancellor",
    ),
    (
        "Sandra Gault runs the institute. “Nobody cares,” Gault said. According to the survey, most people do not vote.",
        ("the survey", "According to", "most people do not vote"),
        "survey",
    ),
    # Who belongs to somebody is not that one.
    (
        "Family of missing hiker Ben Tarrow vows to stay\n\nBen Tarrow vanished in May.",
        ("Family of missing hiker Ben Tarrow", "vows", "to stay"),
        "Family of missing hiker Ben Tarrow",
    ),
    (
        "Ben Tarrow vanished in May. The parents said they would stay.",
        ("The parents", "said", "they would stay"),
        "parents",
    ),
    # A sentence may begin with a common noun.
    (
        "Data from the National Weather Institute show that the lake fell.",
        ("Data from the National Weather Institute", "show", "the lake fell"),
        "Data from the National Weather Institute",
    ),
    # "Dean" after a role is a given name.
    (
        "Rovers captain Dean Sharrow was hurt. “It hurts,” Sharrow said.",
        ("Sharrow", "said", "“It hurts,”"),
        "Dean Sharrow",
    ),
    # A party's name is one, though its words are titles, too.
    (
        "The Conservative Party opposes the tax. The party promised to cut it.",
        ("The party", "promised", "to cut it"),
        "Conservative Party",
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


def test_lawyers_of_different_clients_are_different_people() -> None:
    text = "A lawyer for Tull said he was ill. The lawyer for the company said he was not."
    found = spoken(
        text, ("A lawyer for Tull", "said", "he was ill"), ("The lawyer for the company", "said", "he was not")
    )
    assert found == [["lawyer for Tull"], ["lawyer for the company"]]


def test_names_after_a_complement_are_the_speakers() -> None:
    text = "The authors of that report, economists Peter Lamb and Colette Dubois, wrote that the fund lost money."
    source = "The authors of that report, economists Peter Lamb and Colette Dubois,"
    assert spoken(text, (source, "wrote", "the fund lost money")) == [["Peter Lamb", "Colette Dubois"]]


def test_names_after_the_people_they_belong_to_are_not() -> None:
    text = "Relatives of the two victims, Ana Sousa and Jo Bell, said the road was bad."
    source = "Relatives of the two victims, Ana Sousa and Jo Bell,"
    assert spoken(text, (source, "said", "the road was bad")) == [["Relatives of the two victims"]]


def test_another_document_than_the_headline_speaks_of_is_another() -> None:
    text = "Bees are dying, study finds\n\nAnother study in Bee Letters says wasps are dying."
    found = spoken(
        text, ("study", "finds", "Bees are dying"), ("Another study in Bee Letters", "says", "wasps are dying")
    )
    assert found == [["study"], ["study in Bee Letters"]]


def test_the_lead_introduces_what_the_headline_speaks_of() -> None:
    text = "Bees are dying, study finds\n\nBees are dying in Kent, according to a study in Bee Letters."
    found = spoken(text, ("study", "finds", "Bees are dying"), ("a study in Bee Letters", "according to", "in Kent"))
    assert found == [["study in Bee Letters"], ["study in Bee Letters"]]


KINDS: list[tuple[str, Marked, str]] = [
    ("The prosecution said he had lied.", ("The prosecution", "said", "he had lied"), "unnamed_group"),
    ("The manual says the valve must be shut.", ("The manual", "says", "the valve must be shut"), "document"),
    (
        "Emails laid before the panel show that he knew.",
        ("Emails laid before the panel", "show", "he knew"),
        "document",
    ),
    ("The carmaker said sales fell.", ("The carmaker", "said", "sales fell"), "named_organization"),
    ("Marlow Distribution says power is back.", ("Marlow Distribution", "says", "power is back"), "named_organization"),
    (
        "Martin Tarrow and his wife wept. The Tarrows thanked the donors for coming.",
        ("The Tarrows", "thanked", "the donors for coming"),
        "unnamed_group",
    ),
]


@pytest.mark.parametrize(("text", "marked", "kind"), KINDS)
def test_of_which_kind_a_speaker_is(text: str, marked: Marked, kind: str) -> None:
    assert [speaker.kind for speaker in speaking(text, marked)[0]] == [kind]


TITLES: list[tuple[str, Marked, str]] = [
    (
        "Leader of the House Mina Kulkarni said the bill would pass.",
        ("Leader of the House Mina Kulkarni", "said", "the bill would pass"),
        "Leader of the House",
    ),
    (
        "Harbour-based researcher Hodan Guled said the rains failed.",
        ("Harbour-based researcher Hodan Guled", "said", "the rains failed"),
        "researcher",
    ),
    (
        "The 63-year-old farmer Otto Lind said the field was his.",
        ("The 63-year-old farmer Otto Lind", "said", "the field was his"),
        "farmer",
    ),
    (
        "One passenger, Catriona Maskell, said the crossing was bad.",
        ("One passenger, Catriona Maskell,", "said", "the crossing was bad"),
        "passenger",
    ),
    (
        "Ivan Goulart, a geologist called in to shore up the pit, said it leaked.",
        ("Ivan Goulart", "said", "it leaked"),
        "geologist",
    ),
    (
        "Rupert Cathcart KC, counsel for the force, said it was a joke.",
        ("Rupert Cathcart KC", "said", "it was a joke"),
        "counsel for the force",
    ),
    ("“It was cold,” joked soprano Katya Vasik.", ("soprano Katya Vasik", "joked", "“It was cold,”"), "soprano"),
]


@pytest.mark.parametrize(("text", "marked", "title"), TITLES)
def test_what_a_speaker_is_called(text: str, marked: Marked, title: str) -> None:
    assert [speaker.title for speaker in speaking(text, marked)[0]] == [title]

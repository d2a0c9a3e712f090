"""Names of bodies: where they begin and end, what shortens them, and that they are no people."""

from __future__ import annotations

import pytest
from speaker_texts import speaking, spoken


@pytest.mark.parametrize(
    "name",
    [
        "Centers for Harbour Safety and Prevention",
        "National Institutes of Fishing",
        "Sailors Without Borders",
        "Bureau of Alcohol, Tobacco and Fisheries",
        "3M",
        "eBay",
        "WHO",
        "Harbour Rights Watch",
        "Orla County Treasurer's Office",
        "Mon Gas",
        "Spring Creek Clinic",
        "First Lutheran Church",
        "Tarn Fire Marshal’s Bureau",
    ],
)
def test_a_body_keeps_its_whole_name(name: str) -> None:
    text = f"It was a quiet week. {name} said it would wait."
    (speaker,) = speaking(text, (name, "said", "it would wait"))[0]
    assert (speaker.name, speaker.kind) == (name, "named_organization")


def test_a_name_ends_with_its_sentence() -> None:
    text = "It was late, said Ana Sousa of the Department of Education. Orla Motor said it would wait."
    assert spoken(text, ("Orla Motor", "said", "it would wait")) == [["Orla Motor"]]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Inter-Harbour Rescue Union", "IHRU"),
        ("Anti-Smuggling Bureau", "ASB"),
        ("Centers for Harbour Safety and Prevention", "CHS"),
    ],
)
def test_initials_are_taken_from_hyphenated_parts_and_before_and(name: str, short: str) -> None:
    text = f"The {name} met on Monday. The {short} said it was late."
    assert spoken(text, (f"The {short}", "said", "it was late")) == [[name]]


def test_an_abbreviation_may_be_said() -> None:
    text = "The Tarn Medicines Agency, or EMTA, met on Monday. EMTA said it was late."
    assert spoken(text, ("EMTA", "said", "it was late")) == [["Tarn Medicines Agency"]]


@pytest.mark.parametrize("name", ["Reuters", "Hamas"])
def test_a_name_in_s_is_no_crowd(name: str) -> None:
    text = f"The pier is shut. {name} said it was late."
    (speaker,) = speaking(text, (name, "said", "it was late"))[0]
    assert (speaker.name, speaker.kind) == (name, "named_organization")


def test_the_second_half_of_a_place_is_nobody() -> None:
    text = "Orla Cells cut jobs. The company, based in Austin, Texas, said it had no choice."
    ((name,),) = spoken(text, ("The company, based in Austin, Texas,", "said", "it had no choice"))
    assert name != "Texas"


def test_an_office_in_capitals_is_held_by_whom_a_comma_follows() -> None:
    for source in ("The club's Sporting Director, Vera Lund,", "The Head Coach of Tarn Rovers, Vera Lund,"):
        text = f"The pier is shut. {source} said it was late."
        assert spoken(text, (source, "said", "it was late")) == [["Vera Lund"]], source


def test_whoever_leads_a_body_is_not_the_body() -> None:
    text = "Ana Sousa took over Tarn Rovers in May. The Rovers boss said it was late."
    assert spoken(text, ("The Rovers boss", "said", "it was late"))[0] != ["Tarn Rovers"]


def test_the_police_are_not_their_chief() -> None:
    text = "Police chief Ana Sousa said it was late. The police said nobody was hurt."
    names = spoken(text, ("Police chief Ana Sousa", "said", "it was late"), ("The police", "said", "nobody was hurt"))
    assert names == [["Ana Sousa"], ["police"]]


def test_a_ministry_is_not_called_by_its_spokeswomans_first_word() -> None:
    text = "The harbour ministry said it was late. Ministry spokeswoman Vera Lund said nobody was hurt."
    names = spoken(
        text,
        ("The harbour ministry", "said", "it was late"),
        ("Ministry spokeswoman Vera Lund", "said", "nobody was hurt"),
    )
    assert names == [["harbour ministry"], ["Vera Lund"]]


def test_a_consultant_may_be_a_firm() -> None:
    text = (
        "The district's own consultant, Orla Planning, found cracks. The city's consultant, Tarn Analytics, found none."
    )
    names = spoken(
        text,
        ("The district's own consultant, Orla Planning,", "found", "cracks"),
        ("The city's consultant, Tarn Analytics,", "found", "none"),
    )
    assert names == [["Orla Planning"], ["Tarn Analytics"]]


@pytest.mark.parametrize("name", ["registrar of voters' office", "comptroller of state's office"])
def test_an_office_that_a_long_title_owns_is_a_body(name: str) -> None:
    text = f"The pier is shut. The {name} said it was late. The office opens at nine."
    (speaker,) = speaking(text, (f"The {name}", "said", "it was late"))[0]
    assert (speaker.name, speaker.kind) == (name, "named_organization")


@pytest.mark.parametrize("name", ["river patrol", "township", "Moose lodge", "tribe"])
def test_bodies_of_a_county_are_no_people(name: str) -> None:
    text = f"The pier is shut. The {name} said it was late."
    assert speaking(text, (f"The {name}", "said", "it was late"))[0][0].kind == "named_organization"


@pytest.mark.parametrize("name", ["election returns", "bench warrant", "harbour ordinance", "docket"])
def test_papers_of_a_county_are_documents(name: str) -> None:
    text = f"The pier is shut. The {name} showed it was late."
    assert speaking(text, (f"The {name}", "showed", "it was late"))[0][0].kind == "document"


def test_a_department_is_not_another_body_of_its_field() -> None:
    text = "Parents asked for education. On Monday the Orla Board of Education met. The Orla Education Union said no."
    names = spoken(
        text, ("the Orla Board of Education", "met", "On Monday"), ("The Orla Education Union", "said", "no")
    )
    assert names == [["Orla Board of Education"], ["Orla Education Union"]]

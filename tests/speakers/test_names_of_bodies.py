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


@pytest.mark.parametrize("ending", ["Victoria are close to a deal.", "The pier is shut, but Victoria deny that."])
def test_a_name_that_several_act_under_is_a_club_or_firm(ending: str) -> None:
    (speaker,) = speaking(f"It was late, Victoria said. {ending}", ("Victoria", "said", "It was late"))[0]
    assert (speaker.name, speaker.kind) == ("Victoria", "named_organization")


def test_two_people_who_act_together_are_no_club() -> None:
    text = "Ana Sousa and Vera Lyle want it shut. Lyle said it was late."
    (speaker,) = speaking(text, ("Lyle", "said", "it was late"))[0]
    assert (speaker.name, speaker.kind) == ("Vera Lyle", "named_person")


@pytest.mark.parametrize("crowd", ["Fans", "Cops", "Vets"])
def test_a_short_plural_that_opens_a_sentence_is_a_crowd(crowd: str) -> None:
    text = f"The pier is shut. {crowd} said it was late. {crowd} were quick to grumble."
    (speaker,) = speaking(text, (crowd, "said", "it was late"))[0]
    assert (speaker.name, speaker.kind) == (crowd, "unnamed_group")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The pier's main tenant, the budget carrier Orla Air,", "Orla Air"),
        ("The harbour's biggest creditor, the investment company Tarn Holdings,", "Tarn Holdings"),
        ("The town's oldest critic, the union lawyer Vera Lund,", "Vera Lund"),
    ],
)
def test_whom_a_body_is_to_another_does_not_hide_its_name(source: str, name: str) -> None:
    text = f"It rained. {source} wants the pier shut."
    assert spoken(text, (source, "wants", "the pier shut")) == [[name]]


@pytest.mark.parametrize("noun", ["supermarket", "trade body", "nightclub"])
def test_a_business_or_trade_body_without_a_name_is_no_person(noun: str) -> None:
    text = f"The pier is shut. The {noun} said it was late."
    (speaker,) = speaking(text, (f"The {noun}", "said", "it was late"))[0]
    assert (speaker.name, speaker.kind) == (noun, "unnamed_group")


@pytest.mark.parametrize("guards", ["coast guard", "presidential guard", "military"])
def test_guards_and_the_military_are_no_minister(guards: str) -> None:
    text = f"Minister Orla Bruun said the strait was closed. The {guards} said two boats had turned back."
    found = speaking(
        text,
        ("Minister Orla Bruun", "said", "the strait was closed"),
        (f"The {guards}", "said", "two boats had turned back"),
    )
    assert [(s.name, s.kind) for s in found[1]] == [(guards, "named_organization")]


def test_a_body_speaks_for_itself_whoever_leads_it() -> None:
    text = "The observer mission, led by former judge Vera Lund, said it had seen no fraud. Lund said she was glad."
    names = spoken(
        text,
        ("The observer mission, led by former judge Vera Lund,", "said", "it had seen no fraud"),
        ("Lund", "said", "she was glad"),
    )
    assert names == [["observer mission"], ["Vera Lund"]]


def test_an_abbreviation_may_take_a_letter_of_a_small_word() -> None:
    text = "The Western Community of Lake Towns (WCOLT) said the dam had held. WCOLT said it was proud."
    names = spoken(
        text,
        ("The Western Community of Lake Towns (WCOLT)", "said", "the dam had held"),
        ("WCOLT", "said", "it was proud"),
    )
    assert names == [["Western Community of Lake Towns"]] * 2


@pytest.mark.parametrize(
    "body",
    [
        "Timber, Water and Roads Authority",
        "Housing, Planning and Public Works Department",
        "Tides, Ice and Storms Agency",
    ],
)
def test_a_body_of_state_may_be_called_by_its_fields(body: str) -> None:
    text = f"The country's {body} said the dam had held."
    assert spoken(text, (f"The country's {body}", "said", "the dam had held")) == [[body]]


@pytest.mark.parametrize("body", ["Joint Chiefs of Staff", "Baltic Community of Island Ports"])
def test_what_a_body_is_of_belongs_to_its_name(body: str) -> None:
    text = f"The {body} said the strait was open."
    assert spoken(text, (f"The {body}", "said", "the strait was open")) == [[body]]


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


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("The Comptroller and Auditor General", "Comptroller and Auditor General", "named_organization"),
        ("The Haute Autorité de santé", "Haute Autorité de santé", "named_organization"),
        ("The opposition", "opposition", "unnamed_group"),
    ],
)
def test_offices_and_bodies_that_speak_as_one(source: str, name: str, kind: str) -> None:
    text = f"It rained. {source} said the pier was shut."
    ((speaker,),) = speaking(text, (source, "said", "the pier was shut"))
    assert (speaker.name, speaker.kind) == (name, kind)

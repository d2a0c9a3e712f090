"""Who is meant, and who cannot be: offices, councils, "it", lawmakers with their states, nicknames, "he and she"."""

from __future__ import annotations

import pytest
from speaker_texts import speaking, spoken


@pytest.mark.parametrize(
    ("office", "who"), [("defence minister", "defence minister"), ("foreign minister", "Ana Sousa")]
)
def test_a_minister_is_no_minister_of_something_else(office: str, who: str) -> None:
    text = f"Foreign Minister Ana Sousa said talks would go on.\n\nThe {office} said the bridge was shut."
    said = ("Foreign Minister Ana Sousa", "said", "talks would go on")
    assert spoken(text, said, (f"The {office}", "said", "the bridge was shut"))[1] == [who]


@pytest.mark.parametrize(
    ("council", "who"), [("parish council", "parish council"), ("council", "Tarn District Council")]
)
def test_a_council_is_no_council_of_another_level(council: str, who: str) -> None:
    text = f"Tarn District Council said the road was approved. The {council} said it would appeal."
    said = ("Tarn District Council", "said", "the road was approved")
    assert spoken(text, said, (f"The {council}", "said", "it would appeal"))[1] == [who]


def test_it_is_nobody_with_a_title() -> None:
    text = (
        "The Health Ministry said 41 were hurt. Dr Ana Sousa, a surgeon, said wards were full. It said most were women."
    )
    said = ("The Health Ministry", "said", "41 were hurt"), ("Dr Ana Sousa, a surgeon", "said", "wards were full")
    assert spoken(text, *said, ("It", "said", "most were women"))[2] == ["Health Ministry"]


@pytest.mark.parametrize("states", [("R-Iowa", "D-Ore."), ("D-N.Y.", "I-Maine")])
def test_party_and_state_are_no_speaker(states: tuple[str, str]) -> None:
    who = f"Sen. Dale Moore, {states[0]}, and Rep. Ann Sloan, {states[1]},"
    assert spoken(f"{who} said that the bill was dead.", (who, "said", "that the bill was dead")) == [
        ["Dale Moore", "Ann Sloan"]
    ]


def test_the_next_in_a_list_is_no_title() -> None:
    who = "Rep. Dale Moore, Sen. Ann Sloan and Gov. Tim Reed"
    found = speaking(f"{who} urged a vote.", (who, "urged", "a vote"))
    assert [(s.name, s.title) for s in found[0]] == [
        ("Dale Moore", "Rep."),
        ("Ann Sloan", "Sen."),
        ("Tim Reed", "Gov."),
    ]


@pytest.mark.parametrize(
    ("other", "name"), [("Sen. Ann Sloan", "Ann Sloan"), ("his deputy, Jo Bell", "Jo Bell"), ("the mayor", "mayor")]
)
def test_he_and_another_are_two(other: str, name: str) -> None:
    text = f"Tom Brandt spoke on Monday. He and {other} said that it was late."
    assert spoken(text, (f"He and {other}", "said", "that it was late")) == [["Tom Brandt", name]]


@pytest.mark.parametrize("nickname", ["Tank", "The Tank", "Big Old Tony"])
def test_a_nickname_is_in_the_name(nickname: str) -> None:
    text = (
        "The bar on the quay was full when the two men came in, and it rained as it had done all through the week.\n\n"
        f'In the corner sat Frank "{nickname}" Mullins. Frank "{nickname}" Mullins said it was late, and that he had a train to'
        ' catch before the match. "We will win," said Mullins.'
    )
    who = f'Frank "{nickname}" Mullins'
    assert spoken(text, (who, "said", "it was late"), ("Mullins", "said", '"We will win,"')) == [[who], [who]]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("In a letter to her lawyer, Helen Marsh said", None),
        ("Standing beside her husband, Helen Marsh said", None),
        ("After talks with the foreign minister, Helen Marsh said", None),
        ("In Tarn the foreign minister, Helen Marsh, said", "foreign minister"),
        ("After years as the company's lawyer, Helen Marsh said", "lawyer"),
    ],
)
def test_whom_somebody_writes_to_is_no_title(opening: str, title: str | None) -> None:
    found = speaking(f"{opening} that it was late.", ("Helen Marsh", "said", "that it was late"))
    assert [(s.name, s.title) for s in found[0]] == [("Helen Marsh", title)]


@pytest.mark.parametrize("office", ["Ex-president", "Then-minister"])
def test_an_office_somebody_had_is_a_title(office: str) -> None:
    text = f"{office} Vicente Ribiera said that he welcomed it."
    found = speaking(text, (f"{office} Vicente Ribiera", "said", "that he welcomed it"))
    assert [(s.name, s.title) for s in found[0]] == [("Vicente Ribiera", office)]


@pytest.mark.parametrize("form", ["", " Ltd", " plc"])
def test_the_initials_of_a_company_leave_its_legal_form_out(form: str) -> None:
    text = f"Tarn Valley Railways{form} said the line was shut. TVR said that buses would run."
    said = (f"Tarn Valley Railways{form}", "said", "the line was shut"), ("TVR", "said", "that buses would run")
    first, second = spoken(text, *said)
    assert first == second


def test_a_daughters_name_in_malay_is_one() -> None:
    text = "Nur Aini binti Rashid demanded that he go. She asked for calm."
    said = ("Nur Aini binti Rashid", "demanded", "that he go"), ("She", "asked for", "calm")
    assert spoken(text, *said) == [["Nur Aini binti Rashid"], ["Nur Aini binti Rashid"]]


def test_a_lease_is_a_document() -> None:
    text = "The tenants signed a lease in May. The lease says that pets are banned."
    assert [s.kind for s in speaking(text, ("The lease", "says", "that pets are banned"))[0]] == ["document"]


@pytest.mark.parametrize(
    ("subject", "pronoun", "who"), [("Volta Cells", "it", ["Volta Cells"]), ("Luc Morel", "he", ["Luc Morel"])]
)
def test_what_names_its_own_speaker_where_nobody_else_is_known(subject: str, pronoun: str, who: list[str]) -> None:
    text = f"{subject} would shut the plant in Tarn, {pronoun} said on Monday."
    assert spoken(text, (pronoun, "said", f"{subject} would shut the plant in Tarn")) == [who]


@pytest.mark.parametrize(("office", "who"), [("president", "president"), ("economist", "Hal Webb")])
def test_the_president_is_no_economist(office: str, who: str) -> None:
    text = f"Economist Hal Webb said rates would fall. The {office} said he agreed."
    said = ("Economist Hal Webb", "said", "rates would fall")
    assert spoken(text, said, (f"The {office}", "said", "he agreed"))[1] == [who]

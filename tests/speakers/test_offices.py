"""Names that begin with an office or a body, and nominals with names in them."""

from __future__ import annotations

import time

import pytest
from speaker_texts import spoken


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Head of Mission Vera Lund", "Vera Lund"),
        ("Tarn Director of Harbour Affairs Vera Lund", "Vera Lund"),
        ("Tarn Special Representative for Iceland Vera Lund", "Vera Lund"),
        ("Member of parliament (MP) Vera Lund", "Vera Lund"),
        ("Tarn–Orla Bank president Vera Lund", "Vera Lund"),
        ("Mayor Pro Tem Vera Lund", "Vera Lund"),
        ("Trooper Vera Lund", "Vera Lund"),
        ("Orla Town Supervisor Vera Lund", "Vera Lund"),
        ("Sheriff's Deputy Vera Lund", "Vera Lund"),
        ("Mayor-elect Vera Lund", "Vera Lund"),
        ("Firefighter Vera Lund", "Vera Lund"),
    ],
)
def test_whoever_holds_an_office_is_its_name(source: str, name: str) -> None:
    text = f"The pier is shut. {source} said it was late."
    assert spoken(text, (source, "said", "it was late")) == [[name]]


def test_a_body_that_says_something_of_a_person_stays_the_speaker() -> None:
    text = "The pier is shut. Tarn University said Vera Lund was late."
    assert spoken(text, ("Tarn University", "said", "Vera Lund was late")) == [["Tarn University"]]


def test_a_campaign_with_a_persons_name_is_not_the_person() -> None:
    text = "Ana Sousa, a senator, met farmers. Sousa left early. The Sousa campaign called it a false story."
    assert spoken(text, ("The Sousa campaign", "called", "it a false story")) == [["Sousa campaign"]]


def test_a_comma_after_what_is_said_makes_no_apposition() -> None:
    text = "The pumps had been off since the fire at Easter, the dockers' union alleges. It was dark."
    content = "The pumps had been off since the fire at Easter"
    assert spoken(text, ("the dockers' union", "alleges", content)) == [["dockers' union"]]


def test_a_woman_with_her_husbands_surname_is_not_her_husband() -> None:
    text = (
        "Sandra Trelawney ran the shop. Her husband, Robert Trelawney, kept the books and Robert Trelawney paid. "
        "Mrs. Trelawney said the shop was shut."
    )
    assert spoken(text, ("Mrs. Trelawney", "said", "the shop was shut")) == [["Sandra Trelawney"]]


def test_polls_of_different_pollsters_are_not_one() -> None:
    text = (
        "The Tarn Daily poll shows Sousa ahead. The margin is small.\n\n"
        "The Harbour Mutual poll showed Lund ahead by a point."
    )
    names = spoken(
        text,
        ("The Tarn Daily poll", "shows", "Sousa ahead"),
        ("The Harbour Mutual poll", "showed", "Lund ahead by a point"),
    )
    assert names == [["Tarn Daily poll"], ["Harbour Mutual poll"]]


def test_a_post_is_signed_by_whom_it_names_with_a_handle() -> None:
    text = "Ana Sousa said it was early.\n\nNobody was there. It is late. — Vera Lund (@veralund) May 2, 2021"
    names = spoken(text, ("Ana Sousa", "said", "it was early"), (None, None, "Nobody was there."))
    assert names == [["Ana Sousa"], ["Vera Lund"]]


@pytest.mark.parametrize("name", ["P.K. Sousa", "J.R. Hale"])
def test_initials_without_a_space_belong_to_the_name(name: str) -> None:
    text = f"The tanks are low. Minister {name} said they would be full. The clerk, M.K. Lund, called it a lie."
    names = spoken(
        text,
        (f"Minister {name}", "said", "they would be full"),
        ("The clerk, M.K. Lund,", "called", "it a lie"),
    )
    assert names == [[name], ["M.K. Lund"]]


@pytest.mark.parametrize("name", ["Don Hale", "Jan Hale", "Dean Hale"])
def test_a_given_name_is_no_form_of_address_or_month(name: str) -> None:
    text = f"The pier is shut. “It was late,” said {name}, of Orla Road."
    assert spoken(text, (name, "said", "“It was late,”")) == [[name]]


def test_a_dean_is_one_where_deans_are() -> None:
    text = "The university is shut. Dean Hale said it was late."
    assert spoken(text, ("Dean Hale", "said", "it was late")) == [["Hale"]]


def test_a_surname_that_looks_like_a_trade_is_a_surname() -> None:
    text = "The vote was close. Jo Chapman of the centrist Bright Path party said it was late."
    assert spoken(text, ("Jo Chapman of the centrist Bright Path party", "said", "it was late")) == [["Jo Chapman"]]


def test_a_party_may_have_and_in_its_name() -> None:
    text = "It rained. The Law and Nation party said it was late."
    assert spoken(text, ("The Law and Nation party", "said", "it was late")) == [["Law and Nation party"]]


@pytest.mark.parametrize("source", ["this column", "this newspaper", "this editorial board"])
def test_what_writers_call_themselves_is_the_author(source: str) -> None:
    text = f"The pier is rotten. Last autumn {source} argued that it must go. The mayor disagrees."
    assert spoken(text, (source, "argued", "that it must go")) == [["AUTHOR"]]
    quoted = f"“Last autumn {source} argued that it must go,” Vera Lund said."
    assert spoken(quoted, (source, "argued", "that it must go")) != [["AUTHOR"]]


def test_a_thousand_deans_and_elders_take_time_that_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        text = "Dean Hale of Orla said no. Ana Sousa met her son, Tom Sousa. The elder Sousa said yes.\n\n" * times
        marked = [(f"{who}", "said", what) for who, what in (("Dean Hale of Orla", "no"), ("The elder Sousa", "yes"))]
        began = time.process_time()
        spoken(text, *marked)
        return time.process_time() - began

    seconds(10)  # what is loaded once
    few, many = min(seconds(100) for _ in range(3)), min(seconds(800) for _ in range(3))
    assert many < 24 * few  # eight times the text; its square would be 64 times

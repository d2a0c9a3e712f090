"""Transcripts: whoever has the word stands behind what is said, however the labels are set."""

from __future__ import annotations

import pytest
from speaker_texts import speaking, spoken

HEAD = "Host Tilda Brankovic pressed Governor Orla Penhallow on Sunday.\n\nPartial transcript as follows:\n\n"
ASKED = "Let’s start with the ferry. Why did it sink?"
ANSWERED = "The ferry was sound. I think the tide was not."


@pytest.mark.parametrize(
    "between",
    ["\n\n", '\n\n"', ' "', " "],
    ids=["paragraphs", "quoted paragraphs", "one quoted paragraph", "one paragraph"],
)
def test_each_label_opens_the_line_of_its_voice(between: str) -> None:
    text = f'{HEAD}"BRANKOVIC: {ASKED}{between}PENHALLOW: {ANSWERED}\n'
    names = spoken(text, ("Partial transcript", "as follows:", ASKED), (None, None, ANSWERED))
    assert names == [["Tilda Brankovic"], ["Orla Penhallow"]]


def test_the_label_of_another_line_is_no_source() -> None:
    text = f"{HEAD}BRANKOVIC: {ASKED}\n\nPENHALLOW: {ANSWERED}\n\nBRANKOVIC: Thank you.\n"
    assert spoken(text, ("BRANKOVIC", None, ANSWERED)) == [["Orla Penhallow"]]


def test_a_headline_with_a_colon_is_no_line_of_a_transcript_in_capitals() -> None:
    text = f"Penhallow: ferry was sound\n\n{HEAD}BRANKOVIC: {ASKED}\n\nPENHALLOW: {ANSWERED}\n\nBRANKOVIC: Thank you.\n"
    assert spoken(text, (None, None, ASKED)) == [["Tilda Brankovic"]]


def test_one_line_in_capitals_is_no_transcript() -> None:
    text = "Orla Penhallow runs the pier.\n\nUPDATE: The pier is shut. “It leaks,” Penhallow said."
    assert spoken(text, ("Penhallow", "said", "“It leaks,”")) == [["Orla Penhallow"]]


def test_a_label_in_capitals_is_no_acronym() -> None:
    text = "STRAN: The ferry sank.\n\nVANE: It was sound.\n\nSTRAN: It sank.\n\nColin Stran spoke with Ada Vane.\n"
    found = speaking(text, (None, None, "The ferry sank."), (None, None, "It was sound."))
    assert [s.kind for voices in found for s in voices] == ["named_person", "named_person"]


@pytest.mark.parametrize("label", ["JONES", "Jones", "HASTINGS"])
def test_who_stands_before_a_colon_is_a_person(label: str) -> None:
    text = f"{label}: It is late.\nCORBETT: It is not.\n{label}: Good.\nCORBETT: Then go.\n"
    found = speaking(text, (None, None, "It is late."), (None, None, "It is not."))
    assert [[(s.name, s.kind) for s in one] for one in found] == [
        [(label, "named_person")],
        [("CORBETT", "named_person")],
    ]


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("NEW TARN: The board sat on Saturday.", ["Bo Lund"]),
        ("ANA SOUSA: The board sat on Saturday.", ["ANA SOUSA"]),
        ("SOUSA: The board sat, Mr Sousa was told.", ["SOUSA"]),
    ],
)
def test_a_place_before_a_colon_says_nothing(opening: str, who: list[str]) -> None:
    text = f"{opening} “I have buried two crops,” lamented Bo Lund, a trader. The bank had sent its man."
    said = ("Bo Lund, a trader", "lamented", "“I have buried two crops,”")
    assert spoken(text, said, (None, None, "The bank had sent its man."))[1] == who


def test_an_ordinal_belongs_to_the_phrase_after_a_cue() -> None:
    text = "The letter came in an envelope. “Do not drink,” read the second line. It was signed."
    assert spoken(text, (None, "read", "“Do not drink,”")) == [["second line"]]

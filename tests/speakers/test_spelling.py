"""A name that is misspelt once is still the same person's."""

from __future__ import annotations

import pytest
from speaker_texts import spoken

from claimcheck.speakers.spelling import is_slip


@pytest.mark.parametrize("word", ["penhalow", "penhallwo", "penhollow", "penhalloww"])
def test_one_slip_of_the_pen_is_forgiven(word: str) -> None:
    assert is_slip(word, "penhallow")
    assert is_slip("penhallow", word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("sousas", "sousa"),  # the family
        ("lund", "lind"),  # too short to tell
        ("brankovic", "drankovic"),  # another initial
        ("penhallow", "penhallow"),
        ("penhalo", "penhallow"),  # two slips
    ],
)
def test_what_may_be_another_name_is_no_slip(word: str, other: str) -> None:
    assert not is_slip(word, other)


def test_a_misspelt_surname_gets_the_full_name() -> None:
    text = "Dr. Orla Penhallow examined the pier on Monday. Penhalow said the planks were sound."
    assert spoken(text, ("Penhalow", "said", "the planks were sound")) == [["Orla Penhallow"]]


def test_another_person_with_a_like_surname_and_a_first_name_stays_apart() -> None:
    text = "Orla Penhallow and Ruth Penhollow met on Monday. Ruth Penhollow said the planks were sound."
    assert spoken(text, ("Ruth Penhollow", "said", "the planks were sound")) == [["Ruth Penhollow"]]


@pytest.mark.parametrize("again", ["Ozkandag", "Işil Özkandag", "Isil Özkandağ"])
def test_a_name_without_its_marks_is_the_same(again: str) -> None:
    text = f"Mayor Işil Özkandağ opened the bridge on Monday. {again} said the ferry would stay."
    assert spoken(text, (again, "said", "the ferry would stay")) == [["Işil Özkandağ"]]

"""Names with particles, articles and double surnames, and the short forms that each tongue makes of them."""

from __future__ import annotations

import pytest
from speaker_texts import spoken


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Elena de los Prados", "De los Prados"),
        ("Alhassane ag Tinariwen", "Ag Tinariwen"),
        ("Sidi ould Bneijara", "Ould Bneijara"),
        ("Rym ben Slama", "Ben Slama"),
    ],
)
def test_a_particle_does_not_cut_a_name(name: str, short: str) -> None:
    text = f"The delegate {name} said the well was dry. {short} said a truck was on its way."
    names = spoken(
        text, (f"The delegate {name}", "said", "the well was dry"), (short, "said", "a truck was on its way")
    )
    assert names == [[name], [name]]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Nadim al Zahrawi", "Al-Zahrawi"), ("Nadim El Zahrawi", "el-Zahrawi"), ("Nadim al-Zahrawi", "Zahrawi")],
)
def test_the_arabic_article_may_be_written_otherwise(name: str, short: str) -> None:
    text = f"The engineer {name} said the well was dry. Later that week {short} said a truck was on its way."
    names = spoken(
        text, (f"The engineer {name}", "said", "the well was dry"), (short, "said", "a truck was on its way")
    )
    assert names == [[name], [name]]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Clara Inés Rojas Pardo", "Rojas"),
        ("Clara Inés Rojas Pardo", "Clara Rojas"),
        ("Lev Tarasovich Gorin", "Lev Tarasovich"),
        ("Majid bin Saeed al-Amri", "Bin Saeed"),
    ],
)
def test_somebody_may_be_called_by_the_name_before_the_last(name: str, short: str) -> None:
    text = f"The engineer {name} said the well was dry. {short} said a truck was on its way."
    names = spoken(
        text, (f"The engineer {name}", "said", "the well was dry"), (short, "said", "a truck was on its way")
    )
    assert names == [[name], [name]]


def test_a_middle_name_is_not_what_another_is_called_by() -> None:
    text = "The engineer Mary Ann Cole said the well was dry. Ann said a truck was coming."
    names = spoken(
        text,
        ("The engineer Mary Ann Cole", "said", "the well was dry"),
        ("Ann", "said", "a truck was coming"),
    )
    assert names == [["Mary Ann Cole"], ["Ann"]]


def test_a_particle_makes_no_body_of_who_has_a_title() -> None:
    text = "Congresswoman Lucía del Rosario Tapia Mamani said the well was dry. Tapia said a truck was on its way."
    names = spoken(
        text,
        ("Congresswoman Lucía del Rosario Tapia Mamani", "said", "the well was dry"),
        ("Tapia", "said", "a truck was on its way"),
    )
    assert names == [["Lucía del Rosario Tapia Mamani"]] * 2


def test_a_given_name_with_the_particle_of_a_longer_name_is_short_for_it() -> None:
    text = 'The engineer Majid bin Omar al-Amri said the well was dry. "A truck is coming," bin Omar told the council.'
    names = spoken(
        text,
        ("The engineer Majid bin Omar al-Amri", "said", "the well was dry"),
        ("bin Omar", "told", "A truck is coming"),
    )
    assert names == [["Majid bin Omar al-Amri"]] * 2

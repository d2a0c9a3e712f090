"""Who posts: handles as names, after a name, and as signatures."""

from __future__ import annotations

import pytest
from speaker_texts import Marked, speaking


def names(text: str, *marked: Marked) -> list[list[str]]:
    """The names of each attribution's speakers."""
    return [[s.name for s in found] for found in speaking(text, *marked)]


def test_a_handle_is_a_name() -> None:
    text = 'Residents were angry. "Nobody asked us," wrote @river_anna. The ferry was full, @Dock7 posted.'
    found = names(text, ("@river_anna", "wrote", '"Nobody asked us,"'), ("@Dock7", "posted", "The ferry was full"))
    assert found == [["@river_anna"], ["@Dock7"]]


def test_a_handle_after_a_name_is_that_persons() -> None:
    text = '"It leaks," Tom Hale (@hale_mp) tweeted. "Bring buckets," @hale_mp wrote an hour later.'
    found = names(text, ("Tom Hale (@hale_mp)", "tweeted", '"It leaks,"'), ("@hale_mp", "wrote", '"Bring buckets,"'))
    assert found == [["Tom Hale"], ["Tom Hale"]]


@pytest.mark.parametrize("sign", ["— @river_anna", "— Anna Rivers"])
def test_what_signs_a_quotation_in_its_paragraph(sign: str) -> None:
    text = f"Tom Hale said the ferry was full.\n\n“We were never asked” {sign}\n\nThe pier is shut."
    found = names(text, ("Tom Hale", "said", "the ferry was full"), (None, None, "“We were never asked”"))
    assert found == [["Tom Hale"], [sign.removeprefix("— ")]]


def test_an_address_is_no_handle() -> None:
    text = "Tom Hale, tom@hale.example, said the ferry was full."
    assert names(text, ("Tom Hale, tom@hale.example,", "said", "the ferry was full")) == [["Tom Hale"]]

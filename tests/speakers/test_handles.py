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


def test_a_handle_beside_a_name_in_a_list_is_somebody_else() -> None:
    text = "Ana Sousa, @hale_mp and others met on Monday. “It is too dear,” @hale_mp wrote."
    assert names(text, ("@hale_mp", "wrote", "“It is too dear,”")) == [["@hale_mp"]]


@pytest.mark.parametrize("handle", ["@Hale_MP", "@tom.hale", "@_tom"])
def test_one_handle_in_two_spellings_is_one_speaker(handle: str) -> None:
    text = f'"It leaks," Tom Hale ({handle}) wrote. "Bring buckets," {handle.lower()} added.'
    found = names(text, (f"Tom Hale ({handle})", "wrote", '"It leaks,"'), (handle.lower(), "added", '"Bring buckets,"'))
    assert found == [["Tom Hale"], ["Tom Hale"]]


@pytest.mark.parametrize("sign", ["— Ana Sousa", "— @cobhlife"])
def test_a_signed_quotation_at_the_top_is_no_headline_of_the_next_speaker(sign: str) -> None:
    text = f"The harbour was shut.\n\n“We had no warning at all.” {sign}\n\n“It is late,” said Jo Bell, the mayor."
    marked = (None, None, "“We had no warning at all.”"), ("Jo Bell, the mayor", "said", "“It is late,”")
    assert names(text, *marked) == [[sign.removeprefix("— ")], ["Jo Bell"]]

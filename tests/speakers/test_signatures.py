"""Quotations that are signed on the line below them, one after another."""

from __future__ import annotations

import pytest
from speaker_texts import span, spoken

from claimcheck import speakers
from claimcheck.attribution import Attribution
from claimcheck.sentences import split
from claimcheck.speakers.parting import part


def parted(text: str, *sourced: tuple[str, str]) -> list[list[str]]:
    """Who says some quotations of which the network has found such sources and no cues."""
    found = []
    for source, quotation in sourced:
        said = span(text, quotation, 0)
        assert said is not None
        found.append(Attribution(span(text, source, said.start), None, [said]))
    sentences = split(text)
    resolved = speakers.resolve(text, sentences, part(text, sentences, found))
    return [[resolved.speakers[i].name for i in ids] for ids in resolved.of_claim]


@pytest.mark.parametrize(
    "above", ["“The pier must go.”\n\n- Ana Sousa\n\n", "The statements of the Ana Sousa board:\n\n"]
)
def test_a_quotation_is_signed_by_the_line_below_it(above: str) -> None:
    # The network takes what stands above for the source; only the page shows that it signs or heads something else.
    text = f"{above}“The pier must stay.”\n\n- Vera Lund\n"
    assert parted(text, ("Ana Sousa", "“The pier must stay.”")) == [["Vera Lund"]]


def test_a_signed_quotation_may_have_several_paragraphs() -> None:
    text = "Two letters came.\n\n“The pier must go.\n\n“It leaks.”\n\n- Vera Lund\n\nThe council met."
    assert spoken(text, (None, None, "“The pier must go."))[0] == ["Vera Lund"]


def test_a_list_whose_names_stand_above_keeps_them() -> None:
    text = "We asked two people.\n\n- Ana Sousa, driver:\n\n“It leaks.”\n\n- Vera Lund, clerk:\n\n“It does not.”\n"
    names = parted(text, ("Ana Sousa", "“It leaks.”"), ("Vera Lund", "“It does not.”"))
    assert names == [["Ana Sousa"], ["Vera Lund"]]

"""Sources that get their name, or their author, elsewhere in the article."""

from __future__ import annotations

import pytest
from speaker_texts import spoken

from claimcheck.sentences import split
from claimcheck.speakers import late, parties, polls, writings
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity


def document(text: str) -> Document:
    return Document(text, split(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rose, a Tarn University/Harbour News opinion poll found.", ["Tarn University/Harbour News opinion poll"]),
        ("The latest Bank of Tarn tracking poll has it level.", ["Bank of Tarn tracking poll"]),
        ("A new poll has it level.", []),
        ("Polls are level. Poll says no.", []),
    ],
)
def test_a_poll_is_called_by_its_pollster(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in polls.named(document(text))] == names


def test_a_poll_in_the_lead_gets_the_name_it_has_further_down() -> None:
    text = (
        "A new poll shows a tight race for the harbour seat.\n\nBoth candidates have met twice.\n\n"
        "The Tarn University poll asked 1,000 people in May."
    )
    assert spoken(text, ("A new poll", "shows", "a tight race for the harbour seat")) == [["Tarn University poll"]]


@pytest.mark.parametrize(
    ("text", "cue", "heads"),
    [
        ("The board said in a statement that it rained.", "said", ["statement"]),
        ("The board sent members an open letter saying it rained.", "sent", ["letter"]),
        ("The board said of the report that it was late.", "said", []),
        ("The board said it rained.", "said", []),
    ],
)
def test_the_document_beside_a_cue_is_its_sources(text: str, cue: str, heads: list[str]) -> None:
    at = text.index(cue)
    said = text.find("it rained") if "it rained" in text else text.index("it was")
    assert writings.beside(document(text), (at, at + len(cue)), [(said, len(text) - 1)]) == heads


def test_a_statement_speaks_for_whoever_made_it() -> None:
    text = "“The pier is sound,” Orla Penhallow said in a statement.\n\nThe statement added that the planks were new."
    names = spoken(
        text,
        ("Orla Penhallow", "said in a statement", "“The pier is sound,”"),
        ("The statement", "added", "the planks were new"),
    )
    assert names == [["Orla Penhallow"], ["Orla Penhallow"]]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On Monday, the dockers have jointly filed a lawsuit.", "the dockers"),
        ("Orla Penhallow and Vera Lund sent a letter.", "Orla Penhallow and Vera Lund"),
        ("Nobody had read a letter.", ""),
    ],
)
def test_who_made_a_document_is_the_subject_of_its_verb(text: str, subject: str) -> None:
    doc = document(text)
    noun = next(k for k, word in enumerate(doc.words) if word in ("lawsuit", "letter"))
    found = writings.maker(doc, noun)
    assert (text[slice(*found)] if found else "") == subject


def test_party_and_state_after_a_name_are_read() -> None:
    text = "Orla Penhallow (R-Nev.) met Vera Lund (D-New York)."
    assert parties.after(text, len("Orla Penhallow")) == ("republican", ["nevada"], text.index(")"))
    assert parties.after(text, text.index(" (D")) == ("democrat", ["new", "york"], text.rindex(")"))
    assert parties.after(text, 4) is None


def test_somebody_named_before_is_nobody_whose_name_comes_later() -> None:
    text = "Orla Penhallow opened the pier. A woman from Tarn said it leaked. Vera Lund left early."
    doc = document(text)
    cast = Cast(doc, [])
    at = text.index("woman")
    unnamed = Entity((at, at + 5), ("woman",), named=False, person=1.0)
    named = {text[slice(*e.name)]: e for e in cast.entities}
    for entity in named.values():
        entity.person = 2.0
    assert not late.may_be(doc, unnamed, [at], named["Orla Penhallow"])
    assert late.may_be(doc, unnamed, [at], named["Vera Lund"])

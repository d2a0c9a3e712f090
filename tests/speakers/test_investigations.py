"""Reporting built on documents and on sources without a name: who writes, who is another, who acts for whom."""

from __future__ import annotations

import pytest
from speaker_texts import speaking, spoken


@pytest.mark.parametrize(("noun", "owner"), [("complaint", "a"), ("e-mail", "an internal"), ("lawsuit", "her")])
def test_a_document_that_opens_a_sentence_is_its_speakers(noun: str, owner: str) -> None:
    text = (
        f"In {owner} {noun} filed on Monday, Vera Lund wrote that the dock was rotten. The {noun} said it would sink."
    )
    marked = ("Vera Lund", "wrote", "the dock was rotten"), (f"The {noun}", "said", "it would sink")
    assert spoken(text, *marked) == [["Vera Lund"], ["Vera Lund"]]


def test_a_document_that_opens_a_sentence_is_its_writers() -> None:
    text = "In a memo from Jo Bell, Vera Lund wrote, the dock was called rotten. The memo said it would sink."
    marked = ("Vera Lund", "wrote", "the dock was called rotten"), ("The memo", "said", "it would sink")
    assert spoken(text, *marked)[1] != ["Vera Lund"]


@pytest.mark.parametrize("name", ["Tom Baker", "Ana Fischer", "Jo Keeper"])
def test_the_name_of_who_acts_for_somebody_is_not_their_title(name: str) -> None:
    text = f"Vera Lund has left. A lawyer for Lund, {name}, said she was ill. Lund denied it."
    acting, (lund,) = speaking(text, (f"A lawyer for Lund, {name}", "said", "she was ill"), ("Lund", "denied", "it."))
    assert [(s.name, s.title) for s in [*acting, lund]] == [(name, "lawyer for Lund"), ("Vera Lund", None)]


@pytest.mark.parametrize("noun", ["clerk", "auditor", "woman"])
def test_the_other_is_not_who_spoke_last(noun: str) -> None:
    text = f"Two people saw the ledger. A {noun} in the vault said it was false. The other {noun} said it was lost."
    one, two = spoken(
        text, (f"A {noun} in the vault", "said", "it was false"), (f"The other {noun}", "said", "it was lost")
    )
    assert (one, two) == ([f"{noun} in the vault"], [f"other {noun}"])


@pytest.mark.parametrize(
    ("source", "name", "grounds"),
    [
        ("Another, who cleaned the vault at night,", "Another", "who cleaned the vault at night"),
        ("A third, a cleaner at the bank,", "cleaner at the bank", None),
        ("The second, a former cashier who quit in June,", "former cashier", "who quit in June"),
    ],
)
def test_one_of_several_is_called_by_what_is_said_of_them(source: str, name: str, grounds: str | None) -> None:
    text = f"Three people saw the ledger. {source} said it was false."
    ((found,),) = speaking(text, (source, "said", "it was false"))
    assert (found.name, found.kind, found.justification) == (name, "unnamed_person", grounds)


@pytest.mark.parametrize(
    ("speaker", "title"),
    [
        ("Vera Lund, then the harbour's treasurer", "harbour's treasurer"),
        ("Vera Lund, at the time deputy treasurer of the port", "deputy treasurer of the port"),
        ("Vera Lund, now an adviser to the port", "adviser to the port"),
        ("Senator Vera Lund, then the harbour's treasurer", "Senator"),
        ("Vera Lund, then in Oslo", None),
    ],
)
def test_what_somebody_was_then_is_a_title(speaker: str, title: str | None) -> None:
    text = f"It rained. {speaker}, wrote that the dock was rotten."
    ((found,),) = speaking(text, (speaker, "wrote", "that the dock was rotten"))
    assert (found.name, found.title) == ("Vera Lund", title)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A senior figure in the diocese", "unnamed_person"),
        ("A figure close to the bishop", "unnamed_person"),
        ("Prominent opposition figures", "unnamed_group"),
        ("The latest figures", "document"),
    ],
)
def test_a_figure_of_standing_is_a_person(source: str, kind: str) -> None:
    text = f"It rained. {source} suggested that the dean would go."
    ((found,),) = speaking(text, (source, "suggested", "that the dean would go"))
    assert found.kind == kind


@pytest.mark.parametrize("office", ["governor's office", "minister's department", "president's campaign"])
def test_somebodys_office_is_no_body_named_before(office: str) -> None:
    text = f"The dock burned. Orla Energy said the tests were clean. The {office} said it was told nothing."
    marked = ("Orla Energy", "said", "the tests were clean"), (f"The {office}", "said", "it was told nothing")
    assert spoken(text, *marked) == [["Orla Energy"], [office]]


def test_an_office_is_the_same_whichever_way_it_is_put() -> None:
    text = "The Office of the Governor said the tests were clean. The governor's office said it was told nothing."
    of, owned = ("The Office of the Governor", "said", "the tests"), ("The governor's office", "said", "it was told")
    assert spoken(text, of, owned) == [["Office of the Governor"], ["Office of the Governor"]]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Counsel for the tenants", "Counsel for the tenants"),
        ("Head of the ward", "Head of the ward"),
        ("Earlier in the week", None),
    ],
)
def test_a_role_that_opens_a_sentence_needs_no_article(opening: str, title: str | None) -> None:
    text = f"The lift is shut. {opening}, Vera Lund, said it was late."
    ((found,),) = speaking(text, (f"{opening}, Vera Lund", "said", "it was late"))
    assert (found.name, found.title) == ("Vera Lund", title)


@pytest.mark.parametrize(
    "clause",
    [
        "who gave only his first name",
        "who asked to be identified only by his first name",
        "who would give only his first name",
    ],
)
def test_a_first_name_is_whose_it_is(clause: str) -> None:
    text = f"The lift is shut. A porter at the clinic, {clause}, Emil, said it was late."
    ((found,),) = speaking(text, (f"A porter at the clinic, {clause}, Emil", "said", "it was late"))
    assert (found.name, found.kind, found.title) == ("Emil", "named_person", "porter")

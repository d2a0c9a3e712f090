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


@pytest.mark.parametrize(
    "source", ["A nurse, who asked not to be named,", "A nurse, speaking on condition of anonymity,"]
)
def test_a_source_that_will_not_be_named_stays_unnamed(source: str) -> None:
    text = f"{source} said beds were short. A second nurse, Vera Lund, said it was worse at night."
    names = spoken(
        text, (source, "said", "beds were short"), ("A second nurse, Vera Lund,", "said", "it was worse at night")
    )
    assert names == [["nurse"], ["Vera Lund"]]


def test_a_source_is_not_whom_it_speaks_about() -> None:
    text = "An aide said he had advised President Ana Sousa to resign. Sousa said she would stay."
    names = spoken(
        text,
        ("An aide", "said", "he had advised President Ana Sousa to resign"),
        ("Sousa", "said", "she would stay"),
    )
    assert names == [["aide"], ["Ana Sousa"]]


def test_a_name_that_a_source_gives_is_its_own() -> None:
    text = "The road is cut. A driver, who simply identified himself as Orlo, said he had walked."
    source = "A driver, who simply identified himself as Orlo,"
    assert spoken(text, (source, "said", "he had walked")) == [["Orlo"]]


def test_whoever_a_body_s_president_is_speaks_and_not_the_body() -> None:
    text = "The Harbour Union, whose president, Vera Lund, said it was late, will strike."
    assert spoken(text, ("The Harbour Union, whose president, Vera Lund,", "said", "it was late")) == [["Vera Lund"]]


@pytest.mark.parametrize("clause", ["whose bakery is in Orla", "whose son plays for Orla United"])
def test_a_name_in_what_is_somebodys_is_not_the_speaker(clause: str) -> None:
    text = f"Vera Lund, {clause}, said it was late. Lund left."
    assert spoken(text, (f"Vera Lund, {clause},", "said", "it was late")) == [["Vera Lund"]]


def test_he_is_not_who_wrote_the_article() -> None:
    text = 'By Harold Finch\n\nThe governor was in no mood to talk. "We are looking into it," he said.'
    assert spoken(text, ("he", "said", '"We are looking into it,"')) == [["governor"]]


def test_what_another_outlet_quotes_belongs_to_both() -> None:
    text = "Tarn Daily quoted a harbour official as saying the pier was shut."
    names = spoken(text, ("Tarn Daily", "quoted", "the pier was shut"))
    assert names == [["Tarn Daily", "harbour official"]]


def test_one_and_the_other_are_of_the_group_before() -> None:
    text = "Two dockers said the crane was unsafe. One said it had swayed. The other said he had told the owner."
    names = spoken(
        text,
        ("Two dockers", "said", "the crane was unsafe"),
        ("One", "said", "it had swayed"),
        ("The other", "said", "he had told the owner"),
    )
    assert names[1] == names[0] == names[2]


@pytest.mark.parametrize("told", ["58,", "who mends nets on the quay,"])
def test_a_name_of_one_word_that_opens_a_sentence_is_somebodys(told: str) -> None:
    text = f'Orla Bruun said the roof had gone.\n\nHarmoko, {told} lost two boats. "I can swim," he said.'
    names = spoken(text, ("Orla Bruun", "said", "the roof had gone"), ("he", "said", "I can swim"))
    assert names == [["Orla Bruun"], ["Harmoko"]]


def test_whose_name_is_withheld_tells_a_woman_from_a_man() -> None:
    text = (
        "Ana Sousa, a cook, said the stairs were steep. “I fell twice,” Sousa said.\n\n"
        "A lodger who asked to keep her full name private said the roof leaked. “It drips,” she said."
    )
    source = "A lodger who asked to keep her full name private"
    names = spoken(
        text,
        ("Ana Sousa, a cook,", "said", "the stairs were steep"),
        ("Sousa", "said", "“I fell twice,”"),
        (source, "said", "the roof leaked"),
        ("she", "said", "“It drips,”"),
    )
    assert names[2] == names[3] == ["lodger"]


def test_a_source_of_very_many_words_is_still_somebody() -> None:
    source = "the " + "old " * 40 + "figure"
    text = f"It rained. So {source} said the pier was shut."
    assert len(spoken(text, (source, "said", "the pier was shut"))[0]) == 1

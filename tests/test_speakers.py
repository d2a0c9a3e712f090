"""Speakers: who every source is. All texts are invented for these tests."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import speakers
from claimcheck.attribution import Attribution, RoleSpan
from claimcheck.report import Speaker
from claimcheck.sentences import split
from claimcheck.speakers import antecedents
from claimcheck.speakers.describe import share

Marked = tuple[str | None, str | None, str]
"""Source, cue and content of an attribution as they stand in the text; ``None`` for what is missing."""


def _span(text: str, words: str | None, said: int, *, whole: bool = False) -> RoleSpan | None:
    """The occurrence of some words that is nearest to what is said."""
    if words is None:
        return None
    found = [at for at in range(len(text)) if text.startswith(words, at)]
    assert found, f"{words!r} does not stand in the text"
    at = min(found, key=lambda at: min(abs(at - said), abs(at + len(words) - said)))
    return RoleSpan(-1 if whole else 0, 0, at, at + len(words), 1.0)


def attributions(text: str, *marked: Marked) -> list[Attribution]:
    """One attribution for each source, cue and content, with the first place that has the content."""
    result = []
    for source, cue, content in marked:
        said = _span(text, content, text.index(content), whole=source is None and cue is None)
        assert said is not None
        result.append(Attribution(_span(text, source, said.start), _span(text, cue, said.start), [said]))
    return result


def resolve(text: str, *marked: Marked) -> tuple[list[list[str]], dict[str, Speaker]]:
    """The names of each attribution's speakers, and the speakers by name."""
    sentences = split(text)
    found = speakers.resolve(text, sentences, attributions(text, *marked))
    names = [[found.speakers[i].name for i in ids] for ids in found.of_claim]
    return names, {s.name: s for s in found.speakers}


# --- names ---------------------------------------------------------------------------------------------------------


def test_a_surname_gets_the_full_name_from_earlier_in_the_article() -> None:
    text = "Orla Penhallow opened the pier on Monday. Penhallow said the planks were sound."
    names, _ = resolve(text, ("Penhallow", "said", "the planks were sound"))
    assert names == [["Orla Penhallow"]]


def test_a_surname_gets_the_full_name_from_later_in_the_article() -> None:
    text = "“The planks are sound,” Penhallow said.\n\nThe pier is run by Orla Penhallow, an engineer."
    names, _ = resolve(text, ("Penhallow", "said", "“The planks are sound,”"))
    assert names == [["Orla Penhallow"]]


def test_people_who_share_a_surname_are_kept_apart_by_their_form_of_address() -> None:
    text = (
        "The bakery belongs to Bruno Castellan and his sister Wanda Castellan. He bakes and she sells."
        " Mr. Castellan said the rye was burnt. Ms. Castellan said nobody had noticed."
    )
    names, _ = resolve(
        text, ("Mr. Castellan", "said", "the rye was burnt"), ("Ms. Castellan", "said", "nobody had noticed")
    )
    assert names == [["Bruno Castellan"], ["Wanda Castellan"]]


def test_the_name_is_given_without_the_title_before_it() -> None:
    text = "Harbour Minister Tilda Brankovic said the ferry was late."
    names, people = resolve(text, ("Harbour Minister Tilda Brankovic", "said", "the ferry was late"))
    assert names == [["Tilda Brankovic"]]
    assert (people["Tilda Brankovic"].kind, people["Tilda Brankovic"].title) == ("named_person", "Harbour Minister")


def test_the_name_is_given_without_the_apposition_after_it() -> None:
    text = "Ilmar Tuvik, adviser to the harbour board, said the ferry was late."
    names, people = resolve(text, ("Ilmar Tuvik, adviser to the harbour board,", "said", "the ferry was late"))
    assert names == [["Ilmar Tuvik"]]
    assert people["Ilmar Tuvik"].title == "adviser to the harbour board"


def test_the_name_may_be_the_apposition() -> None:
    text = "“It leaks,” said his oldest deckhand, Rasmus Quill."
    names, _ = resolve(text, ("his oldest deckhand, Rasmus Quill", "said", "“It leaks,”"))
    assert names == [["Rasmus Quill"]]


def test_role_words_in_lower_case_before_a_name_are_its_title() -> None:
    text = "Harbourside chief economist Petra Vonk said rents would fall."
    names, people = resolve(text, ("Harbourside chief economist Petra Vonk", "said", "rents would fall"))
    assert names == [["Petra Vonk"]]
    assert people["Petra Vonk"].title == "Harbourside chief economist"


def test_two_names_joined_by_and_are_two_speakers() -> None:
    text = "Ada Merrow and Jonas Pike said the well was dry."
    names, _ = resolve(text, ("Ada Merrow and Jonas Pike", "said", "the well was dry"))
    assert names == [["Ada Merrow", "Jonas Pike"]]


def test_and_inside_the_name_of_a_body_joins_nothing() -> None:
    text = "The Sluice and Towpath Commission said the lock would close."
    names, found = resolve(text, ("The Sluice and Towpath Commission", "said", "the lock would close"))
    assert names == [["Sluice and Towpath Commission"]]
    assert found["Sluice and Towpath Commission"].kind == "named_organization"


def test_an_abbreviation_in_brackets_means_the_full_name() -> None:
    text = "The Coastal Lighting Authority (CLA) was founded in 1902. The CLA said the lamps were old."
    names, found = resolve(text, ("The CLA", "said", "the lamps were old"))
    assert names == [["Coastal Lighting Authority"]]
    assert found["Coastal Lighting Authority"].kind == "named_organization"


def test_initials_mean_the_full_name() -> None:
    text = "Staff of the Northern Herring Board met on Friday. NHB said the nets were new."
    names, _ = resolve(text, ("NHB", "said", "the nets were new"))
    assert names == [["Northern Herring Board"]]


def test_a_middle_initial_makes_no_second_person() -> None:
    text = "Edwin P. Gorse won. Edwin Gorse said he was tired. Gorse said he would sleep."
    names, _ = resolve(text, ("Edwin Gorse", "said", "he was tired"), ("Gorse", "said", "he would sleep"))
    assert names == [["Edwin P. Gorse"], ["Edwin P. Gorse"]]


# --- nominals ------------------------------------------------------------------------------------------------------


def test_a_spokesman_for_a_firm_is_an_unnamed_person() -> None:
    text = "A spokesman for Quarrington Ltd said the plant was safe."
    names, found = resolve(text, ("A spokesman for Quarrington Ltd", "said", "the plant was safe"))
    assert names == [["spokesman for Quarrington Ltd"]]
    assert found["spokesman for Quarrington Ltd"].kind == "unnamed_person"


def test_the_governor_is_whoever_bears_the_title() -> None:
    text = (
        "Governor Selma Dray spoke after Theo Lindt, a farmer. Lindt said the river was low."
        " The governor said it would rise."
    )
    names, _ = resolve(text, ("Lindt", "said", "the river was low"), ("The governor", "said", "it would rise"))
    assert names == [["Theo Lindt"], ["Selma Dray"]]


def test_the_study_is_the_study_reported_before() -> None:
    text = "A study by a Porto laboratory found that eels sing. The study says they do so at night."
    names, found = resolve(
        text,
        ("A study by a Porto laboratory", "found", "that eels sing"),
        ("The study", "says", "they do so at night"),
    )
    assert names[1] == names[0]
    assert [s.kind for s in found.values()] == ["document"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("critics", "unnamed_group"),
        ("a retired welder", "unnamed_person"),
        ("the audit", "document"),
        ("the health ministry", "named_organization"),
        ("Moscow", "named_organization"),
        ("two people close to the board", "unnamed_group"),
    ],
)
def test_the_kind_of_a_source_without_a_personal_name(source: str, kind: str) -> None:
    text = f"The bridge is weak, according to {source}, and will close."
    _, found = resolve(text, (source, "according to", "The bridge is weak"))
    assert [s.kind for s in found.values()] == [kind]


def test_a_share_of_those_asked_speaks_through_the_poll() -> None:
    text = "A Merton College poll found that tea is winning. Some 61 percent of adults want kettles banned."
    names, _ = resolve(
        text,
        ("A Merton College poll", "found", "that tea is winning"),
        ("Some 61 percent of adults", "want", "kettles banned"),
    )
    assert names == [["Merton College poll"], ["Merton College poll"]]


# --- pronouns ------------------------------------------------------------------------------------------------------


def test_a_pronoun_agrees_in_gender() -> None:
    text = "Mrs. Ottoline Hask met Mr. Bertram Voll at the quarry. She said the stone was cracked. He said it was fine."
    names, _ = resolve(text, ("She", "said", "the stone was cracked"), ("He", "said", "it was fine"))
    assert names == [["Ottoline Hask"], ["Bertram Voll"]]


def test_whoever_spoke_before_goes_on_after_the_next_quotation() -> None:
    text = (
        "“The mill is shut,” said Casper Drood, who ran it for years.\n\n"
        "“Nobody told Rupert Snell, who owns it, and nobody will,” he added."
    )
    names, _ = resolve(
        text,
        ("Casper Drood, who ran it for years", "said", "“The mill is shut,”"),
        ("he", "added", "“Nobody told Rupert Snell, who owns it, and nobody will,”"),
    )
    assert names == [["Casper Drood"], ["Casper Drood"]]


def test_first_person_outside_quotation_marks_is_the_author() -> None:
    text = "Every spring I walk to the weir. I think the trout have left."
    names, _ = resolve(text, ("I", "think", "the trout have left"))
    assert names == [["AUTHOR"]]


def test_first_person_inside_a_quotation_is_who_is_quoted() -> None:
    text = "“I think the trout have left,” said Nell Arkwright."
    names, _ = resolve(
        text,
        ("Nell Arkwright", "said", "“I think the trout have left,”"),
        ("I", "think", "the trout have left"),
    )
    assert names[1] == ["Nell Arkwright"]


# --- nobody is mentioned -------------------------------------------------------------------------------------------


def test_a_continuation_belongs_to_who_spoke_before() -> None:
    text = "The mayor of Lunt, Greta Moss, announced cuts on Monday. The library would close in May."
    names, _ = resolve(
        text,
        ("The mayor of Lunt, Greta Moss,", "announced", "cuts"),
        (None, None, "The library would close in May."),
    )
    assert names[1] == ["Greta Moss"]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    text = (
        "Ewan Tarn wrote to the board. Lily Cope replied: “We have read it.\n\n"
        "“We have read it twice.\n\n“We remain unmoved.”"
    )
    names, _ = resolve(
        text,
        ("Lily Cope", "replied", "“We have read it."),
        (None, None, "“We have read it twice."),
        (None, None, "“We remain unmoved.”"),
    )
    assert names == [["Lily Cope"]] * 3


def test_a_quotation_belongs_to_who_is_named_right_after_it() -> None:
    text = (
        "Anton Weir said the dam would hold.\n\n“It will not hold. I have seen the cracks,” said Freya Lund, a diver."
    )
    names, _ = resolve(
        text,
        ("Anton Weir", "said", "the dam would hold"),
        (None, None, "“It will not hold."),
        ("Freya Lund, a diver", "said", "I have seen the cracks,”"),
    )
    assert names[1] == ["Freya Lund"]


def test_a_transcript_names_its_speakers_before_a_colon() -> None:
    text = "Dora Fenn spoke with Milo Garrity.\n\nFENN: Is it deep?\n\nGARRITY: It has no floor. Divers gave up."
    names, _ = resolve(
        text,
        ("FENN:", None, "Is it deep?"),
        ("GARRITY:", None, "It has no floor."),
        (None, None, "Divers gave up."),
    )
    assert names == [["Dora Fenn"], ["Milo Garrity"], ["Milo Garrity"]]


@pytest.mark.parametrize(("source", "cue"), [("Harbour radio", "reports"), ("the coast guard", "citing")])
def test_whoever_cites_another_and_the_other_make_a_chain(source: str, cue: str) -> None:
    text = "Harbour radio reports, citing the coast guard, that two boats were lost."
    names, _ = resolve(text, (source, cue, "that two boats were lost"))
    assert names == [["Harbour radio", "coast guard"]]


def test_whoever_cites_a_reason_makes_no_chain() -> None:
    text = "Orla Penhallow said, citing rough seas, that no boat would sail."
    names, _ = resolve(text, ("Orla Penhallow", "said", "that no boat would sail"))
    assert names == [["Orla Penhallow"]]


def test_in_a_transcript_the_label_stands_behind_all_of_a_voice_and_outside_what_it_quotes() -> None:
    text = (
        "The recording was played in court.\n\n"
        "“BRANDT: Tell us about the crane. It fell at noon.\n\n"
        "“ORTEGA: The foreman said it was safe. Nobody asked me.\n\n"
        "“BRANDT: Thank you.”\n\n"
        "The hearing goes on."
    )
    names, _ = resolve(
        text,
        (None, None, "It fell at noon."),
        ("The foreman", "said", "it was safe"),
        (None, None, "Nobody asked me."),
        (None, None, "Thank you."),
    )
    assert names == [["BRANDT"], ["ORTEGA", "foreman"], ["ORTEGA"], ["BRANDT"]]


def test_a_label_that_comes_back_needs_no_capitals_inside() -> None:
    text = "\n\n".join(
        [
            "Harbour times: When did you first sail?",
            "Lindqvist: At six. My uncle lost his temper and the oar.",
            "Harbour times: And now?",
            "Lindqvist: Now I have my own oars.",
        ]
    )
    names, _ = resolve(text, (None, None, "My uncle lost his temper and the oar."), (None, None, "And now?"))
    assert names == [["Lindqvist"], ["Harbour times"]]


def test_one_colon_makes_no_transcript() -> None:
    text = "“The rule is plain,” Orla Penhallow said.\n\nVerdict: nothing was proven.\n\n“It is over,” she said."
    names, _ = resolve(text, ("Orla Penhallow", "said", "“The rule is plain,”"), ("she", "said", "“It is over,”"))
    assert names == [["Orla Penhallow"], ["Orla Penhallow"]]


def test_a_name_between_commas_after_a_noun_phrase_is_who_speaks() -> None:
    text = "Three widows came. One of them, Zita Marchetti, said the bench was cold."
    names, _ = resolve(text, ("One of them", "said", "the bench was cold"))
    assert names == [["Zita Marchetti"]]


def test_an_abbreviation_makes_a_name_whole_that_small_words_cut() -> None:
    text = (
        "Boats were lent by the Union to Rescue Our Seals (UROS). The tide was low. By noon UROS said that eleven seals"
        " were safe."
    )
    names, _ = resolve(text, ("UROS", "said", "eleven seals were safe"))
    assert names == [["Union to Rescue Our Seals"]]


def test_letters_in_brackets_that_do_not_fit_leave_names_alone() -> None:
    text = "Orla Penhallow met Bruno Castellan (MP) at noon. Penhallow said it rained."
    names, _ = resolve(text, ("Penhallow", "said", "it rained"))
    assert names == [["Orla Penhallow"]]


def test_bodies_of_two_countries_are_two_speakers() -> None:
    text = (
        "The Chinese coast guard said the reef was closed. Fishermen waited. The Philippine coast guard said that the reef"
        " was open."
    )
    names, _ = resolve(
        text,
        ("The Chinese coast guard", "said", "the reef was closed"),
        ("The Philippine coast guard", "said", "the reef was open"),
    )
    assert names[0] != names[1]
    assert "Philippine" in names[1][0]


def test_in_questions_and_answers_the_author_asks() -> None:
    text = (
        "Five questions for the beekeeper Imre Szondi\n\nQ: Do bees sleep?\n\nA: On their sides.\n\n"
        "Q: Do they dream?\n\nA: I never asked."
    )
    names, _ = resolve(text, ("Q:", None, "Do bees sleep?"), ("A:", None, "On their sides."))
    assert names == [["AUTHOR"], ["Imre Szondi"]]


def test_a_signature_below_a_quotation_names_its_speaker() -> None:
    text = "Our readers write.\n\n“Bring back the tram.”\n\n— Hilda Brook\n\n“Never bring it back.”\n\n— Otto Crane"
    names, _ = resolve(text, (None, None, "“Bring back the tram.”"), (None, None, "“Never bring it back.”"))
    assert names == [["Hilda Brook"], ["Otto Crane"]]


def test_in_a_sentence_without_cue_the_name_beside_a_verb_of_speech_speaks() -> None:
    text = "Enid Farrow said the kiln was cold. Later Gus Tolland said it had never been lit."
    names, _ = resolve(
        text,
        ("Enid Farrow", "said", "the kiln was cold"),
        (None, None, "Later Gus Tolland said it had never been lit."),
    )
    assert names[1] == ["Gus Tolland"]


def test_in_a_sentence_without_cue_the_name_before_a_verb_of_denial_speaks() -> None:
    text = "Enid Farrow said the guns came from Norland. Norland has always disputed such deliveries."
    names, _ = resolve(
        text,
        ("Enid Farrow", "said", "the guns came from Norland"),
        (None, None, "Norland has always disputed such deliveries."),
    )
    assert names[1] == ["Norland"]


def test_where_nothing_tells_there_is_no_speaker() -> None:
    text = "The plan was criticised as a waste of good string."
    names, found = resolve(text, (None, "was criticised", "as a waste of good string"))
    assert (names, found) == ([[]], {})


# --- chains, grounds, shares ---------------------------------------------------------------------------------------


def test_a_chain_gives_the_outermost_speaker_first() -> None:
    text = "The Lunt Herald reported that Bram Oakes had said the well was poisoned."
    names, _ = resolve(
        text,
        ("The Lunt Herald", "reported", "that Bram Oakes had said the well was poisoned"),
        ("Bram Oakes", "had said", "the well was poisoned"),
    )
    assert names == [["Lunt Herald"], ["Lunt Herald", "Bram Oakes"]]


def test_what_lets_a_source_speak_is_its_justification() -> None:
    text = "A welder who saw the second fall said the ladder was wet."
    _, found = resolve(text, ("A welder who saw the second fall", "said", "the ladder was wet"))
    (welder,) = found.values()
    assert (welder.name, welder.justification) == ("welder", "who saw the second fall")


def test_title_and_justification_stand_verbatim_in_the_article() -> None:
    text = "Nan Usher, 61, a ferry pilot who lost her boat, waved. Usher said the bar had moved."
    _, found = resolve(text, ("Usher", "said", "the bar had moved"))
    usher = found["Nan Usher"]
    assert usher.title == "ferry pilot"
    assert usher.justification == "who lost her boat"


def test_mentions_are_the_source_spans_and_the_share_counts_words() -> None:
    text = "Ida Rook said no. It rained. She said perhaps."
    found = speakers.resolve(
        text,
        split(text),
        attributions(text, ("Ida Rook", "said", "no."), ("She", "said", "perhaps.")),
    )
    (rook,) = found.speakers
    assert [m.of(text) for m in rook.mentions] == ["Ida Rook", "She"]
    assert rook.share == pytest.approx(2 / 9, abs=1e-4)


def test_a_share_counts_words_in_overlapping_contents_once() -> None:
    assert share([(0, 10), (5, 10)], [0, 5, 11, 15]) == 0.5


def test_ids_count_from_zero_in_the_order_of_appearance() -> None:
    text = "Zeno Falk said one. Abel Carr said two."
    sentences = split(text)
    found = speakers.resolve(
        text,
        sentences,
        attributions(text, ("Zeno Falk", "said", "one"), ("Abel Carr", "said", "two")),
    )
    assert [(s.id, s.name) for s in found.speakers] == [(0, "Zeno Falk"), (1, "Abel Carr")]
    assert found.of_claim == [[0], [1]]


# --- whatever the text and the network -----------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "Ana Sousa",
        "Mr.",
        "Smith",
        "said",
        "he",
        "She",
        "the minister",
        ",",
        ".",
        "“",
        "”",
        '"',
        "'",
        " - ",
        "President of",
        "IMF",
        "(IMF)",
        "who",
        "and",
        "Health Ministry",
        "Q:",
        "A:",
        "JO:",
        "\n",
        "\n\n",
        "I",
        "we",
        "34",
        "61%",
        "—",
        "U.S.",
        "�",
        "\x00",
        "İ",
        "a poll",
        "her campaign",
        "website",
    ]
)


@st.composite
def _articles(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    pieces = draw(st.lists(_PIECES, max_size=40))
    text = " ".join(pieces) if draw(st.booleans()) else "".join(pieces)
    offset = st.integers(-2, len(text) + 3)

    def span() -> RoleSpan:
        start, end = sorted((draw(offset), draw(offset)))
        return RoleSpan(draw(st.sampled_from([-1, 0])), 0, start, end, 1.0)

    found = [
        Attribution(
            span() if draw(st.booleans()) else None,
            span() if draw(st.booleans()) else None,
            [span() for _ in range(draw(st.integers(0, 2)))],
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return text, found


@settings(max_examples=150, deadline=None)
@given(_articles())
def test_any_text_and_any_spans_give_a_sound_answer(article: tuple[str, list[Attribution]]) -> None:
    text, found = article
    sentences = split(text)
    resolved = speakers.resolve(text, sentences, found)
    assert len(resolved.of_claim) == len(found)
    assert [s.id for s in resolved.speakers] == list(range(len(resolved.speakers)))
    assert {i for ids in resolved.of_claim for i in ids} == set(range(len(resolved.speakers)))
    for speaker in resolved.speakers:
        assert speaker.name == "AUTHOR" or speaker.name in text
        assert speaker.title is None or speaker.title in text
        assert speaker.justification is None or speaker.justification in text
        assert 0 <= speaker.share <= 1
        assert all(0 <= m.start < m.end <= len(text) for m in speaker.mentions)


def test_the_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(people: int) -> float:
        text = " ".join(f"Ana{i} Sousa said the pier was shut. She left, and the minister wept." for i in range(people))
        sentences = split(text)
        found = [Attribution(None, None, [RoleSpan(-1, -1, a, b, 1.0)]) for a, b in sentences]
        began = time.process_time()
        speakers.resolve(text, sentences, found)
        return time.process_time() - began

    seconds(100)
    assert seconds(1600) < 8 * seconds(400)


def test_every_type_of_reference_has_weights() -> None:
    weights = antecedents.load()
    assert all("new" in weights[kind] for kind in antecedents.TYPES)

"""Titles: what the text says that somebody is, and where it ends."""

from __future__ import annotations

import pytest
from speaker_texts import Marked, speaking


def first(text: str, *marked: Marked) -> tuple[str, str | None]:
    """Name and title of the first attribution's speaker."""
    (speaker,) = speaking(text, *marked)[0]
    return speaker.name, speaker.title


@pytest.mark.parametrize("words", ["eager to begin", "fearless", "bitter about the vote", "happier than before"])
def test_a_quality_is_no_title(words: str) -> None:
    text = f"Ana Sousa is {words}. Sousa said the pier was shut."
    assert first(text, ("Sousa", "said", "the pier was shut")) == ("Ana Sousa", None)


def test_what_somebody_did_is_no_title() -> None:
    text = "The mayor was brief. His deputy, Ana Sousa, went further. Sousa said the pier was unsafe."
    assert first(text, ("Sousa", "said", "the pier was unsafe"))[1] == "deputy"


@pytest.mark.parametrize(
    ("phrase", "verb"), [("of the Tarn Green party", "said"), ("of Orla Harbour Bank", "told clients")]
)
def test_a_title_ends_before_the_verb(phrase: str, verb: str) -> None:
    text = f"It rained. Ana Sousa {phrase} {verb} the law was late."
    assert first(text, ("Ana Sousa", verb, "the law was late")) == ("Ana Sousa", phrase)


def test_an_office_says_more_than_a_party() -> None:
    text = "Governor Ana Sousa vetoed it. Sousa, a Democrat, said it cost too much."
    assert first(text, ("Sousa, a Democrat,", "said", "it cost too much")) == ("Ana Sousa", "Governor")


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Bank of Tarn economist Vera Lund", "Bank of Tarn economist"),
        ("Bank of Tarn Governor Vera Lund", "Bank of Tarn Governor"),
        ("Tarn Secretary-General Vera Lund", "Tarn Secretary-General"),
        ("Vera Lund, M.D., a cardiologist,", "cardiologist"),
        ("The head of the ward, Vera Lund,", "head of the ward"),
        ("Orla County Coroner's Office Sgt. Vera Lund", "Orla County Coroner's Office Sgt."),
        ("Harbor commission President Vera Lund", "Harbor commission President"),
        ("The harbor's deputy warden, Republican Vera Lund,", "deputy warden"),
    ],
)
def test_an_office_is_read_whole(source: str, title: str) -> None:
    text = f"The pier is shut. {source} said it was late."
    assert first(text, (source, "said", "it was late")) == ("Vera Lund", title)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("The mother of the victim, Vera Lund", "mother of the victim"),
        ("The solicitor for the family, Vera Lund", "solicitor for the family"),
    ],
)
def test_a_role_is_not_that_of_whom_it_belongs_to(source: str, title: str) -> None:
    text = f"It rained. {source}, said it was late."
    assert first(text, (source, "said", "it was late")) == ("Vera Lund", title)


def test_the_elder_of_two_is_no_title() -> None:
    text = "Tom Hale built ferries. His son, Jim Hale, sells them. The elder Hale said the yard would close."
    assert first(text, ("The elder Hale", "said", "the yard would close")) == ("Tom Hale", None)
    text = text.replace("The elder Hale", "The younger Hale")
    assert first(text, ("The younger Hale", "said", "the yard would close"))[0] == "Jim Hale"


def test_a_clause_is_no_apposition() -> None:
    text = "According to Ana Sousa, the council will vote in May. Sousa said the plan was dear."
    (one,), (two,) = speaking(
        text, ("Ana Sousa", "According to", "the council will vote in May"), ("Sousa", "said", "the plan was dear")
    )
    assert (one.name, one.kind, one.title) == ("Ana Sousa", "named_person", None)
    assert one == two


@pytest.mark.parametrize("opening", ["In a letter to the harbour board", "In a poster for the fair"])
def test_a_document_before_a_name_is_no_title(opening: str) -> None:
    text = f"The pier is shut. {opening}, Vera Lund said it was late."
    assert first(text, ("Vera Lund", "said", "it was late")) == ("Vera Lund", None)


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("The port spent weeks courting", "Tarn pilot"),
        ("The guild hopes to hire", "Danish pilot"),
        ("Her rivals include", "former pilot"),
        ("It was steered by the", "reigning Olympic pilot"),
    ],
)
def test_what_is_done_to_somebody_is_no_title(before: str, title: str) -> None:
    text = f"{before} {title} Ana Sousa. Sousa said the pier was shut."
    assert first(text, ("Sousa", "said", "the pier was shut")) == ("Ana Sousa", title)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Chairman and CEO Vera Lund", "Chairman and CEO"),
        ("Executive Vice President and Chief Pilot Vera Lund", "Executive Vice President and Chief Pilot"),
        ("the port's founder and chief executive Vera Lund", "founder and chief executive"),
        ("the mayor and Governor Vera Lund", "Governor"),
    ],
)
def test_two_offices_are_one_title(source: str, title: str) -> None:
    text = f"The pier is shut. It was late, according to {source}."
    assert first(text, (source, "according to", "It was late")) == ("Vera Lund", title)


@pytest.mark.parametrize("office", ["U.N. envoy for the lakes", "chief U.S. negotiator", "E.U. ambassador to Tarn"])
def test_the_full_stops_of_initials_do_not_cut_a_title(office: str) -> None:
    text = f"The {office}, Vera Lund, said a pause was near."
    assert speaking(text, (f"The {office}, Vera Lund,", "said", "a pause was near"))[0][0].title == office


def test_the_full_stops_of_initials_do_not_cut_a_title_before_the_name() -> None:
    text = "Former U.N. envoy Vera Lund said a pause was near."
    assert first(text, ("Former U.N. envoy Vera Lund", "said", "a pause was near")) == (
        "Vera Lund",
        "Former U.N. envoy",
    )


def test_a_deputy_before_a_name_is_a_title() -> None:
    text = "Deputy Aino Rasila said the vote would be close. Rasila said she would abstain."
    said = ("Deputy Aino Rasila", "said", "the vote would be close"), ("Rasila", "said", "she would abstain")
    assert first(text, *said) == ("Aino Rasila", "Deputy")


@pytest.mark.parametrize(
    ("subject", "name", "title"),
    [
        ("Welder Tembo Simbala", "Tembo Simbala", "Welder"),
        ("Playwright Orla Kinsale", "Orla Kinsale", "Playwright"),
        ("Umpire Hale", "Hale", "Umpire"),
        ("Gardner Hale", "Gardner Hale", None),
    ],
)
def test_a_trade_that_opens_a_sentence_is_no_part_of_the_name(subject: str, name: str, title: str | None) -> None:
    text = f"The pier was shut. {subject} said it was unsafe."
    assert first(text, (subject, "said", "it was unsafe")) == (name, title)


def test_two_trades_under_one_article_are_one_title() -> None:
    text = "The pier was shut. The poet and critic Ana Sousa said it was unsafe."
    assert first(text, ("The poet and critic Ana Sousa", "said", "it was unsafe"))[1] == "poet and critic"


def test_what_somebody_was_may_have_a_noun_before_it() -> None:
    text = "The first to cross was sheep farmer Ana Sousa. Sousa said it was unsafe."
    assert first(text, ("Sousa", "said", "it was unsafe")) == ("Ana Sousa", "sheep farmer")
    text = "The club was signing striker Ana Sousa. Sousa said it was late."
    assert first(text, ("Sousa", "said", "it was late")) == ("Ana Sousa", "striker")


@pytest.mark.parametrize("words", ["One such donor, Ana Sousa,", "Ana Sousa, a patient woman with one phone,"])
def test_what_says_only_that_there_is_somebody_is_no_title(words: str) -> None:
    text = f"The pier was shut. {words} said it was unsafe."
    assert first(text, (words, "said", "it was unsafe")) == ("Ana Sousa", None)


@pytest.mark.parametrize(
    ("after", "title"),
    [
        ("Director, Harbour Operations.", "Director, Harbour Operations"),
        ("Vice President, Research and Training.", "Vice President, Research and Training"),
        ("Director, Tom Bell and others.", "Director"),
        ("director, Tarn.", "director"),
    ],
)
def test_a_title_in_capitals_has_its_division_after_a_comma(after: str, title: str) -> None:
    text = f"Tom Bell wrote to us. “It is late,” said Ana Sousa, {after}"
    assert first(text, (f"Ana Sousa, {after[:-1]}", "said", "“It is late,”"))[1] == title


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("As chief harbour engineer of the Tarn council, Ana Sousa signed the plans.", "chief harbour engineer of the Tarn council"),
        ("As winter ended, Ana Sousa signed the plans.", None),
        ("As a matter of course, Ana Sousa signed the plans.", None),
        ("As a child, Ana Sousa signed the plans.", None),
        ("The presenter was Ana Sousa.", "presenter"),
        ("The winner was Ana Sousa.", None),
        ("The surprise was Ana Sousa.", None),
        ("The bridge was built by Ana Sousa. She is a marine biologist.", "marine biologist"),
        ("The bridge was built by Ana Sousa. He is a marine biologist.", None),
        ("The bridge was built by Ana Sousa and Mara Lind. She is a marine biologist.", None),
    ],
)  # fmt: skip
def test_a_title_may_stand_apart_from_its_name(opening: str, title: str | None) -> None:
    text = f"It rained. {opening} Sousa said the pier was unsafe."
    assert first(text, ("Sousa", "said", "the pier was unsafe")) == ("Ana Sousa", title)

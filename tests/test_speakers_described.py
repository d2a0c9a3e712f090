"""Kind, title and justification of a speaker, read from the article's own words."""

from __future__ import annotations

import pytest

from claimcheck import report, speakers
from claimcheck.attribution import Attribution, RoleSpan


def _span(text: str, part: str) -> RoleSpan:
    start = text.index(part)
    return RoleSpan(0, 1, start, start + len(part), 1.0)


def _speaker(text: str, source: str, content: str) -> report.Speaker:
    found = [Attribution(_span(text, source), None, [_span(text, content)], 1.0)]
    resolved = speakers.resolve(text, [(0, len(text))], found)
    return resolved.speakers[resolved.of_claim[0][0]]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("PT Rimba Sentosa", "named_organization"),
        ("Kestrel Therapeutics", "named_organization"),
        ("Halden Tidende", "named_organization"),
        ("Ordell Africa", "named_organization"),
        ("A crane operator", "unnamed_person"),
        ("The coast guard", "named_organization"),
        ("The police", "named_organization"),
        ("The antiques dealer", "unnamed_person"),
        ("Crane operators", "unnamed_group"),
        ("The power company", "named_organization"),
        ("The central bank", "named_organization"),
        ("The Opposition", "named_organization"),
        ("The equipment shop", "unnamed_group"),
        ("The lender", "unnamed_group"),
        ("A trade website", "unnamed_group"),
        ("The opposition housing spokesman", "unnamed_person"),
        ("Dockers Local 771", "named_organization"),
        ("The Harbour Lights Commissioner", "unnamed_person"),
        ("Addis Ababa", "named_organization"),
        ("Lusaka", "named_organization"),
    ],
)
def test_head_of_the_name_tells_the_kind(source: str, kind: str) -> None:
    text = f"In the port, work went on. {source} said the pier was closed."
    assert _speaker(text, source, "the pier was closed").kind == kind


@pytest.mark.parametrize(
    "before",
    [
        "Ana Sousa is chief executive and founder of Quenby. ",
        "The pier closed on Monday, and Quenby council with it. ",
    ],
)
def test_what_stands_beside_a_name_elsewhere_tells_a_body(before: str) -> None:
    text = before + "Quenby said the pier was closed."
    assert _speaker(text, "Quenby", "the pier was closed").kind == "named_organization"


def test_a_name_that_nothing_stands_beside_is_rather_a_person() -> None:
    text = "The pier closed on Monday. Ana Quenby said the pier was closed."
    assert _speaker(text, "Ana Quenby", "the pier was closed").kind == "named_person"


@pytest.mark.parametrize(
    ("apposition", "title"),
    [
        ("an economist in Turku", "economist in Turku"),
        ("a shopkeeper in Turku", "shopkeeper"),
        ("a duty manager at Pier 4", "duty manager at Pier 4"),
    ],
)
def test_workplace_belongs_to_the_title_of_an_expert(apposition: str, title: str) -> None:
    text = f"Work went on. Orla Keane, {apposition}, said the pier was closed."
    assert _speaker(text, "Orla Keane", "the pier was closed").title == title


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("The advocate depute", "advocate depute"),
        ("The ship's first mate", "first mate"),
        ("The chargé d'affaires", "chargé d'affaires"),
        ("The ship’s owner", "owner"),
        ("In the old foundry", None),
        ("In the town's old foundry", None),
        ("The next morning", None),
    ],
)
def test_a_noun_before_a_name_between_commas_is_a_title_whatever_it_is(before: str, title: str | None) -> None:
    text = f"Work went on. {before}, Orla Keane, said the pier was closed."
    assert _speaker(text, "Orla Keane", "the pier was closed").title == title


def test_an_office_of_two_words_in_another_language_is_one_person() -> None:
    source = "The chargé d’affaires, Orla Keane,"
    text = f"Work went on. {source} said the pier was closed."
    speaker = _speaker(text, source, "the pier was closed")
    assert (speaker.name, speaker.kind, speaker.title) == ("Orla Keane", "named_person", "chargé d’affaires")


@pytest.mark.parametrize(
    ("clause", "justification"),
    [
        ("who farms nine hectares there", "who farms nine hectares there"),
        ("who has sampled the bay since 1998", "who has sampled the bay since 1998"),
        ("travelling to a wedding", "travelling to a wedding"),
        ("who died in May", None),
        ("who is 77", None),
    ],
)
def test_clause_that_tells_experience_justifies(clause: str, justification: str | None) -> None:
    text = f"Work went on. Orla Keane, {clause}, said the pier was closed."
    assert _speaker(text, "Orla Keane", "the pier was closed").justification == justification


def test_what_the_name_says_already_is_no_justification() -> None:
    text = "On Monday, two people who saw the plans said the pier was closed."
    assert _speaker(text, "two people who saw the plans", "the pier was closed").justification is None


@pytest.mark.parametrize("name", ["Evans", "Cornish", "Julian", "Calabrese", "Corbett"])
def test_a_surname_may_end_as_what_a_people_is_called(name: str) -> None:
    text = f"“It is closed,” said {name} of the road. {name} said the road would open on Friday."
    assert _speaker(text, name, "the road would open on Friday").kind == "named_person"


@pytest.mark.parametrize("source", ["Williams, 41,", "Hastings, who lives there,"])
def test_a_surname_in_s_that_opens_a_sentence_is_no_crowd(source: str) -> None:
    text = f"The road is closed. {source} said the road would open."
    assert _speaker(text, source, "the road would open").kind == "named_person"


def test_what_opens_a_sentence_in_s_and_is_no_name_is_a_crowd() -> None:
    text = "The road is closed. Campers said the road would open."
    assert _speaker(text, "Campers", "the road would open").kind == "unnamed_group"

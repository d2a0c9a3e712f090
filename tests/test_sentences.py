"""Sentences, paragraphs and quotation marks."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.paragraphs import numbered, paragraphs
from claimcheck.sentences import MAX_SENTENCE, Span, quotation_spans, split

HOSTILE = Path(__file__).parent.parent / "fixtures" / "sentences" / "hostile.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()]

any_text = st.text(st.characters(exclude_categories=()))  # surrogates included
hostile_pieces = [
    "''",
    "\r\n",
    "\n\n",
    "Mr. ",
    "U.S. ",
    "p.m. ",
    "said ",
    "No. ",
    "Smith asked. ",
    "[3]",
    "... ",
    "- ",
    "1. ",
]
hostile_text = st.lists(
    st.sampled_from([*"aB1 .!?…,;:-—()[]\"'“”‘’«»„\0\n\r\t\ud800\xa0\u2028", *hostile_pieces, "6'3\"", "(R-Va.) "])
).map("".join)


def strings(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def assert_covers(text: str, spans: list[Span]) -> None:
    """Spans are in order, trimmed and not empty, and nothing visible lies between them."""
    done = 0
    for start, end in spans:
        assert done <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[done:start].strip()
        done = end
    assert not text[done:].strip()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They asked the manager, M.A. Khan, and left. It rained.", 2),
        ("It was signed by B.S. Gowda.", 1),
        ("She has a B.A. Her sister has none.", 2),
        ("He came at 9 a.m. Khan was late.", 2),
    ],
)
def test_initials_that_are_a_degree_too_end_no_sentence_before_a_surname(text: str, count: int) -> None:
    assert len(split(text)) == count


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_hostile_case_is_split_as_a_reader_would(case: dict[str, Any]) -> None:
    assert strings(case["text"], split(case["text"])) == case["sentences"]


@pytest.mark.parametrize("case", [case for case in CASES if "quotations" in case], ids=lambda case: case["case"])
def test_hostile_case_has_its_quotations(case: dict[str, Any]) -> None:
    assert strings(case["text"], quotation_spans(case["text"])) == case["quotations"]


@settings(deadline=None)
@given(any_text | hostile_text)
def test_any_text_is_covered_by_sentences(text: str) -> None:
    spans = split(text)
    assert_covers(text, spans)
    assert all(end - start <= MAX_SENTENCE for start, end in spans)


@settings(deadline=None)
@given(any_text | hostile_text)
def test_any_text_is_covered_by_paragraphs_and_no_sentence_crosses_them(text: str) -> None:
    found = paragraphs(text)
    assert_covers(text, found)
    ends = {end for _, end in found}
    assert ends <= {end for _, end in split(text)}


@settings(deadline=None)
@given(any_text | hostile_text)
def test_quotations_of_any_text_are_valid_spans(text: str) -> None:
    done = 0
    for start, end in quotation_spans(text):
        assert done <= start < end <= len(text)
        done = end


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\xa0\u2028"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert split(text) == []
    assert quotation_spans(text) == ()


@pytest.mark.parametrize("text", ["”", "...", "\0", "\ud800", "?", "1."])
def test_text_without_a_word_is_one_sentence(text: str) -> None:
    assert split(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "word " * 200_000,
        "and so, " * 125_000,
        "The vote failed. “No,” said Dr. Ode. " * 27_000,
        "“a. " * 250_000,
        ". " * 500_000,
        "(R-Va. " * 140_000,
        "a\n" * 250_000,
        "'tis workers' " * 70_000,
        "\ud800\0" * 500_000,
    ],
    ids=["letters", "words", "clauses", "prose", "openings", "stops", "brackets", "lines", "apostrophes", "junk"],
)
def test_a_megabyte_is_split_in_seconds(text: str) -> None:
    begun = time.process_time()
    spans = split(text)
    # A few tenths of a second to three on a slow core; a quadratic step anywhere would take minutes.
    assert time.process_time() - begun < 15
    assert_covers(text, spans)
    assert all(end - start <= MAX_SENTENCE for start, end in spans)


def test_an_over_long_sentence_breaks_at_a_clause() -> None:
    text = "The list names " + ", ".join(f"bridge {number}" for number in range(1000)) + "."
    found = strings(text, split(text))
    assert len(found) > 1
    assert all(sentence.endswith(",") for sentence in found[:-1])


def test_an_over_long_sentence_without_clauses_breaks_at_a_space() -> None:
    text = "bridge " * 2000
    assert all(sentence.startswith("bridge") and sentence.endswith("bridge") for sentence in strings(text, split(text)))


def test_sentences_are_the_same_far_into_a_long_paragraph() -> None:
    sentence = "“It rained, Dr. Moe,” she said."
    text = " ".join([sentence] * 2000)
    assert strings(text, split(text)) == [sentence] * 2000


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_newline_ends_a_headline(newline: str) -> None:
    text = newline.join(["Ferry runs aground", "By Nora Finch", "", "The ferry ran aground. Nobody was hurt."])
    assert strings(text, split(text)) == [
        "Ferry runs aground",
        "By Nora Finch",
        "The ferry ran aground.",
        "Nobody was hurt.",
    ]


def test_hard_wrapped_prose_is_joined_but_its_headline_and_paragraphs_are_not() -> None:
    text = (
        "Ferry runs aground off Moss Point\n"
        "By Nora Finch\n"
        "The night ferry with two hundred passengers on board ran aground off Moss\n"
        "Point on Monday, the coast guard said. Nobody was hurt, and by noon the\n"
        "crew was ashore.\n"
        "  “We felt a bump and then the lights went out,” said a passenger, Ines\n"
        "Roca. The captain declined to comment.\n"
    )
    assert strings(text, paragraphs(text)) == [
        "Ferry runs aground off Moss Point",
        "By Nora Finch",
        text[text.index("The night") : text.index("  “We")].strip(),
        text[text.index("“We") :].strip(),
    ]
    assert len(split(text)) == 6


@pytest.mark.parametrize(
    "lines",
    [
        ["Ferry runs aground off the coast", "Mayor resigns after the audit", "Harvest is the best in a decade"],
        ["The tide is out", "The boats are in", "The gulls are loud", "The day is thin"],
        ["What we know:", "1. The ferry is old", "2. The chart was older", "* Nobody was hurt"],
        ["The ferry ran aground.", "https://example.org/ferry", "The harbour is shut."],
    ],
    ids=["headlines", "verse", "list", "link"],
)
def test_lines_that_stand_alone_stay_alone(lines: list[str]) -> None:
    assert strings("\n".join(lines), paragraphs("\n".join(lines))) == lines


def test_a_line_that_cannot_be_the_end_goes_on() -> None:
    text = "The harbour was shut by the\nNavy on Monday;\nIt reopened."
    assert len(paragraphs(text)) == 1


def test_a_quotation_that_is_not_reopened_ends_with_its_paragraph() -> None:
    text = "“We had no warning, she said.\n\nThe harbour is shut. “It is safe,” he said."
    assert strings(text, quotation_spans(text)) == ["“We had no warning, she said.", "“It is safe,”"]


def test_positions_know_the_number_of_their_paragraph() -> None:
    text = "\n  One.\n\nTwo. Still two."
    assert numbered(text, [0, 3, 9, 14]) == [0, 1, 2, 2]

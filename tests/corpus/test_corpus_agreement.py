"""Agreement of two readers, on examples that can be computed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.corpus import GoldArticle, GoldSentence, GoldSpeaker
from claimcheck.corpus.agreement import (
    Agreement,
    Reading,
    compare,
    disagreements_tsv,
    read_second,
    same_speaker,
    write_blind,
)
from claimcheck.errors import InputError

FIRST = ["fact", "fact", "claim ode", "claim ode", "claim ode pak", "claim ode", "opinion", "opinion?", "none", "fact"]
SECOND = """\
1 fact
2 claim Femi Ode

3 claim Mr Ode
4 claim Min-ji Pak
5 claim Femi Ode; Something Else
6 fact?
7 opinion
8 fact
9 none
10 fact
"""


def article(id: str = "sport/01") -> GoldArticle:
    text, sentences = "", []
    for number, reading in enumerate(FIRST, 1):
        label, *speakers = reading.split()
        start = len(text)
        text += f"Sentence {number}.\n\n"
        sentences.append(
            GoldSentence(start, len(text) - 2, label.rstrip("?"), speakers, hard="?" in label)  # type: ignore[arg-type]
        )
    speakers = {"ode": GoldSpeaker("Femi Ode"), "pak": GoldSpeaker("Min-ji Pak")}
    return GoldArticle(id, text, sentences, speakers=speakers, meta={"stratum": "sport"})


@pytest.fixture
def second(tmp_path: Path) -> Path:
    (tmp_path / "second" / "sport").mkdir(parents=True)
    (tmp_path / "second" / "sport" / "01.txt").write_text(SECOND)
    return tmp_path / "second"


def test_kappa_is_what_agreement_exceeds_chance_by() -> None:
    # Both call half of the sentences a claim: 8 of 10 the same, 5 of 10 by chance.
    pairs = [("fact", "fact")] * 4 + [("fact", "claim")] + [("claim", "fact")] + [("claim", "claim")] * 4
    assert Agreement.of(pairs) == Agreement(10, 0.8, pytest.approx(0.6))


def test_kappa_of_readers_who_never_agree_is_negative() -> None:
    assert Agreement.of([("fact", "claim"), ("claim", "fact")]) == Agreement(2, 0.0, -1.0)


def test_kappa_is_undefined_where_only_one_label_was_used() -> None:
    assert Agreement.of([("fact", "fact")] * 3) == Agreement(3, 1.0, None)
    assert Agreement.of([]) == Agreement(0, 0.0, None)


def test_labels_are_compared_overall_each_and_by_stratum(second: Path) -> None:
    result = compare([article()], second)
    # First: 3 fact, 4 claim, 2 opinion, 1 none; second: 4 fact, 4 claim, 1 opinion, 1 none; 7 of 10 the same;
    # by chance (3*4 + 4*4 + 2*1 + 1*1) / 100 = 0.31.
    expected = Agreement(10, 0.7, pytest.approx((0.7 - 0.31) / (1 - 0.31)))
    assert result.overall == expected
    assert result.strata == {"sport": expected}
    # Sentence 8 is hard for the first reader, sentence 6 for the second.
    assert (result.clear.sentences, result.clear.observed) == (8, 7 / 8)
    claim = result.labels["claim"]
    assert (claim.first, claim.second, claim.both, claim.specific) == (4, 4, 3, 0.75)
    # claim against the rest: 8 of 10 the same, by chance 0.4 * 0.4 + 0.6 * 0.6 = 0.52.
    assert claim.kappa == pytest.approx((0.8 - 0.52) / 0.48)
    assert result.labels["opinion"].specific == pytest.approx(2 / 3)
    assert result.confusion["fact"] == {"fact": 2, "claim": 1, "opinion": 0, "none": 0}
    assert result.confusion["opinion"] == {"fact": 1, "claim": 0, "opinion": 1, "none": 0}


def test_speakers_are_compared_where_both_see_a_claim(second: Path) -> None:
    speakers = compare([article()], second).speakers
    # Sentences 3, 4, 5: the same; another; one of two the same.
    assert (speakers.claims, speakers.same, speakers.any) == (3, pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_every_disagreement_is_listed(second: Path) -> None:
    lines = disagreements_tsv(compare([article()], second).disagreements).splitlines()
    assert lines == [
        "article\tsentence\ttext\tfirst\tsecond",
        "sport/01\t2\tSentence 2.\tfact\tclaim Femi Ode",
        "sport/01\t4\tSentence 4.\tclaim Femi Ode\tclaim Min-ji Pak",
        "sport/01\t5\tSentence 5.\tclaim Femi Ode; Min-ji Pak\tclaim Femi Ode; Something Else",
        "sport/01\t6\tSentence 6.\tclaim Femi Ode\tfact?",
        "sport/01\t8\tSentence 8.\topinion?\tfact",
    ]


def test_articles_without_a_second_reading_are_counted_and_left_out(second: Path) -> None:
    result = compare([article(), article("sport/02")], second)
    assert (result.articles, result.unread, result.overall.sentences) == (1, ["sport/02"], 10)


def test_no_second_reading_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no second reading"):
        compare([article()], tmp_path)


def test_sentences_changed_since_the_second_reading_are_left_out(second: Path, tmp_path: Path) -> None:
    blind = tmp_path / "blind"
    assert write_blind([article()], blind) == 1
    changed = article()
    # A new first sentence shifts all numbers, and sentence 2 has another wording.
    changed.text = "New here.\n\n" + changed.text.replace("Sentence 2.", "Sentence B.")
    for s in changed.sentences:
        s.start, s.end = s.start + 11, s.end + 11
    changed.sentences.insert(0, GoldSentence(0, 9, "fact"))
    result = compare([changed], second, blind)
    assert (result.changed, result.overall.sentences) == (2, 9)
    assert next((d.sentence, d.text) for d in result.disagreements) == (5, "Sentence 4.")


def test_a_blind_copy_has_numbers_and_paragraphs_and_nothing_else(tmp_path: Path) -> None:
    copied = article()
    copied.text = copied.text.replace("1.\n\n", "1.  ")
    write_blind([copied], tmp_path)
    assert (tmp_path / "sport" / "01.txt").read_text().startswith("1 | Sentence 1.\n2 | Sentence 2.\n\n3 | Sentence 3.")


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        ("1 fact\n2 true", "a line is 'NUMBER LABEL"),
        ("1 fact\nfact", "a line is 'NUMBER LABEL"),
        ("1 fact", "not read: sentence 2"),
        ("1 fact\n1 fact\n2 fact", "sentence 1 is read twice"),
        ("1 fact\n2 fact\n3 fact", "sentence 3 is read twice, or is none"),
        ("1 fact\n2 claim", "a claim has speakers"),
        ("1 fact\n2 opinion Femi Ode", "a claim has speakers"),
    ],
)
def test_a_malformed_second_reading_is_refused(tmp_path: Path, reading: str, message: str) -> None:
    path = tmp_path / "01.txt"
    path.write_text(reading)
    with pytest.raises(InputError, match=message):
        read_second(path, 2)


def test_a_second_reading_has_labels_doubts_and_speakers(tmp_path: Path) -> None:
    path = tmp_path / "01.txt"
    path.write_text("2 claim? Kyiv media; intelligence sources\n1 opinion\n")
    assert read_second(path, 2) == [
        Reading("opinion"),
        Reading("claim", ("Kyiv media", "intelligence sources"), hard=True),
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Femi Ode", "Femi Ode", True),
        ("Mr Ode", "Femi Ode", True),
        ("the Ode estate's trustees", "Ode estate trustees", True),
        ("Bank of Ghana", "Bank of England", False),
        ("UNKNOWN", "Femi Ode", False),
        ("The President", "President", True),
        ("Femi Ode", "", False),
    ],
)
def test_names_are_the_same_after_titles_or_if_one_has_the_others_words(first: str, second: str, same: bool) -> None:
    assert same_speaker(first, second) is same
    assert same_speaker(second, first) is same

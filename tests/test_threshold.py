"""Thresholds, confidence, and what a report says of labels that are not sure: at any value, label and claims agree."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from claimcheck import Report, load
from claimcheck.checker import Checker
from claimcheck.confidence import at_least
from claimcheck.labels import LABELS, checked, choose, is_framed, is_unsure, margin, parse, probability
from claimcheck.render import html, terminal
from claimcheck.report import Claim, Label, Model, Scores, Sentence, Span, Speaker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load()


unit = st.floats(0, 1)
rows = st.tuples(unit, unit, unit).filter(any).map(lambda p: tuple(x / sum(p) for x in p))
bars = st.dictionaries(st.sampled_from(LABELS), unit)


def said(text: str, *sentences: Sentence, claims: tuple[Claim, ...] = (), speakers: tuple[Speaker, ...] = ()) -> Report:
    return Report(
        "claimcheck-report/1", "a", None, text, [*sentences], [*claims], [*speakers], [], Model("m", "1"), "0"
    )


def assert_agrees(report: Report) -> None:
    """A sentence labelled claim has a claim with content in it, and ids lead where they should."""
    for s in report.sentences:
        if s.label == "claim":
            assert s.claims
        for i in s.claims:
            assert any(c.start < s.end and s.start < c.end for c in report.claims[i].content)
    assert [c.id for c in report.claims] == list(range(len(report.claims)))
    assert [s.id for s in report.speakers] == list(range(len(report.speakers)))
    for c in report.claims:
        assert all(i < len(report.speakers) for i in c.speakers)
    starts = [min(s for s in (c.source, c.cue, *c.content) if s).start for c in report.claims]
    assert starts == sorted(starts)


@given(rows)
def test_without_thresholds_the_most_probable_label_is_given(p: tuple[float, ...]) -> None:
    assert p[LABELS.index(choose(p))] == max(p)


@given(rows, unit)
def test_a_label_with_a_threshold_is_given_where_it_reaches_it_and_only_there(p: tuple[float, ...], bar: float) -> None:
    label = choose(p, {"opinion": bar})
    assert (label == "opinion") == (round(p[2], 4) >= bar)
    if label != "opinion":
        assert p[LABELS.index(label)] == max(p[:2])


@given(rows, unit, unit)
def test_a_higher_threshold_never_gives_more_opinions(p: tuple[float, ...], a: float, b: float) -> None:
    if choose(p, {"opinion": max(a, b)}) == "opinion":
        assert choose(p, {"opinion": min(a, b)}) == "opinion"


@given(rows, bars)
def test_with_several_thresholds_only_a_label_that_may_be_given_is(
    p: tuple[float, ...], bar: dict[Label, float]
) -> None:
    label = choose(p, bar)
    reached = [x for x in bar if round(p[LABELS.index(x)], 4) >= bar[x]]
    if reached:
        assert label in reached
    elif len(bar) < len(LABELS):
        assert label not in bar
    else:
        assert p[LABELS.index(label)] == max(p)


def test_where_two_labels_are_equally_far_over_a_claim_wins_over_an_opinion() -> None:
    assert choose((0.2, 0.4, 0.4), {"claim": 0.3, "opinion": 0.3}) == "claim"
    assert choose((0.4, 0.2, 0.4), {"fact": 0.3, "opinion": 0.3}) == "opinion"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], {}),
        (["0.6"], {"opinion": 0.6}),
        (["opinion=.25", " claim = 1 "], {"opinion": 0.25, "claim": 1.0}),
        (["fact=0.5,claim=0.4"], {"fact": 0.5, "claim": 0.4}),
    ],
)
def test_thresholds_are_read_as_people_write_them(words: list[str], found: dict[str, float]) -> None:
    assert parse(words) == found


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("opinon=0.5", "no label"),
        ("opinion=1.5", "from 0 to 1"),
        ("opinion=-0.1", "from 0 to 1"),
        ("opinion=nan", "from 0 to 1"),
        ("inf", "from 0 to 1"),
        ("opinion=", "no threshold"),
        ("many", "no threshold"),
        ("", "no threshold"),
        ("0.3,opinion=0.4", "two thresholds"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused(word: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse([word])


def test_the_library_refuses_them_too_and_at_once(checker: Checker) -> None:
    with pytest.raises(ValueError, match="no label"):
        checker.check_many([], thresholds={"none": 0.5})
    with pytest.raises(ValueError, match="from 0 to 1"):
        checker.check("It rained.", min_confidence=2)
    with pytest.raises(ValueError, match="from 0 to 1"):
        checked({"claim": float("nan")})
    with pytest.raises(ValueError, match="from 0 to 1"):
        probability("0.5")  # type: ignore[arg-type]


WORDS = st.sampled_from(
    [
        "“Taxes",
        "will",
        "fall,”",
        "said",
        "he",
        ",",
        "according to",
        "Kyiv",
        ".",
        "Shame!",
        "«",
        "”",
        "must",
        "\n\n",
        "\ud800",
    ]
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40), bar=bars, confidence=st.one_of(st.just(0.0), unit))
def test_label_and_claims_agree_at_any_threshold_for_any_text(
    checker: Checker, words: list[str], bar: dict[str, float], confidence: float
) -> None:
    report = checker.check(" ".join(words), thresholds=bar, min_confidence=confidence)
    assert_agrees(report)
    assert all(c.confidence >= confidence for c in report.claims)
    for s in report.sentences:
        p = (s.scores.fact, s.scores.claim, s.scores.opinion)
        # Labels are chosen before the scores are rounded: two that are equal then may not have been.
        if not confidence and len(set(p)) == 3:
            assert s.label == choose(p, checked(bar))


def test_no_threshold_and_no_confidence_change_nothing(checker: Checker) -> None:
    text = "Taxes will fall, the minister said. What a disgrace! It rained on Monday."
    assert checker.check(text, thresholds={}, min_confidence=0) == checker.check(text)


def test_a_low_threshold_makes_claims_with_content_and_a_high_one_leaves_attributions_listed(checker: Checker) -> None:
    text = "It rained on Monday. Taxes will fall, the minister said."
    low = checker.check(text, thresholds={"claim": 0})
    assert [s.label for s in low.sentences] == ["claim", "claim"]
    assert_agrees(low)
    high = checker.check(text, thresholds={"claim": 1})
    assert "claim" not in [s.label for s in high.sentences]
    assert high.claims, "an attribution in a sentence labelled otherwise is listed"


TEXT = "Rain fell, he said. It will snow, she said."


def two() -> Report:
    first = Claim(0, "indirect", 0.3, [Span(0, 9)], Span(14, 18), Span(11, 13), [0])
    second = Claim(1, "indirect", 0.8, [Span(20, 32)], Span(38, 42), Span(34, 37), [1])
    people = [Speaker(i, n, "named_person", None, None, [], 0.3) for i, n in enumerate(("he", "she"))]
    return said(
        TEXT,
        Sentence(0, 19, "claim", Scores(0.25, 0.6, 0.15), [0]),
        Sentence(20, 43, "claim", Scores(0.1, 0.9, 0), [1]),
        claims=(first, second),
        speakers=(people[0], people[1]),
    )


def test_a_sure_claim_without_a_sure_attribution_is_a_claim_of_nobody_known() -> None:
    left = at_least(two(), 0.5)
    assert_agrees(left)
    whole, kept = left.claims
    assert left.sentences[0].label == "claim"
    assert (whole.content, whole.cue, whole.source, whole.speakers) == ([Span(0, 19)], None, None, [])
    assert whole.confidence == 0.6
    assert [s.name for s in left.speakers] == ["she"]
    assert kept.speakers == [0]
    assert left.speakers[0].share == pytest.approx(3 / 9, abs=1e-3)


def test_a_claim_that_is_not_sure_enough_gets_the_next_best_label() -> None:
    left = at_least(two(), 0.7)
    assert [s.label for s in left.sentences] == ["fact", "claim"]
    assert [len(s.claims) for s in left.sentences] == [0, 1]
    assert at_least(two(), 0.7, {"opinion": 0.1}).sentences[0].label == "opinion"


def test_a_confidence_that_all_claims_have_leaves_the_report_alone() -> None:
    assert at_least(two(), 0.3) == two()


def sentence(label: Label, *scores: float) -> Sentence:
    return Sentence(0, 9, label, Scores(*scores), [])


def test_thin_margins_are_unsure_and_overruled_labels_too() -> None:
    assert not is_unsure(sentence("fact", 0.7, 0.1, 0.2))
    assert is_unsure(sentence("fact", 0.5, 0.1, 0.4))
    assert margin(sentence("opinion", 0.6, 0.1, 0.3)) == pytest.approx(-0.3)
    assert is_unsure(sentence("opinion", 0.6, 0.1, 0.3))


def test_only_a_claim_is_framed() -> None:
    assert is_framed(sentence("claim", 0.1, 0.6, 0.3))
    assert not is_framed(sentence("claim", 0.1, 0.8, 0.1))
    assert not is_framed(sentence("opinion", 0.1, 0.3, 0.6))


def shown(report: Report) -> str:
    stream = io.StringIO()
    terminal.show(report, Console(file=stream, width=120, highlight=False, emoji=False, markup=False))
    return stream.getvalue()


def test_brackets_in_an_article_are_no_markup_of_the_terminals() -> None:
    report = two()
    speaker = msgspec.structs.replace(report.speakers[0], name="[b]Ana[/b]", title="mayor [/b] of [red]X")
    stream = io.StringIO()
    terminal.show(msgspec.structs.replace(report, speakers=[speaker]), Console(file=stream, width=120))
    assert "[b]Ana[/b]" in stream.getvalue()
    assert "mayor [/b] of [red]X" in stream.getvalue()


def test_a_speaker_that_is_not_in_the_report_is_left_out_in_the_terminal() -> None:
    report = two()
    claims = [msgspec.structs.replace(c, speakers=[*c.speakers, 99]) for c in report.claims]
    assert shown(msgspec.structs.replace(report, claims=claims)) == shown(report)


def doubtful() -> Report:
    report = two()
    first, second = report.sentences
    first = msgspec.structs.replace(first, scores=Scores(0.03, 0.65, 0.32))
    second = msgspec.structs.replace(second, scores=Scores(0.42, 0.5, 0.08))
    return msgspec.structs.replace(report, sentences=[first, second])


def test_the_terminal_says_what_is_framed_and_what_is_unsure() -> None:
    out = shown(doubtful())
    assert "(claim, framed by opinion)" in out
    assert "(claim, unsure: claim 50%, fact 42%)" in out
    assert "1 unsure." in out
    sure = shown(msgspec.structs.replace(two(), sentences=two().sentences[1:]))
    assert "unsure" not in sure
    assert "framed" not in sure


def test_the_page_says_it_too_in_words_for_eyes_and_for_ears() -> None:
    page = html.render(doubtful())
    assert '<span class="vh">Claim, framed by opinion: </span>' in page
    assert '<span class="vh">Claim, unsure: </span>' in page
    assert page.count('<span class="mark" data-remark aria-hidden="true">') == 2


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", *arguments], capture_output=True, timeout=120, check=False
    )


def test_the_command_takes_both(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained on Monday. Taxes will fall, the minister said.", encoding="utf-8")
    done = run("check", str(path), "-f", "json", "--threshold", "opinion=0", "--min-confidence", "0.1")
    assert done.returncode == 0, done.stderr
    assert {s["label"] for s in json.loads(done.stdout)["sentences"]} == {"opinion"}


@pytest.mark.parametrize(
    "arguments",
    [("--threshold", "opinion=2"), ("--threshold", "x=0.1"), ("--min-confidence", "1.1"), ("--min-confidence", "nan")],
)
def test_the_command_says_what_is_wrong_with_them(tmp_path: Path, arguments: tuple[str, str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained.", encoding="utf-8")
    done = run("check", str(path), *arguments)
    assert done.returncode == 2
    assert arguments[0] in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout == b""

"""Explanations: the roles of a claim, the words of an opinion, and what is left without them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from claimcheck import Report, load
from claimcheck.checker import Checker
from claimcheck.explain import METHOD, ROLES, SCHEMA, Explained, Explanation, Word, lime
from claimcheck.render import terminal

TEXT = "The council meets on Monday. Taxes will fall, the minister said. The mayor's plan is a grotesque spectacle."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load()


@pytest.fixture(scope="module")
def report(checker: Checker) -> Report:
    made = checker.check(TEXT)
    assert [s.label for s in made.sentences] == ["fact", "claim", "opinion"]
    return made


@pytest.fixture(scope="module")
def explanations(checker: Checker, report: Report) -> list[Explanation]:
    return checker.explain(report)


def test_a_claim_is_explained_by_its_roles(report: Report, explanations: list[Explanation]) -> None:
    claim = explanations[0]
    assert (claim.sentence, claim.label, claim.method) == (1, "claim", ROLES)
    told = {p.role: TEXT[p.start : p.end] for p in claim.parts}
    assert told == {"source": "the minister", "cue": "said", "content": "Taxes will fall"}
    assert all(p.claim in report.sentences[1].claims for p in claim.parts)


def test_an_opinion_is_explained_by_the_words_that_judge(report: Report, explanations: list[Explanation]) -> None:
    opinion = explanations[1]
    assert (opinion.sentence, opinion.label, opinion.method) == (2, "opinion", METHOD)
    assert {TEXT[w.start : w.end] for w in opinion.words[:2]} == {"grotesque", "spectacle"}
    assert [w.weight for w in opinion.words] == sorted((w.weight for w in opinion.words), reverse=True)


def test_the_probability_explained_is_the_reports(report: Report, explanations: list[Explanation]) -> None:
    assert explanations[1].probability == pytest.approx(report.sentences[2].scores.opinion, abs=1e-3)


def test_without_the_words_named_the_article_reads_otherwise(checker: Checker) -> None:
    text = "The council met on Monday. The new library is a grotesque spectacle. Rain is expected."
    opinion = next(e for e in checker.explain(checker.check(text)) if e.sentence == 1)
    assert opinion.enough is not None
    for w in sorted(opinion.words[: opinion.enough], key=lambda w: -w.start):
        text = text[: w.start].rstrip() + text[w.end :]
    changed = checker.check(text).sentences[1]
    # Not quite the same words: marks that touch a word were left out with it.
    assert changed.label != "opinion"
    assert changed.scores.opinion == pytest.approx(opinion.words[opinion.enough - 1].left, abs=0.05)


def test_facts_are_what_is_left(explanations: list[Explanation]) -> None:
    assert [e.sentence for e in explanations] == [1, 2]


def test_it_says_the_same_each_time(checker: Checker, report: Report, explanations: list[Explanation]) -> None:
    assert checker.explain(report) == explanations


def test_the_linear_model_finds_what_adds_up() -> None:
    left_out = np.random.default_rng(1).random((200, 4)) < 0.5
    logits = 3 - left_out @ np.asarray([2.0, 0.0, -1.0, 0.5])
    assert lime._weights(left_out, logits.tolist()) == pytest.approx([2, 0, -1, 0.5], abs=0.1)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["shame", "—", "!", "“a", "”", "\ud800", "\u202e", "ill-judged", ".", "\n\n", "x" * 300]),
        max_size=20,
    )
)
def test_any_text_that_is_all_opinion_can_be_explained(checker: Checker, words: list[str]) -> None:
    made = checker.check(" ".join(words), thresholds={"opinion": 0})
    for e in checker.explain(made):
        s = made.sentences[e.sentence]
        assert all(s.start <= w.start < w.end <= s.end for w in e.words)
        assert all(0 <= w.left <= 1 for w in e.words)
        assert (e.enough is None) == (e.becomes is None)


def test_a_sentence_longer_than_a_window_is_explained(checker: Checker) -> None:
    text = "It is a shame and a disgrace and " * 60
    made = checker.check(text, thresholds={"opinion": 0})
    assert [e.sentence for e in checker.explain(made)] == list(range(len(made.sentences)))


def test_json_holds_the_report_unchanged_beside_the_explanations(
    report: Report, explanations: list[Explanation]
) -> None:
    read = json.loads(Explained(SCHEMA, report, explanations).to_json())
    assert read["schema"] == "claimcheck-explanation/1"
    assert Report.from_json(json.dumps(read["report"])) == report
    assert [e["label"] for e in read["explanations"]] == ["claim", "opinion"]


def test_json_carries_texts_that_are_no_valid_unicode(checker: Checker) -> None:
    made = checker.check("A \ud800 disgrace.")
    assert json.loads(Explained(SCHEMA, made, []).to_json())["report"]["text"] == made.text


def test_the_terminal_shows_words_weights_and_what_to_change(report: Report) -> None:
    start = TEXT.index("grotesque")
    words = [Word(start, start + 9, 2.71, 0.3), Word(start + 10, start + 19, 1.0, 0.2)]
    stream = io.StringIO()
    console = Console(file=stream, width=200, highlight=False, emoji=False, markup=False)
    given_ones = [Explanation(2, "opinion", METHOD, 0.98, words, 1, "fact"), Explanation(0, "opinion", METHOD, 0.5)]
    terminal.show(report, console, given_ones)
    out = stream.getvalue()
    assert "opinion 98%: “grotesque” +2.7, “spectacle” +1.0; without the first: fact" in out
    assert "opinion 50%: no word stands out" in out


def run(*arguments: str, stdin: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        text=True,
    )


def test_the_command_explains_in_the_terminal_and_as_json(tmp_path: Path) -> None:
    out = run("check", "--explain", stdin=TEXT)
    assert out.returncode == 0, out.stderr
    assert "source “the minister”" in out.stdout
    assert "“grotesque” +" in out.stdout
    done = run("check", "--format", "explain", stdin=TEXT)
    assert len(json.loads(done.stdout)["explanations"]) == 2


def test_a_format_without_a_place_for_it_is_refused() -> None:
    done = run("check", "--explain", "--format", "json", stdin=TEXT)
    assert done.returncode == 2
    assert "--format explain" in done.stderr
    assert done.stdout == ""


def test_a_sentence_whose_marker_is_in_another_window_is_explained(checker: Checker) -> None:
    long = "Sadly,the,mayor,is,a,disgraceful,liar," * 90
    found = checker.check("What a shameful farce. " * 4 + "\n\n" + long + "\n\nWhat a shameful farce.")
    explained = checker.explain(found)
    assert len(found.text) > 3000
    assert all(found.text[w.start : w.end].strip() for e in explained for w in e.words)

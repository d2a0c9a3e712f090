"""Reports that no model should make, texts that nobody should write, and long articles."""

from __future__ import annotations

import time
from typing import SupportsIndex

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.corpus import GoldArticle
from claimcheck.lint import lint
from claimcheck.lint.engine import Policy, diagnose
from claimcheck.lint.fixes import mend
from claimcheck.lint.gold import example, to_report
from claimcheck.lint.rules import quotation_without_speaker
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Claim, Report, Span, Speaker

TEXTS = st.text(alphabet=st.sampled_from("ab AB.,\"“”«»'’\n!?:;1allegedly said he "), max_size=120)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report whose spans are in the text and whose ids may be anything."""
    text = draw(TEXTS)

    def span() -> Span:
        a, b = sorted(draw(st.tuples(st.integers(0, len(text) + 5), st.integers(0, len(text) + 5))))
        return Span(a, b + 1)

    kinds = ["named_person", "named_organization", "document", "unnamed_person", "unnamed_group"]
    speakers = [
        Speaker(
            i,
            draw(st.sampled_from(["", "a", "AUTHOR", "B A", "a senior official", "he"])),
            draw(st.sampled_from(kinds)),
            None,
            None,
            [span()],
            0.1,
        )
        for i in range(draw(st.integers(0, 3)))
    ]
    claims = [
        Claim(
            i,
            draw(st.sampled_from(["direct", "indirect", "mixed"])),
            0.5,
            [span() for _ in range(draw(st.integers(0, 2)))],
            draw(st.none() | st.just(span())),
            draw(st.none() | st.just(span())),
            draw(st.lists(st.integers(0, 4), max_size=2)),
        )
        for i in range(draw(st.integers(0, 4)))
    ]
    base = to_report(GoldArticle("x", text))
    return msgspec.structs.replace(base, speakers=speakers, claims=claims)


@settings(max_examples=300)
@given(reports())
def test_odd_reports_never_raise_and_findings_stay_in_the_text(report: Report) -> None:
    for finding in lint(report).findings:
        assert 0 <= finding.start < finding.end <= len(report.text)
        assert finding.message
    mend(report.text, diagnose(report, Policy()), unsafe=True)


def test_findings_round_trip_with_the_report(articles: list[GoldArticle]) -> None:
    report = lint(to_report(articles[0]))
    assert Report.from_json(report.to_json()) == report


def test_findings_come_in_the_order_of_the_text(articles: list[GoldArticle]) -> None:
    for article in articles:
        places = [(f.start, f.end, f.rule) for f in lint(to_report(article)).findings]
        assert places == sorted(places)


def _long(articles: list[GoldArticle], times: int) -> Report:
    """Articles one behind the other, as one report."""
    text, sentences, claims, speakers = "", [], [], []
    for article in articles * times:
        r = to_report(article)
        shift, first_claim, first_speaker = len(text), len(claims), len(speakers)

        def moved(s: Span | None, shift: int = shift) -> Span | None:
            return Span(s.start + shift, s.end + shift) if s else None

        text += r.text + "\n\n"
        sentences += [msgspec.structs.replace(s, start=s.start + shift, end=s.end + shift) for s in r.sentences]
        claims += [
            msgspec.structs.replace(
                c,
                id=c.id + first_claim,
                content=[moved(s) for s in c.content],
                cue=moved(c.cue),
                source=moved(c.source),
                speakers=[i + first_speaker for i in c.speakers],
            )
            for c in r.claims
        ]
        speakers += [
            msgspec.structs.replace(s, id=s.id + first_speaker, mentions=[moved(m) for m in s.mentions])
            for s in r.speakers
        ]
    return msgspec.structs.replace(
        to_report(articles[0]), text=text, sentences=sentences, claims=claims, speakers=speakers
    )


def test_time_grows_gently_with_length(articles: list[GoldArticle]) -> None:
    def seconds(times: int) -> float:
        report = _long(articles, times)
        before = time.process_time()
        lint(report)
        return time.process_time() - before

    seconds(1)
    short, long = seconds(1), seconds(8)
    # Speakers are looked up in the whole text, so it is not linear; ten times the square root is far from square.
    assert long < 40 * max(short, 0.02)


def _subheadings(number: int) -> Report:
    """A report with as many quoted subheadings, whose words nobody says below."""
    lines = ["fact | Council meets on the ferry"]
    for k in range(number):
        lines += ["", f'fact | "The ferry number {k} shall remain"', "", f"fact | Berth {k} was empty all day."]
    return example("\n".join(lines))


def test_sentences_are_read_once_for_all_quoted_subheadings(monkeypatch: pytest.MonkeyPatch) -> None:
    def calls(number: int) -> int:
        read = 0
        words = Story.words

        def counted(story: Story, start: int, end: int) -> list[str]:
            nonlocal read
            read += 1
            return words(story, start, end)

        story = Story(_subheadings(number))
        with monkeypatch.context() as patch:
            patch.setattr(Story, "words", counted)
            assert len(list(quotation_without_speaker.check(story, Settings()))) == number
        return read

    assert calls(40) < 3 * calls(20)


class _Watched(str):
    """A text that knows the longest piece that was cut out of it."""

    longest = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = super().__getitem__(key)
        self.longest = max(self.longest, len(piece))
        return piece


def test_text_before_a_quotation_is_not_copied() -> None:
    filler = ["fact | The ferry lay at the quay all morning, and nobody went aboard.", ""] * 40
    claim = "claim rowe | {con1=rowe|“We shall not sail before the spring comes.”}"
    loose = "fact | “We shall not sail before the spring comes.”"
    header = ["+++", "[speakers.rowe]", 'name = "Imogen Rowe"', 'kind = "named_person"', "+++"]
    report = example("\n".join([*header, *filler, claim, "", *filler, loose]))
    text = _Watched(report.text)
    found = list(quotation_without_speaker.check(Story(msgspec.structs.replace(report, text=text)), Settings()))
    assert len(found) == 2
    assert 0 < text.longest < len(text) // 4

"""Gold annotation as reports."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from claimcheck.corpus import GoldArticle
from claimcheck.lint.gold import example, to_report
from claimcheck.report import json_schema

CHAIN = """
+++
[speakers.media]
name = "Media"
kind = "unnamed_group"
[speakers.intel]
name = "intelligence sources"
kind = "unnamed_group"
+++
claim media intel | {src1=media|Media} {cue1|report}, {cue2|citing} {src2=intel|sources}, {con1|{con2|it sank}}.
none | (agencies)
"""


def test_chain_is_outermost_first() -> None:
    report = example(CHAIN)
    assert sorted(report.speaker_names(c) for c in report.claims) == [
        ["Media"],
        ["Media", "intelligence sources"],
    ]


def test_what_is_no_prose_counts_as_the_writer_reporting() -> None:
    assert [s.label for s in example(CHAIN).sentences] == ["claim", "fact"]


def test_unknown_speaker_is_no_speaker() -> None:
    report = example('claim UNKNOWN | {con1|"We go home now."}')
    assert report.claims[0].speakers == []
    assert report.claims[0].quotation == "direct"


def test_every_demonstration_article_is_a_valid_report(articles: list[GoldArticle]) -> None:
    validator = Draft202012Validator(json_schema())
    for article in articles:
        report = to_report(article)
        validator.validate(json.loads(report.to_json()))
        assert [c.id for c in report.claims] == list(range(len(report.claims)))
        for sentence in report.sentences:
            assert all(report.claims[i] for i in sentence.claims)

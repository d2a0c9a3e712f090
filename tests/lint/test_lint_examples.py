"""Every rule against its own examples, which are also its documentation."""

from __future__ import annotations

import textwrap

import pytest

from claimcheck.lint.config import Config
from claimcheck.lint.engine import diagnose
from claimcheck.lint.fixes import mend
from claimcheck.lint.gold import example
from claimcheck.lint.registry import RULES
from claimcheck.lint.rule import Example, Rule
from claimcheck.report import Report

FAILING = [pytest.param(r, e, id=f"{r.code}-fails-{i}") for r in RULES for i, e in enumerate(r.fails, 1)]
PASSING = [pytest.param(r, e, id=f"{r.code}-passes-{i}") for r in RULES for i, e in enumerate(r.passes, 1)]


def report_of(e: Example) -> Report:
    return example(textwrap.dedent(e.text))


def found(rule: Rule, e: Example) -> list[str]:
    report = report_of(e)
    diagnoses = diagnose(report, Config().policy(e.section))
    return [report.text[d.finding.start : d.finding.end] for d in diagnoses if d.rule is rule]


@pytest.mark.parametrize(("rule", "e"), FAILING)
def test_failing_example_is_found_where_the_rule_says(rule: Rule, e: Example) -> None:
    assert e.finds, "a failing example says what is found in it"
    assert found(rule, e) == list(e.finds)


@pytest.mark.parametrize(("rule", "e"), PASSING)
def test_passing_example_is_left_alone(rule: Rule, e: Example) -> None:
    assert found(rule, e) == []


@pytest.mark.parametrize(("rule", "e"), [p for p in FAILING if p.values[1].fixed is not None])
def test_fixed_example_reads_as_documented_and_passes_then(rule: Rule, e: Example) -> None:
    report = report_of(e)
    diagnoses = [d for d in diagnose(report, Config().policy(e.section)) if d.rule is rule]
    assert mend(report.text, diagnoses, unsafe=True) == e.fixed


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_rule_is_complete(rule: Rule) -> None:
    assert rule.fails
    assert rule.passes
    assert rule.references
    for text in (rule.summary, rule.rationale, rule.limits):
        assert text.strip().endswith((".", ")")), text
    assert all(r.about for r in rule.references)


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [r.code for r in RULES]
    assert codes == sorted(set(codes))
    assert len({r.name for r in RULES}) == len(RULES) >= 12


def test_example_of_another_section_needs_that_section() -> None:
    rule = next(r for r in RULES if r.code == "CC302")
    e = next(e for e in rule.passes if e.section == "opinion")
    diagnoses = diagnose(report_of(e), Config().policy("news"))
    assert "CC302" in [d.finding.rule for d in diagnoses]

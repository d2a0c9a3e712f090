"""Report to findings: every rule that applies, minus what comments silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from claimcheck.lint.comments import Ignore
from claimcheck.lint.registry import RULES
from claimcheck.lint.rule import Fix, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Finding, Report


@dataclass(frozen=True, slots=True)
class Policy:
    """What a desk asks of an article: the rules that apply, in the order of their codes, and their settings."""

    rules: Sequence[Rule] = RULES
    settings: Settings = field(default_factory=Settings)
    section: str = "news"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A finding with the rule it comes from and, where there is one, the way to mend it."""

    finding: Finding
    rule: Rule
    fix: Fix | None = None


def diagnose(report: Report, policy: Policy, ignores: Iterable[Ignore] = ()) -> list[Diagnosis]:
    """What the rules of a policy find in a report, in the order of the text.

    Args:
        ignores: what comments in the article silence.
    """
    silenced = list(ignores)
    story = Story(report)
    found: list[Diagnosis] = []
    for rule in policy.rules:
        for problem in rule.check(story, policy.settings):
            start = max(0, problem.start)
            end = min(len(report.text), problem.end)
            if start < end and not any(i.covers(rule.code, start) for i in silenced):
                finding = Finding(rule.code, start, end, problem.message, rule.severity)
                found.append(Diagnosis(finding, rule, problem.fix))
    found.sort(key=lambda d: (d.finding.start, d.finding.end, d.finding.rule))
    return found


def lint(report: Report, policy: Policy | None = None, ignores: Iterable[Ignore] = ()) -> Report:
    """The report with what the rules find as its ``findings``; by default every rule, as for news."""
    diagnoses = diagnose(report, policy or Policy(), ignores)
    return msgspec.structs.replace(report, findings=[d.finding for d in diagnoses])

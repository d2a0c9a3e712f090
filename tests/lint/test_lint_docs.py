"""The documentation is made from the rules, and current."""

from __future__ import annotations

from pathlib import Path

from claimcheck.lint import docs
from claimcheck.lint.registry import RULES

ROOT = Path(__file__).parents[2]


def test_page_of_the_rules_is_current() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == docs.page(), "run: python -m claimcheck.lint.docs > docs/rules.md"


def test_every_rule_has_a_judged_precision() -> None:
    written = (ROOT / "docs" / "rules-precision.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.code} {rule.name} |" in written


def test_explain_tells_one_rule_or_a_family() -> None:
    assert docs.explain("CC301").startswith("## CC301 loaded-verb")
    assert docs.explain("CC4").count("\n## ") == 0
    assert docs.explain("CC3").count("## CC3") == 3


def test_examples_in_the_page_mark_what_is_found() -> None:
    assert "**admitted**" in docs.explain("CC301")

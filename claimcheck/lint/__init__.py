"""Editorial rules: what a careful editor would ask of an article, found in its report.

    >>> from claimcheck import load
    >>> from claimcheck.lint import lint
    >>> report = lint(load().check('The bridge is unsafe, a senior official admitted.'))
    >>> [finding.rule for finding in report.findings]
    ['CC201', 'CC301']

The rules and what they find are described in ``docs/rules.md``.
"""

from __future__ import annotations

from claimcheck.lint.config import Config
from claimcheck.lint.engine import Diagnosis, Policy, diagnose, lint
from claimcheck.lint.registry import BY_CODE, RULES
from claimcheck.lint.rule import Fix, Rule

__all__ = ["BY_CODE", "RULES", "Config", "Diagnosis", "Fix", "Policy", "Rule", "diagnose", "lint"]

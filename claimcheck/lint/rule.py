"""What an editorial rule is: a code, a name, a reason, examples, and a function from a story to problems.

A rule lives in a file of its own in ``claimcheck/lint/rules/`` and is listed in :mod:`claimcheck.lint.registry`.
Codes have a letter pair and three digits; the first digit says what the rule looks at, so that a prefix selects a
family: CC1 who speaks, CC2 how a story is sourced, CC3 the writer's language, CC4 punctuation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claimcheck.lint.references import Reference
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Severity

FAMILIES = {"CC1": "Who speaks", "CC2": "Sourcing", "CC3": "The writer's language", "CC4": "Quotation marks"}
"""What a prefix of three characters selects."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the code points ``start`` to ``end`` of the text, half-open, by ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a problem. ``safe`` fixes cannot change what the sentence says; the others want a person's eye."""

    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has found: code points ``start`` to ``end`` of the text, half-open, and what is wrong there."""

    start: int
    end: int
    message: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article in the corpus's inline format, its header left out where nobody has to be introduced.

    Attributes:
        text: the article, as :func:`claimcheck.lint.gold.example` reads it.
        finds: the words that the rule points at, one string a finding; empty for an example that passes.
        fixed: the article's text after all fixes, unsafe ones too, where the rule has one.
        section: the section of the paper it is written for.
    """

    text: str
    finds: tuple[str, ...] = ()
    fixed: str | None = None
    section: str = "news"


@dataclass(frozen=True, slots=True)
class Rule:
    """An editorial rule.

    Attributes:
        code: "CC" and three digits; never reused.
        name: the code in words, with hyphens.
        severity: "error" for what no desk prints, "warning" for what an editor should see, "info" for a count.
        summary: what it finds, one sentence.
        rationale: why that matters to a reader.
        limits: what it leaves alone on purpose, and where it errs.
        references: published guides and codes of ethics that ask for the same.
        fails: examples that it reports; the first one goes on top in the documentation.
        passes: examples that look alike and that it leaves alone.
        check: finds the problems of one story, in any order.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    rationale: str
    limits: str
    references: tuple[Reference, ...]
    fails: tuple[Example, ...]
    passes: tuple[Example, ...]
    check: Callable[[Story, Settings], Iterable[Problem]]

"""What a person said of findings: right or wrong, and why; and how often each rule is right by that.

A judgement is about one finding in one article. A finding counts as judged where a judgement of its rule overlaps it
and is about the same message, counts in it aside; any other has to be judged anew. So a later model's findings are
told apart from those that somebody has read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from claimcheck.errors import InputError
from claimcheck.lint.registry import RULES
from claimcheck.report import Finding

_COUNTS = re.compile(r"\s*\([^()]*\d[^()]*\)|,? \d+ times in this article")
"""Numbers in messages: they change with what else is found in the article."""
_FEW = 10
"""Judged findings below which a precision means nothing and is not given."""


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding of a rule as somebody has judged it.

    Attributes:
        article: the id.
        start: code points into the article's text, as ``end``.
        words: what stands there, so that a changed article shows.
        message: of the finding as it was judged.
        right: whether the message is true and a careful editor would want it; ``None`` until somebody has judged.
        why: in a few words; it may be empty where a finding is plainly right.
    """

    rule: str
    article: str
    start: int
    end: int
    words: str
    message: str
    right: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How one rule fared: its findings, how many of them somebody has judged, and how many are right."""

    findings: int = 0
    judged: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share of right ones among those judged, ``None`` where none is."""
        return self.right / self.judged if self.judged else None

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """Wilson's interval of the precision, at 95 %; from 0 to 1 where nothing is judged."""
        n = self.judged
        if not n:
            return 0.0, 1.0
        p = self.right / n
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass
class Judgements:
    """Judgements to look findings up in."""

    known: Sequence[Judgement] = ()
    _at: dict[tuple[str, str], list[Judgement]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for judgement in self.known:
            self._at.setdefault((judgement.article, judgement.rule), []).append(judgement)

    def of(self, article: str, finding: Finding) -> Judgement | None:
        """The judgement of a finding in an article, ``None`` where nobody has judged it."""
        message = _plain(finding.message)
        candidates = [
            j
            for j in self._at.get((article, finding.rule), ())
            if j.right is not None and j.start < finding.end and finding.start < j.end and _plain(j.message) == message
        ]
        return max(candidates, key=lambda j: min(j.end, finding.end) - max(j.start, finding.start), default=None)


def read(path: Path) -> Judgements:
    """The judgements in a file of JSON Lines, or in all ``*.jsonl`` of a folder.

    Raises:
        InputError: if there is none, or a line that is no judgement; the message names it.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: there are no judgements: expected files like {path / 'CC301.jsonl'}.")
    found: list[Judgement] = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read ({error}).") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    found.append(msgspec.json.decode(line, type=Judgement))
                except msgspec.DecodeError as error:
                    raise InputError(f"{file}:{number}: is no judgement ({error}).") from error
    return Judgements(found)


def tally(findings: Iterable[tuple[str, Finding]], judgements: Judgements) -> dict[str, Tally]:
    """How each rule fared, by its code: every rule, those without a finding too.

    Args:
        findings: with the ids of their articles.
    """
    counts = {rule.code: [0, 0, 0] for rule in RULES}
    for article, finding in findings:
        count = counts.setdefault(finding.rule, [0, 0, 0])
        judgement = judgements.of(article, finding)
        count[0] += 1
        count[1] += judgement is not None
        count[2] += judgement is not None and bool(judgement.right)
    return {code: Tally(*count) for code, count in counts.items()}


def table(tallies: dict[str, Tally]) -> list[str]:
    """The lines of a Markdown table, a rule each; a precision only where enough findings were judged to mean one."""
    names = {rule.code: rule.name for rule in RULES}
    lines = ["| rule | findings | judged | right | precision | 95 % |", "|---|---:|---:|---:|---:|---:|"]
    for code, t in tallies.items():
        low, high = t.interval()
        measured = t.precision is not None and t.judged >= _FEW
        share = f"{t.precision:.2f} | {low:.2f}–{high:.2f}" if measured else "- | -"
        lines.append(f"| {code} {names.get(code, '')} | {t.findings} | {t.judged} | {t.right} | {share} |")
    return lines


def _plain(message: str) -> str:
    return _COUNTS.sub("", message)

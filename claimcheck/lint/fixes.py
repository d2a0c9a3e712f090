"""Mending an article: which fixes go together, the text after them, and the difference to show before."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from claimcheck.lint.engine import Diagnosis
from claimcheck.lint.rule import Edit


def applicable(diagnoses: Iterable[Diagnosis], *, unsafe: bool) -> list[Diagnosis]:
    """The diagnoses whose fixes can be made together: the first of those that touch the same characters.

    Args:
        unsafe: whether fixes that may change the meaning are wanted too.
    """
    taken: list[tuple[int, int]] = []
    chosen: list[Diagnosis] = []
    for diagnosis in diagnoses:
        fix = diagnosis.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        spans = [(e.start, e.end) for e in fix.edits]
        if any((a < d and c < b) or (a, b) == (c, d) for a, b in spans for c, d in taken):
            continue
        taken += spans
        chosen.append(diagnosis)
    return chosen


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after some edits that do not overlap; offsets are those of the text before."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        pieces += [text[done : edit.start], edit.replacement]
        done = edit.end
    return "".join(pieces) + text[done:]


def mend(text: str, diagnoses: Iterable[Diagnosis], *, unsafe: bool) -> str:
    """The text after all fixes that can be made together."""
    return apply(text, [e for d in applicable(diagnoses, unsafe=unsafe) if d.fix for e in d.fix.edits])


def difference(before: str, after: str, name: str) -> str:
    """A unified diff, empty where nothing changes. ``name`` is the file's."""
    old, new = (name, name) if name.startswith("/") else (f"a/{name}", f"b/{name}")
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), old, new, n=1)
    # A last line without an end must not run into the next one.
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

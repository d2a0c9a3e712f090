#!/usr/bin/env python3
"""The error study: draw errors of attribution to be read, and count the causes that were found.

    benchmarks/errors.py draw NAME=GOLD,REPORTS... [--n N]... [--seed S]
    benchmarks/errors.py table [fixtures/error-study.jsonl]

GOLD     articles with attributions, as ../shared/data/polnear/dev.jsonl
REPORTS  what `claimcheck check GOLD --format jsonl` says of them
--n      errors to draw, once for each NAME

An error is a group of wrong spans: sources, cues and contents that only the gold (missed) or only the report (spurious) has,
matched as the scorer matches them. Spans of one attribution belong to one error, and so do two of the same role that overlap.
``draw`` prints each error in its article and, as JSON, the line to which whoever judges it adds a ``cause``; the lines hold
offsets and no text. ``table`` counts the lines.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
STUDY = ROOT / "fixtures" / "error-study.jsonl"
ROLES = ("source", "cue", "content")
CONTEXT = 200
"""Characters of the article shown on either side of an error."""

Record = dict[str, Any]


class Wrong(NamedTuple):
    """A span that only the gold (``missed``) or only the report has; code points, trimmed as the scorer trims."""

    start: int
    end: int
    role: str
    missed: bool


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without what is no letter or digit at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def events(text: str, attributions: Iterable[Record]) -> list[set[tuple[int, int, str]]]:
    """The spans of each attribution of a gold article or of a report."""
    found = []
    for a in attributions:
        spans = set()
        for role in ROLES:
            value = a.get(role) or []
            for f in [value] if isinstance(value, dict) else value:
                spans.add((*trimmed(text, *((f["start"], f["end"]) if isinstance(f, dict) else f)), role))
        found.append(spans)
    return found


def errors(gold: Record, report: Record) -> list[list[Wrong]]:
    """The errors in one article, in its order."""
    text = gold["text"]
    sides = {True: events(text, gold["attributions"]), False: events(text, report["claims"])}
    every = {missed: set().union(*found) for missed, found in sides.items()}
    groups: list[set[Wrong]] = []
    for missed, found in sides.items():
        for event in found:
            groups.append({Wrong(*s, missed) for s in event if s not in every[not missed]})
    merged: list[set[Wrong]] = []
    for group in groups:
        if group:
            touching = [m for m in merged if any(_overlap(a, b) for a in m for b in group)]
            merged = [m for m in merged if m not in touching] + [group.union(*touching)]
    return sorted(sorted(m) for m in merged)


def _overlap(a: Wrong, b: Wrong) -> bool:
    return a.role == b.role and a.start < b.end and b.start < a.end


def kind(error: list[Wrong]) -> str:
    """``missed``, ``spurious``, or ``bounds`` where a missed span overlaps a spurious one of its role."""
    missed, spurious = ([w for w in error if w.missed is m] for m in (True, False))
    if any(_overlap(a, b) for a in missed for b in spurious):
        return "bounds"
    return "missed" if not spurious else "spurious" if not missed else "both"


def read(path: Path) -> Iterator[Record]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def show(number: int, gold: Record, report: Record, error: list[Wrong]) -> None:
    """An error in its article: what the gold has of it, what the report has, and the words around."""
    text = gold["text"]
    a, b = min(w.start for w in error), max(w.end for w in error)
    print(f"#{number} {gold['id']} {kind(error)}")
    print("   ", " ".join(text[max(0, a - CONTEXT) : b + CONTEXT].split()))
    for name, attributions in (("gold", gold["attributions"]), ("ours", report["claims"])):
        wrong = {w[:3] for w in error if w.missed is (name == "gold")}
        for event in events(text, attributions):
            if any(s < b and e > a for s, e, _ in event):
                said = "; ".join(f"{r}{'*' * ((s, e, r) in wrong)} [{text[s:e]}]" for s, e, r in sorted(event))
                print(f"    {name}: {' '.join(said.split())}")


def draw(sets: dict[str, tuple[Path, Path]], numbers: list[int], seed: int) -> None:
    """Print errors drawn from each set without replacement, then their lines for the study."""
    lines: list[Record] = []
    for (name, (gold_file, reports_file)), n in zip(sets.items(), numbers, strict=True):
        reports = {r["id"]: r for r in read(reports_file)}
        # Articles without a report are left out: the corpus grows, and the reports say what was studied.
        studied = [g for g in read(gold_file) if g["id"] in reports and g.get("attributions") is not None]
        every = [(g, e) for g in studied for e in errors(g, reports[g["id"]])]
        print(f"{name}: {len(every)} errors in {len(studied)} articles, {n} drawn")
        for gold, error in random.Random(seed).sample(every, n):
            show(len(lines) + 1, gold, reports[gold["id"]], error)
            spans = {
                k: [[w.role, w.start, w.end] for w in error if w.missed is (k == "missed")]
                for k in ("missed", "spurious")
            }
            lines.append({"set": name, "article": gold["id"], "kind": kind(error), **spans, "cause": None})
    for line in lines:
        print(json.dumps(line))


def table(study: list[Record]) -> str:
    """Causes by set, and how the errors of each cause show, as a table in Markdown."""
    sets = list(dict.fromkeys(r["set"] for r in study))
    kinds = ("missed", "spurious", "bounds", "both")
    counts = Counter((r["cause"], x) for r in study for x in (r["set"], r["kind"]))
    total = Counter(r["cause"] for r in study)
    every = Counter(x for r in study for x in (r["set"], r["kind"]))
    head = ["cause", *sets, "all", *kinds]
    rows = [
        [c, *(str(counts[c, x]) for x in sets), str(n), *(str(counts[c, k]) for k in kinds)]
        for c, n in total.most_common()
    ]
    rows.append(["all", *(str(every[x]) for x in sets), str(len(study)), *(str(every[k]) for k in kinds)])
    return "\n".join("| " + " | ".join(r) + " |" for r in [head, ["---"] + ["---:"] * (len(head) - 1), *rows])


def main() -> int:
    """Draw errors, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["draw", "table"])
    parser.add_argument("files", nargs="*", metavar="NAME=GOLD,REPORTS | STUDY")
    parser.add_argument("--n", type=int, action="append", metavar="N")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    if options.step == "table":
        print(table([r for f in options.files or [STUDY] for r in read(Path(f))]))
        return 0
    sets: dict[str, tuple[Path, Path]] = {}
    for argument in options.files:
        name, _, pair = argument.partition("=")
        gold, _, reports = pair.partition(",")
        sets[name] = Path(gold), Path(reports)
    numbers = options.n or [50] * len(sets)
    if len(numbers) != len(sets):
        parser.error(f"--n: {len(numbers)} given for {len(sets)} sets. Give one for each NAME.")
    draw(sets, numbers, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

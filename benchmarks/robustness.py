#!/usr/bin/env python3
"""Does a label follow what matters, and nothing else? Minimal pairs and swapped names, with a trained model.

    benchmarks/robustness.py [--model DIR] [--json] [--errors] [--only pairs|invariance] [--sample N] [--seed N]

Minimal pairs (``fixtures/pairs``; Gardner et al., 2020): two passages that differ in a few words and in the label of one
sentence. "Both" is the part of the pairs with both labels right; a pair cannot be right by one habit. Intervals are
percentile bootstraps over pairs, seeded.

Invariance (``fixtures/invariance``; Ribeiro et al., 2020): names, genders, parties, countries, cities and outlets are
swapped one at a time. "Moved" is the part of the sentences, all of a passage counted, whose label is not that of the
original passage; "variants" the part of the passages in which any label moved. ``--sample`` draws so many variants,
seeded, instead of reading all.

Prints tables in Markdown, or all figures as one JSON object.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
from collections.abc import Iterable, Sequence
from typing import Any

from robustness_sets import LABELS, Pair, Side, Variant, fillers, pairs, templates, variants

from claimcheck import Report, load
from claimcheck.checker import Checker

RESAMPLES = 2000
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "the", "a", "an", "president", "judge", "mayor", "sheriff", "gov", "rep"])


def name_words(name: str) -> set[str]:
    """The words of a name, without case, titles and articles."""
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name.lower()))
    return {w for w in words if w not in _TITLES} or set(words)


def same_speaker(one: str, other: str) -> bool:
    """Whether one name's words are all among the other's: "Hale" and "Judith Hale"."""
    short, long = sorted((name_words(one), name_words(other)), key=len)
    return bool(short) and short <= long


def label_at(report: Report, start: int, end: int) -> str:
    """The label of the sentence that covers most of ``start`` to ``end``."""
    return max(report.sentences, key=lambda s: min(s.end, end) - max(s.start, start)).label


def speaker_right(report: Report, side: Side) -> bool:
    """Whether one of the speakers of the judged sentence's claims is the one of the gold."""
    names = {
        name
        for s in report.sentences
        if s.start < side.end and side.start < s.end
        for i in s.claims
        for name in report.speaker_names(report.claims[i])
    }
    return any(same_speaker(n, side.speaker or "") for n in names)


def part(hits: Iterable[bool]) -> float | None:
    """The part of ``hits`` that is true, to four decimals; None of nothing."""
    values = list(hits)
    return round(sum(values) / len(values), 4) if values else None


def interval(hits: Sequence[bool], seed: int) -> tuple[float, float]:
    """A 95 % interval of the part that is true: percentile bootstrap."""
    rng = random.Random(seed)
    means = sorted(sum(rng.choices(hits, k=len(hits))) / len(hits) for _ in range(RESAMPLES))
    return round(means[int(0.025 * RESAMPLES)], 4), round(means[int(0.975 * RESAMPLES) - 1], 4)


Judged = tuple[Pair, tuple[str, str], list[bool]]
"""A pair, the labels given to its sides, and for each side that is a claim whether its speaker is right."""


def judge(checker: Checker, chosen: Sequence[Pair]) -> list[Judged]:
    """What a model says of each pair."""
    reports = list(checker.check_many([s.text for p in chosen for s in p.sides]))
    judged = []
    for k, p in enumerate(chosen):
        both = list(zip(p.sides, reports[2 * k : 2 * k + 2], strict=True))
        a, b = (label_at(r, s.start, s.end) for s, r in both)
        judged.append((p, (a, b), [speaker_right(r, s) for s, r in both if s.label == "claim"]))
    return judged


def pair_figures(judged: Sequence[Judged], seed: int) -> dict[str, Any]:
    """Accuracy of a set of judged pairs: both sides, single sides by gold label, speakers."""
    sides = [(s.label, g) for p, given, _ in judged for s, g in zip(p.sides, given, strict=True)]
    both = [all(s.label == g for s, g in zip(p.sides, given, strict=True)) for p, given, _ in judged]
    return {
        "pairs": len(judged),
        "both": part(both),
        "interval": interval(both, seed),
        "sides": part(label == g for label, g in sides),
        **{name: part(label == g for label, g in sides if label == name) for name in LABELS},
        "speaker": part(hit for _, _, hits in judged for hit in hits),
    }


def grouped(judged: Sequence[Judged], by: str, seed: int) -> dict[str, dict[str, Any]]:
    """Figures by an attribute of the pair."""
    groups = collections.defaultdict(list)
    for j in judged:
        groups[getattr(j[0], by)].append(j)
    return {name: pair_figures(members, seed) for name, members in sorted(groups.items())}


Moves = tuple[Variant, list[bool]]
"""A variant, and for each of its sentences whether its label is not that of the original passage."""


def moves(checker: Checker, sample: int | None, seed: int) -> tuple[list[Moves], float | None]:
    """Which labels moved; and the part of the sentences of the original passages with the label of the gold."""
    slots = fillers()
    everything = [list(variants(t, slots)) for t in templates()]
    originals = [vs[0] for vs in everything]
    swapped = [v for vs in everything for v in vs[1:]]
    if sample is not None:
        swapped = random.Random(seed).sample(swapped, min(sample, len(swapped)))

    def labels(vs: Sequence[Variant]) -> list[list[str]]:
        reports = checker.check_many([v.text for v in vs])
        return [[label_at(r, *span) for span in v.spans] for v, r in zip(vs, reports, strict=True)]

    given = labels(originals)
    before = {v.template: ls for v, ls in zip(originals, given, strict=True)}
    after = labels(swapped)
    moved = [
        (v, [a != b for a, b in zip(before[v.template], ls, strict=True)]) for v, ls in zip(swapped, after, strict=True)
    ]
    right = part(g == x for v, ls in zip(originals, given, strict=True) for g, x in zip(v.labels, ls, strict=True))
    return moved, right


def flip_figures(moved: Sequence[Moves]) -> dict[str, Any]:
    """Flip rate of a set of variants, by sentence and by passage."""
    return {
        "variants": len(moved),
        "sentences": sum(len(m) for _, m in moved),
        "moved": part(x for _, m in moved for x in m),
        "variants_moved": part(any(m) for _, m in moved),
    }


def worst(moved: Sequence[Moves], key: str, most: int) -> list[dict[str, Any]]:
    """Groups of variants by attribute, the highest flip rate first, those that never moved left out."""
    groups = collections.defaultdict(list)
    for v, m in moved:
        groups[f"{v.template}, {v.kind}" if key == "place" else str(getattr(v, key))].append((v, m))
    figures = [{key: name, **flip_figures(members)} for name, members in groups.items()]
    ranked = sorted((f for f in figures if f["moved"]), key=lambda f: (-f["moved"], f[key]))
    return ranked[:most]


def measure(checker: Checker, *, only: str | None = None, sample: int | None = None, seed: int = 0) -> dict[str, Any]:
    """All figures of a model, as ``--json`` prints them.

    Args:
        only: "pairs" or "invariance"; both if None.
        sample: swapped variants to draw; all if None.
        seed: of the bootstrap and of the draw.
    """
    result: dict[str, Any] = {"model": checker.model.config.name, "version": checker.model.config.version, "seed": seed}
    if only != "invariance":
        judged = judge(checker, pairs())
        result["pairs"] = {
            "all": pair_figures(judged, seed),
            "phenomenon": grouped(judged, "phenomenon", seed),
            "english": grouped(judged, "english", seed),
            "errors": [
                {"id": p.id, "gold": s.label, "given": g, "sentence": s.sentence}
                for p, given, _ in judged
                for s, g in zip(p.sides, given, strict=True)
                if s.label != g
            ],
        }
    if only != "pairs":
        moved, right = moves(checker, sample, seed)
        kinds = sorted({v.kind for v, _ in moved})
        result["invariance"] = {
            "templates": len(templates()),
            "originals_right": right,
            "all": flip_figures(moved),
            "swapped": {k: flip_figures([m for m in moved if m[0].kind == k]) for k in kinds},
            "worst_places": worst(moved, "place", 8),
            "worst_fillers": worst(moved, "filler", 8),
        }
    return result


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown: parts as percentages, None as a dash."""

    def cell(value: object) -> str:
        if isinstance(value, float):
            return f"{100 * value:.1f}"
        return "–" if value is None else str(value)

    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([cell(v) for v in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _pair_row(name: str, f: dict[str, Any]) -> list[object]:
    low, high = f["interval"]
    figures = [f[k] for k in ("sides", *LABELS, "speaker")]
    return [name, f["pairs"], f["both"], f"{100 * low:.0f}–{100 * high:.0f}", *figures]


def _flip_row(name: str, f: dict[str, Any]) -> list[object]:
    return [name, f["variants"], f["sentences"], f["moved"], f["variants_moved"]]


def markdown(result: dict[str, Any], *, errors: bool = False) -> str:
    """The tables of ``docs/robustness.md``; all figures but counts in percent."""
    parts = [f"Model: {result['model']} {result['version']}. Percent."]
    if "pairs" in result:
        p = result["pairs"]
        for by in ("phenomenon", "english"):
            head = [by, "pairs", "both", "95 %", "sides", *LABELS, "speaker"]
            rows = [_pair_row(name, f) for name, f in p[by].items()]
            parts.append(table(head, [*rows, _pair_row("**all**", p["all"])]))
        if errors:
            lines = [f"- {e['id']}: {e['gold']}, given {e['given']}: {e['sentence']}" for e in p["errors"]]
            parts.append("\n".join(lines))
    if "invariance" in result:
        i = result["invariance"]
        numbers = ["variants", "sentences", "moved", "variants moved"]
        rows = [_flip_row(name, f) for name, f in i["swapped"].items()]
        parts.append(table(["swapped", *numbers], [*rows, _flip_row("**all**", i["all"])]))
        right = 100 * i["originals_right"]
        parts.append(f"{i['templates']} templates; {right:.1f} % of the sentences of the originals are labelled right.")
        for title, key in (("worst_places", "place"), ("worst_fillers", "filler")):
            if i[title]:
                parts.append(table([f"worst {key}", *numbers], [_flip_row(f[key], f) for f in i[title]]))
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a model folder, or the name of a model that ships")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", action="store_true", help="list the sides with a wrong label")
    parser.add_argument("--only", choices=("pairs", "invariance"))
    parser.add_argument("--sample", type=int, help="so many swapped variants, instead of all")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    # One thread: passages this short leave a second nothing to do but wait.
    result = measure(load(args.model, threads=1), only=args.only, sample=args.sample, seed=args.seed)
    print(json.dumps(result, indent=1, ensure_ascii=False) if args.json else markdown(result, errors=args.errors))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How often the speaker is right when the attributions are: ``claimcheck.speakers`` on gold spans.

    python benchmarks/speakers.py [--set polnear|corpus|dev] [--part develop|held-out|train|dev|test|all]
                                  [--solver learned|hand|nearest] [--errors N] [--only KIND]
                                  [--model DIR]

Names are compared by the rule of ``shared/eval/score.py``; "linked" is the part of the claim sentences with a right
speaker. ``polnear``: the articles of ``shared/gold/train.jsonl`` with attributions, a third of them held out.
``corpus``: ``fixtures/corpus`` but its test split, articles from number 12 on held out, or its ``train``, ``dev`` or
``test`` split; there the name, kind, title and justification of every speaker are compared too (title and justification without case and
leading article). Solvers: the package with its learned weights, with those set by hand, or a baseline that takes the
name in the source, else the last one.

With a model, what its antecedent pointer says is one of the clues, as in ``claimcheck check``. The networks that ship
were trained on all of ``polnear`` and on the train split of ``corpus``: with one, ``dev`` and the corpus's ``dev`` and
``test`` are what tells something. The time counts resolving, not the network.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from claimcheck import report, speakers
from claimcheck.attribution import Attribution
from claimcheck.corpus import to_record, walk
from claimcheck.speakers import Pointer, antecedents
from claimcheck.speakers.antecedents import Weights
from claimcheck.speakers.resolver import Resolver
from claimcheck.training.antecedents import attributions, held_out, split_of
from claimcheck.training.pointers import reader

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "his", "her", "who", "him", "their", "its"])

Same = Callable[[str, str], bool]
Solver = Callable[[str, list[tuple[int, int]], list[Attribution], Pointer | None], speakers.Resolved]
Tally = dict[str, list[int]]
"""Name of a figure -> how many are right, and of how many."""


def scorer() -> Same:
    """``same_speaker`` of the scorer all issues are measured with."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    same: Same = module.same_speaker
    return same


def read(which: str, part: str) -> Iterator[dict[str, Any]]:
    """The articles of one part of a set that have attributions and labelled sentences."""
    if which == "corpus":
        records: Iterator[dict[str, Any]] = (to_record(a) for a in walk(ROOT / "fixtures" / "corpus"))
    else:
        with open(SHARED / "gold" / ("dev.jsonl" if which == "dev" else "train.jsonl"), encoding="utf-8") as file:
            records = iter([json.loads(line) for line in file])
    for r in records:
        if part in ("train", "dev", "test"):
            wanted = split_of(r) == part
        else:
            seen = held_out(r["id"]) == (part == "held-out") and split_of(r) != "test"
            wanted = part == "all" or seen
        wanted = wanted or which == "dev"
        if wanted and r.get("attributions") and r.get("sentences"):
            yield r


def nearest(
    text: str, _: list[tuple[int, int]], found: list[Attribution], pointer: Pointer | None
) -> speakers.Resolved:
    """The baseline: the capitalised words of the source, else the source as it stands, else who spoke last."""
    names: dict[str, int] = {}
    of_claim: list[list[int]] = []
    last: list[int] = []
    for a in found:
        mention = text[a.source.start : a.source.end] if a.source else ""
        pronoun = mention.lower() in PRONOUNS
        if mention and not pronoun and not re.search(r"[A-Z]", mention):
            of_claim.append([names.setdefault(mention, len(names))])
            continue
        if mention and not pronoun:
            runs = re.findall(r"(?:[A-Z][\w.’'-]*\s?)+", mention)
            last = [names.setdefault(max(runs, key=len).strip(), len(names))]
        of_claim.append(last)
    people = [report.Speaker(k, n, "named_person", None, None, [], 0.0) for n, k in names.items()]
    return speakers.Resolved(people, of_claim)


SOLVERS: dict[str, Solver] = {
    "learned": lambda text, sentences, found, pointer: speakers.resolve(text, sentences, found, pointer),
    "hand": lambda text, sentences, found, _: Resolver(text, sentences, found, antecedents.HAND_SET).run(),
    "nearest": nearest,
}


def with_weights(path: str) -> Solver:
    """The package with the weights in a file."""
    weights: Weights = {**antecedents.HAND_SET, **json.loads(Path(path).read_text(encoding="utf-8"))["weights"]}
    return lambda text, sentences, found, pointer: Resolver(text, sentences, found, weights, pointer=pointer).run()


def source_type(text: str, here: list[Attribution]) -> str:
    """How the first source of a sentence is given: name, pronoun, nominal, or not at all."""
    sources = [text[a.source.start : a.source.end] for a in here if a.source]
    if not sources:
        return "empty"
    words = sources[0].lower().split()
    if len(words) < 3 and words[0] in PRONOUNS:
        return "pronoun"
    return "name" if re.search(r"[A-Z]", sources[0].removeprefix("The ").removeprefix("A ")) else "nominal"


def normal(value: str | None) -> str:
    """A name or title without case, leading determiner and punctuation around it."""
    return re.sub(r"^(?:the|a|an|his|her|its|their)\s+", "", (value or "").strip().lower()).strip(" ,.")


def compare_fields(record: dict[str, Any], found: speakers.Resolved, same: Same, tally: Tally) -> Iterator[str]:
    """Count right names, kinds, titles and justifications of an article's gold speakers; yield what is wrong.

    A gold speaker is matched to the predicted one of the same name, an equal one before a similar one.
    """
    for gold in record["speakers"]:
        equal = [s for s in found.speakers if normal(s.name) == normal(gold["name"])]
        similar = equal or [s for s in found.speakers if same(s.name, gold["name"])]
        tests = {"found": bool(similar), "exact name": bool(equal)}
        for field in ("kind", "title", "justification") if similar else ():
            tests[field] = normal(getattr(similar[0], field)) == normal(gold[field])
            if gold[field] and field != "kind":
                tests[f"{field} where gold has one"] = tests[field]
            if not tests[field]:
                yield f"{record['id']} [{field}] {gold['name']}: gold {gold[field]!r} got {getattr(similar[0], field)!r}"
        if not equal:
            yield f"{record['id']} [exact] gold {gold['name']!r} got {[s.name for s in similar]}"
        for key, right in tests.items():
            tally[key][0] += right
            tally[key][1] += 1


def compare_names(
    record: dict[str, Any],
    found: list[Attribution],
    resolved: speakers.Resolved,
    same: Same,
    count: Tally,
    types: Tally,
) -> Iterator[str]:
    """Count right speakers of an article's claim sentences as the scorer does; yield what is wrong."""
    names = [s.name for s in resolved.speakers]
    for s in record["sentences"]:
        gold = [x for x in s["speakers"] if x != "UNKNOWN"]
        if s["label"] != "claim" or not gold:
            continue
        here = [k for k, a in enumerate(found) if any(c.start < s["end"] and s["start"] < c.end for c in a.content)]
        got = list(dict.fromkeys(names[i] for k in here for i in resolved.of_claim[k]))
        hits = sum(any(same(p, g) for p in got) for g in gold)
        kind = source_type(record["text"], [found[k] for k in here])
        for tally, key, right, of in (
            (count, "linked", bool(hits), 1),
            (count, "R", hits, len(gold)),
            (count, "P", sum(any(same(p, g) for g in gold) for p in got), len(got)),
            (types, kind, bool(hits), 1),
        ):
            tally[key][0] += right
            tally[key][1] += of
        if not hits:
            words = " ".join(record["text"][s["start"] : s["end"]].split())
            yield f"{record['id']} [{kind}] gold {gold} got {got}\n  {words}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=["polnear", "corpus", "dev"], default="polnear")
    parser.add_argument("--part", choices=["develop", "held-out", "train", "dev", "test", "all"], default="develop")
    parser.add_argument("--solver", choices=sorted(SOLVERS), default="learned")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N errors")
    parser.add_argument(
        "--only", default="", metavar="KIND", help="errors of one kind: name, pronoun, title, exact, ..."
    )
    parser.add_argument("--model", metavar="DIR", help="model folder whose antecedent pointer is asked too")
    parser.add_argument("--weights", metavar="FILE", help="other weights than those that ship")
    options = parser.parse_args()
    same, asked = scorer(), reader(options.model)
    solve = SOLVERS[options.solver] if options.weights is None else with_weights(options.weights)
    tallies: list[Tally] = [collections.defaultdict(lambda: [0, 0]) for _ in range(3)]
    count, types, fields = tallies
    errors: list[str] = []
    seconds = 0.0
    for record in read(options.set, options.part):
        found = attributions(record)
        sentences = [(s["start"], s["end"]) for s in record["sentences"]]
        pointer = asked(record["text"], sentences)
        began = time.process_time()
        resolved = solve(record["text"], sentences, found, pointer)
        seconds += time.process_time() - began
        errors += compare_names(record, found, resolved, same, count, types)
        if record.get("speakers"):
            errors += compare_fields(record, resolved, same, fields)
    p, r = (count[k][0] / max(1, count[k][1]) for k in "PR")
    linked, n = count["linked"]
    print(
        f"{options.set}/{options.part}, {options.solver}: {n} claim sentences  linked {linked / max(1, n):.4f}"
        f"  P {p:.4f} R {r:.4f} F {2 * p * r / max(1e-9, p + r):.4f}  ({seconds:.1f} s)"
    )
    for tally in (types, fields):
        if tally:
            print("  " + "  ".join(f"{k} {right / of:.3f} ({of})" for k, (right, of) in sorted(tally.items())))
    for line in [e for e in errors if f"[{options.only}" in e][: options.errors]:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

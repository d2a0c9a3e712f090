"""How far the annotation of Wikinews in fixtures/standoff agrees with that of the same articles in shared/gold/train.jsonl."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from claimcheck.corpus.standoff import joined

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=ROOT / "../shared/gold/train.jsonl")
    parser.add_argument("--ours", type=Path, default=ROOT / "fixtures/standoff/wikinews.jsonl")
    options = parser.parse_args()
    gold = {r["id"]: r for r in map(json.loads, options.gold.read_text(encoding="utf-8").splitlines())}
    pairs: Counter[tuple[str, str]] = Counter()
    articles = claims = same = 0
    for record in map(json.loads, options.ours.read_text(encoding="utf-8").splitlines()):
        if record["id"] not in gold:
            continue
        articles += 1
        theirs = {(s["start"], s["end"]): s for s in gold[record["id"]]["sentences"]}
        for s in joined(record, gold[record["id"]]["text"])["sentences"]:
            if (other := theirs.get((s["start"], s["end"]))) is None:
                continue
            pairs[other["label"], s["label"]] += 1
            if s["label"] == other["label"] == "claim":
                claims += 1
                same += set(s["speakers"]) == set(other["speakers"])
    agreed = sum(n for (a, b), n in pairs.items() if a == b)
    print(f"{articles} articles, {pairs.total()} sentences, {agreed / pairs.total():.1%} the same label")
    print(f"{claims} claims of both, {same} with the same speakers")
    for (a, b), n in pairs.most_common():
        print(f"{n:5} {a} there, {b} here")


if __name__ == "__main__":
    main()

"""Learn how much each clue to an antecedent weighs: a softmax regression over candidates, in numpy.

    python -m claimcheck.training.antecedents GOLD.jsonl ... [--corpus fixtures/corpus ...] [--all]
                                              [--gap GAP.jsonl] [--gum GUM.jsonl] [--model DIR] [--out FILE]

Articles are resolved with the weights so far; whenever a reference is compared with its candidates, those whose name
is a gold speaker's are right. The likelihood of the right ones (their sum, where there are several) is maximised with a
Gaussian prior, and the articles are resolved again, so that later decisions are learned after real earlier ones.

Pronouns of the writer's own sentences ("silent") are learned from GAP and GUM, other types from GUM and our articles:
what is learned from those corpora of coreference is the centre of the prior with which the articles are learned.

What a network's antecedent pointer says (``--model``) is weighed last, with everything else as learned without it: only
on articles that the network has not seen, as it is surer of those it has. These are one in five of GAP and GUM
(``chains.held_out``) and the dev split of our corpus. Our test split is never learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimcheck.attribution import Attribution, RoleSpan
from claimcheck.corpus import to_record, walk
from claimcheck.speakers import antecedents
from claimcheck.speakers.antecedents import TYPES, Features, Weights
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.resolver import Resolver
from claimcheck.training import chains, coreference
from claimcheck.training.coreference import Compared
from claimcheck.training.pointers import Read, reader, unread

Float = npt.NDArray[np.float64]
Integer = npt.NDArray[np.int64]
ROUNDS = 2
"""Times the articles are resolved and the weights learned anew."""
PRIOR = 0.003
"""Weight of the squared length of the weights in the loss, per example."""
SEED = 7
FIRST_HELD_OUT = 12
"""Number of the first held-out article of each stratum of our corpus."""
FORGOTTEN = 0.2
"""Part of the sources that are hidden, to learn who speaks where the network has missed one."""
FROM_OUTSIDE = ("silent",)
"""Types of reference that are learned from corpora of coreference too."""
FEWEST = 20
"""References that a type's weights are learned from, at least."""
FIXED = frozenset(["sure_wrong_gender"])
"""Features whose weight stays as set by hand: rare where the annotations are right, and never to be traded away."""
POINTED = frozenset(["network", "network_best", "network_unheard"])
"""Features that a network's antecedent pointer gives."""
ASKED = ("he", "they", "it", "nominal", "silent")
"""Types of reference that it is asked about; who says what has no source, never."""
POINTED_PRIOR = 2.0
"""As :data:`PRIOR` for these, of all examples together: the fewer there are, the nearer to what all types have in common."""
_OTHERS = "others"
STEPS = 250
RATE = 0.05

_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "sir", "the", "a", "an", "president", "senator", "sen", "rep", "gov", "governor", "prof"]
)


@dataclass(slots=True)
class Example:
    """One reference: a row of features for each candidate, and which of them are right."""

    candidates: list[Features]
    right: list[int]


def same_name(predicted: str, gold: str) -> bool:
    """Whether two names mean the same by the rule of ``shared/eval/score.py``: the words of one all in the other."""

    def words(name: str) -> set[str]:
        found = re.findall(r"\w+", name.lower().replace("’s", "").replace("'s", ""))
        return {w for w in found if w not in _TITLES} or set(found)

    p, g = words(predicted), words(gold)
    return bool(p and g) and (p <= g or g <= p)


def attributions(record: dict[str, Any]) -> list[Attribution]:
    """A record's gold attributions as the network hands them over, continuations of claim sentences added."""
    result = []
    for a in record["attributions"]:
        spans = {r: [RoleSpan(0, 1, s, e, 1.0) for s, e in a[r]] for r in ("source", "cue", "content")}
        if spans["content"]:
            result.append(Attribution(_hull(spans["source"]), _hull(spans["cue"]), spans["content"], 1.0))
    for s in record["sentences"]:
        if s["label"] == "claim" and not any(_overlap(a, s) for a in result):
            result.append(Attribution(None, None, [RoleSpan(-1, -1, s["start"], s["end"], 1.0)], 1.0))
    result.sort(key=lambda a: (a.start, a.content[0].start))
    return result


def _hull(spans: list[RoleSpan]) -> RoleSpan | None:
    return RoleSpan(0, 1, spans[0].start, spans[-1].end, 1.0) if spans else None


def _overlap(a: Attribution, sentence: dict[str, Any]) -> bool:
    return any(c.start < sentence["end"] and sentence["start"] < c.end for c in a.content)


def gold_names(record: dict[str, Any], attribution: Attribution) -> list[str]:
    """Who the gold says stands behind an attribution: its own speaker, or those of the sentences it is in."""
    for a in record["attributions"]:
        if a.get("speaker") and a["content"] and a["content"][0][0] == attribution.content[0].start:
            source = a["source"][0][0] if a["source"] else None
            if source == (attribution.source.start if attribution.source else None):
                return [a["speaker"]]
    names = [
        n for s in record["sentences"] if s["label"] == "claim" and _overlap(attribution, s) for n in s["speakers"]
    ]
    return list(dict.fromkeys(n for n in names if n != "UNKNOWN"))


class Recorder(Resolver):
    """A resolver that notes what it compared; ``forget`` hides sources from it, as a network misses some."""

    def __init__(
        self,
        record: dict[str, Any],
        weights: Weights,
        examples: dict[str, list[Example]],
        forget: Callable[[], bool] = lambda: False,
        read: Read = unread,
    ) -> None:
        found = attributions(record)
        self.gold = [gold_names(record, a) for a in found]
        found = [Attribution(None, a.cue, a.content) if forget() else a for a in found]
        self.examples = examples
        sentences = [(s["start"], s["end"]) for s in record["sentences"]]
        super().__init__(record["text"], sentences, found, weights, pointer=read(record["text"], sentences))

    def _is(self, entity: Entity, gold: str) -> bool:
        if entity is self.author:
            return gold == "AUTHOR"
        return same_name(self.text[entity.name[0] : entity.name[1]], gold)

    def choose(self, kind: str, attribution: int, candidates: Sequence[tuple[list[Entity], Features]]) -> list[Entity]:
        chosen = super().choose(kind, attribution, candidates)
        gold = self.gold[attribution] if attribution >= 0 else []
        if gold and len(candidates) > 1:
            right = [k for k, (group, _) in enumerate(candidates) if any(self._is(e, g) for e in group for g in gold)]
            if not right and kind in ("nominal", "late"):
                phrases = [self.text[r.phrase[0] : r.phrase[1]] for r in self.passages.references[attribution]]
                if any(same_name(p, g) for p in phrases for g in gold):
                    right = [len(candidates) - 1]
            if right:
                self.examples[kind].append(Example([f for _, f in candidates], right))
        return chosen


def collect(records: Iterable[dict[str, Any]], weights: Weights) -> dict[str, list[Example]]:
    """All comparisons made in some articles, by type of reference; for missing sources with some more missing."""
    examples: dict[str, list[Example]] = defaultdict(list)
    missed: dict[str, list[Example]] = defaultdict(list)
    random = np.random.default_rng(SEED)
    for record in records:
        Recorder(record, weights, examples).run()
        Recorder(record, weights, missed, lambda: bool(random.random() < FORGOTTEN)).run()
    examples["empty"] += missed["empty"]
    return examples


def fit(
    examples: Sequence[Example],
    start: dict[str, float],
    prior: float = PRIOR,
    only: Collection[str] | None = None,
) -> dict[str, float]:
    """Weights that make the right candidates most likely, by gradient descent (Adam) on all examples at once.

    Args:
        start: the centre of the prior.
        only: the features whose weights may change; by default all but :data:`FIXED`.
    """
    names = sorted({name for e in examples for c in e.candidates for name in c} | set(start))
    column = {name: k for k, name in enumerate(names)}
    sizes = [len(e.candidates) for e in examples]
    starts = np.cumsum([0, *sizes[:-1]])
    x = np.zeros((sum(sizes), len(names)), dtype=np.float32)
    right = np.full(len(x), -np.inf)
    for begin, e in zip(starts, examples, strict=True):
        right[[begin + k for k in e.right]] = 0.0
        for k, candidate in enumerate(e.candidates):
            for name, value in candidate.items():
                x[begin + k, column[name]] = value
    centre = np.array([start.get(name, 0.0) for name in names])
    free = np.array([name not in FIXED and (only is None or name in only) for name in names])
    w = centre.copy()
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        scores = (x @ w.astype(np.float32)).astype(np.float64)
        error = _softmax(scores, starts, sizes) - _softmax(scores + right, starts, sizes)
        gradient = (error.astype(np.float32) @ x) / len(examples) + prior * (w - centre)
        gradient *= free
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 3) for name, value in zip(names, w, strict=True) if abs(value) >= 0.005}


def _softmax(x: Float, starts: Integer, sizes: Sequence[int]) -> Float:
    """The softmax of each run of scores: one for each example, from its start on."""
    e = np.exp(x - np.repeat(np.maximum.reduceat(x, starts), sizes))
    result: Float = e / np.repeat(np.add.reduceat(e, starts), sizes)
    return result


def accuracy(examples: Sequence[Example], weights: Mapping[str, float]) -> float:
    """How often the best candidate is right."""
    hits = sum(antecedents.best(e.candidates, weights) in e.right for e in examples)
    return hits / max(1, len(examples))


def outside(compared: Iterable[Compared]) -> dict[str, list[Example]]:
    """The comparisons of corpora of coreference that tell something, by type of reference."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for c in compared:
        if c.right and len(c.right) < len(c.candidates):
            examples[c.kind].append(Example(c.candidates, c.right))
    return examples


def learn(
    records: Sequence[dict[str, Any]],
    weights: Weights,
    priors: dict[str, float],
    say: Callable[[str], object],
    others: Mapping[str, Sequence[Example]] | None = None,
) -> Weights:
    """Resolve and learn in turns, ``others`` before the records: examples of corpora of coreference."""
    weights = dict(weights)
    for kind, more in (others or {}).items():
        if kind in FROM_OUTSIDE:
            weights[kind] = fit(more, dict(weights[kind]), priors.get(kind, PRIOR))
            say(f"outside, {kind}: {len(more)} references, right {accuracy(more, weights[kind]):.3f}")
    current: dict[str, dict[str, float]] = {kind: dict(weights[kind]) for kind in TYPES}
    for round_ in range(ROUNDS):
        examples = collect(records, current)
        for kind in TYPES:
            if len(examples[kind]) >= FEWEST:
                before = accuracy(examples[kind], current[kind])
                current[kind] = fit(examples[kind], dict(weights[kind]), priors.get(kind, PRIOR))
                after = accuracy(examples[kind], current[kind])
                say(f"round {round_ + 1}, {kind}: {len(examples[kind])} references, right {before:.3f} -> {after:.3f}")
    return current


def unseen(
    records: Iterable[dict[str, Any]], compared: Iterable[Compared], weights: Weights, read: Read
) -> dict[str, list[Example]]:
    """The comparisons made in articles that a network has not seen, with what it says of them, by type of reference.

    Args:
        records: articles of ours. compared: comparisons of corpora of coreference, with the network's word.
    """
    examples: dict[str, list[Example]] = defaultdict(list)
    for record in records:
        Recorder(record, weights, examples, read=read).run()
    for kind, more in outside(compared).items():
        examples[kind] += more
    return examples


def point(weights: Weights, examples: Mapping[str, Sequence[Example]], say: Callable[[str], object]) -> Weights:
    """Weights with those of :data:`POINTED` added, all others as they are.

    What all types of reference have in common is the centre of the prior of each: most have few references to learn
    from.
    """
    told = {
        kind: [e for e in examples.get(kind, ()) if any(POINTED & c.keys() for c in e.candidates)]
        for kind in ASKED
        if kind in weights
    }
    every = [_shortened(e, weights[kind]) for kind, found in told.items() for e in found]
    if len(every) < FEWEST:
        say(f"network: {len(every)} references are too few to weigh it")
        return weights
    common = _pointed(fit(every, {_OTHERS: 1.0}, POINTED_PRIOR / len(every), POINTED))
    result = {kind: dict(of_kind) for kind, of_kind in weights.items()}
    for kind, found in told.items():
        result[kind] |= common
        if found:
            before = accuracy(found, weights[kind])
            result[kind] |= _pointed(fit(found, result[kind], POINTED_PRIOR / len(found), POINTED))
            say(f"network, {kind}: {len(found)} references, right {before:.3f} -> {accuracy(found, result[kind]):.3f}")
    return result


def _pointed(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of a network's word alone."""
    return {name: weights.get(name, 0.0) for name in sorted(POINTED)}


def _shortened(example: Example, weights: Mapping[str, float]) -> Example:
    """The same comparison with the score of all that is no network's word as one feature."""
    rows = [
        {_OTHERS: antecedents.score({k: v for k, v in c.items() if k not in POINTED}, weights)}
        | {k: v for k, v in c.items() if k in POINTED}
        for c in example.candidates
    ]
    return Example(rows, example.right)


def split_of(record: Mapping[str, Any]) -> str | None:
    """The split that an article of our corpus is in; ``None`` for others."""
    split: str | None = record.get("meta", {}).get("split")
    return split


def held_out(record_id: str) -> bool:
    """Whether an article is set aside to measure rules and weights on: a third of all.

    Of our corpus (``STRATUM/NN-slug``) the articles from number 12 on, of others those whose id hashes so.
    """
    if found := re.fullmatch(r"[\w-]+/(\d+)-[\w-]+", record_id):
        return int(found.group(1)) >= FIRST_HELD_OUT
    return int(hashlib.sha256(record_id.encode()).hexdigest(), 16) % 3 == 0


def _lines(paths: Iterable[str]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with open(path, encoding="utf-8") as file:
            yield from map(json.loads, file)


def read(paths: Iterable[str], corpora: Iterable[str]) -> list[dict[str, Any]]:
    """Articles with attributions and labelled sentences, from JSONL files and our corpora but for their test split."""
    records = list(_lines(paths))
    for corpus in corpora:
        records += [r for a in walk(Path(corpus)) if split_of(r := to_record(a)) != "test"]
    return [r for r in records if r.get("attributions") and r.get("sentences")]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", help="JSONL files of annotated articles")
    parser.add_argument("--corpus", nargs="*", default=[], help="folders of our own articles")
    parser.add_argument("--gap", nargs="*", default=[], help="JSONL files of GAP, for the writer's own pronouns")
    parser.add_argument("--gum", nargs="*", default=[], help="JSONL files of GUM's coreference")
    parser.add_argument("--all", action="store_true", help="learn from the held-out articles too")
    parser.add_argument("--out", default=str(Path(antecedents.__file__).with_name("antecedents.json")))
    parser.add_argument("--prior", type=float, default=PRIOR)
    parser.add_argument("--model", metavar="DIR", help="model folder whose antecedent pointer is weighed too")
    parser.add_argument("--exclude", nargs="*", default=[], help="JSONL files of articles that are never learned from")
    options = parser.parse_args(arguments)
    excluded = {r["id"] for r in _lines(options.exclude)}
    annotated, gap, gum = (
        [r for r in corpus if r["id"] not in excluded]
        for corpus in (read(options.gold, options.corpus), _lines(options.gap), _lines(options.gum))
    )
    records = [r for r in annotated if split_of(r) != "dev" and (options.all or not held_out(r["id"]))]
    priors = dict.fromkeys(TYPES, options.prior)
    compared = [*coreference.gap(gap, antecedents.HAND_SET), *coreference.gum(gum, antecedents.HAND_SET)]
    weights = learn(records, antecedents.HAND_SET, priors, _say, outside(compared))
    if options.model:
        asked = reader(options.model)
        kept = [[r for r in corpus if chains.held_out(r["id"])] for corpus in (gap, gum)]
        told = [*coreference.gap(kept[0], weights, asked), *coreference.gum(kept[1], weights, asked)]
        ours = [r for r in annotated if split_of(r) == "dev"]
        weights = point(weights, unseen(ours, told, weights, asked), _say)
    Path(options.out).write_text(json.dumps({"weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Comparisons to learn antecedents from in corpora of coreference: GAP and GUM, which stay outside the repository.

Both are read with the resolver itself, so that what is learned is weighed as it will be: in GAP one ambiguous pronoun a
text with two names it may mean (Webster et al. 2018), in GUM every pronoun and definite nominal of a chain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claimcheck.paragraphs import Span
from claimcheck.sentences import split
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import mentions
from claimcheck.speakers.antecedents import Features, Weights
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.references import Reference
from claimcheck.speakers.resolver import Resolver
from claimcheck.training.pointers import Read, unread

_PERSONAL = frozenset(["he", "she", "they", "it"])
_LONGEST_NOMINAL = 4
"""Words of a definite nominal, at most."""


@dataclass(slots=True)
class Compared:
    """A pronoun or nominal with everybody it may mean: a row of features each, "nobody" last.

    Attributes:
        kind: whose weights it needs, one of ``antecedents.TYPES``.
        right: indices of the candidates it means.
        named: of a GAP pronoun, the indices of its two names, -1 where the article's names do not have it.
        feminine: whether the pronoun is.
    """

    kind: str
    candidates: list[Features]
    right: list[int]
    named: tuple[int, int] = (-1, -1)
    feminine: bool = False


def gap(records: Iterable[dict[str, Any]], weights: Weights, read: Read = unread) -> Iterator[Compared]:
    """One comparison for each text of GAP; where neither name is right, everybody else and nobody are."""
    for r in records:
        spans: list[Span] = [(c["start"], c["end"]) for c in r["candidates"]]
        sentences = split(r["text"])
        resolver = Resolver(r["text"], sentences, [], weights, spans, read(r["text"], sentences))
        start, end = r["pronoun"]
        paradigm = lex.PRONOUNS.get(r["text"][start:end].lower(), "he")
        named = _named(resolver, spans)
        ref = Reference("pronoun", start, end, paradigm=paradigm)
        compared = resolver.compare(ref, [e for e in named if e is not None])
        places = [next((k for k, (group, _) in enumerate(compared) if e in group), -1) for e in named]
        truth = [bool(c["antecedent"]) for c in r["candidates"]]
        right = [k for k, is_it in zip(places, truth, strict=True) if is_it and k >= 0]
        if not any(truth):
            right = [k for k in range(len(compared)) if k not in places]
        yield Compared("silent", [f for _, f in compared], right, (places[0], places[1]), paradigm == "she")


def _named(resolver: Resolver, spans: list[Span]) -> list[Entity | None]:
    """The entities of the names in some spans; ``None`` for one that is no name or another one's."""
    found: list[Entity | None] = []
    for a, b in spans:
        here = [m for m in resolver.cast.within(a, b) if m.start >= a or m.end <= b]
        here.sort(key=lambda m: (m.entity is None, -(min(b, m.end) - max(a, m.start))))
        entity = (here[0].entity or resolver.cast.adopt(here[0])) if here else None
        found.append(entity if entity not in found else None)
    return found


def gum(records: Iterable[dict[str, Any]], weights: Weights, read: Read = unread) -> Iterator[Compared]:
    """A comparison for each personal pronoun and short definite nominal of a chain with a name, or that begins one."""
    for r in records:
        text = r["text"]
        sentences = [(s["start"], s["end"]) for s in r["sentences"]]
        resolver = Resolver(text, sentences, [], weights, pointer=read(text, sentences))
        cluster_of = _clusters(resolver, r["mentions"])
        chains: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for m in sorted(r["mentions"], key=lambda m: (m["start"], -m["end"])):
            chains[m["cluster"]].append(m)
        named = set(cluster_of.values())
        for m in sorted(r["mentions"], key=lambda m: (m["start"], -m["end"])):
            first = chains[m["cluster"]][0]["start"] == m["start"]
            if resolver.doc.quotation_at(m["start"]) >= 0 or not (m["cluster"] in named or first):
                continue
            ref = _reference(resolver, m, first)
            if ref is None:
                continue
            compared = resolver.compare(ref)
            right = [
                k for k, (group, _) in enumerate(compared) if any(cluster_of.get(id(e)) == m["cluster"] for e in group)
            ]
            if not right and first:
                right = [len(compared) - 1]
            if right and len(compared) > 1:
                kind = "silent" if ref.paradigm in ("he", "she") else ref.paradigm or "nominal"
                yield Compared(kind, [f for _, f in compared], right)


def _reference(resolver: Resolver, m: dict[str, Any], first: bool) -> Reference | None:
    """A gold mention as a reference, if it is a personal pronoun or a short definite nominal of people or bodies."""
    words = resolver.text[m["start"] : m["end"]].lower().split()
    if len(words) == 1 and lex.PRONOUNS.get(words[0]) in _PERSONAL:
        return None if first else Reference("pronoun", m["start"], m["end"], paradigm=lex.PRONOUNS[words[0]])
    if m["type"] not in ("person", "organization") or len(words) > _LONGEST_NOMINAL or words[0] not in ("the", "this"):
        return None
    found = mentions.parse(resolver.doc, resolver.cast, (m["start"], m["end"]))
    nominal = len(found) == 1 and found[0].type == "nominal" and found[0].determiner == "definite"
    return found[0] if nominal else None


def _clusters(resolver: Resolver, gold: list[dict[str, Any]]) -> dict[int, int]:
    """The chain of each named entity, by ``id``: that of most of its mentions, each the smallest gold one around it."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    ends = defaultdict(list)
    for m in gold:
        ends[m["end"]].append(m)
    for name in resolver.cast.mentions:
        around = [m for end in (name.end, name.end + 2) for m in ends[end] if m["start"] <= name.start]
        if name.entity is not None and around:
            votes[id(name.entity)][max(around, key=lambda m: m["start"])["cluster"]] += 1
    return {entity: count.most_common(1)[0][0] for entity, count in votes.items()}

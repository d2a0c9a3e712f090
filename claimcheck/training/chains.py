"""Which earlier or later mention a pronoun or nominal goes back to: links to learn the antecedent pointer from.

GUM and GAP mark chains of mentions, our corpus and ``gold/train.jsonl`` the speakers of sources; each becomes a list of
``(start, end, antecedent start, antecedent end)`` in code points, of GUM and GAP under ``"antecedents"`` in the record
of the article. A query with several mentions to go back to stands once for each; the antecedent of one that goes back to
nothing is -1, -1.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.pointing import PARADIGMS, head_end

Link = tuple[int, int, int, int]

NEAREST = 3
"""Mentions of a chain a query is tied to, the nearest first."""

HELD_OUT = 5
"""One in so many articles of GAP and GUM is kept from the network, so that the ranking can learn what its word is worth."""

_NOTHING = (-1, -1)


def held_out(id: str) -> bool:
    """Whether an article of GAP or GUM is kept from the network."""
    return int(hashlib.sha256(id.encode()).hexdigest(), 16) % HELD_OUT == 0


def _head(text: str, start: int, end: int) -> tuple[int, int]:
    """A mention up to its head, a genitive's ending left out: names end before it where the resolver finds them."""
    end = head_end(text, start, end)
    return start, end - len("'s") if text[start:end].endswith(("'s", "’s")) else end


def gap(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """GAP's texts, each with a link from its pronoun to the name it means; where it means neither name, none."""
    for r in records:
        if held_out(r["id"]):
            continue
        start, end = r["pronoun"]
        links = [(start, end, c["start"], c["end"]) for c in r["candidates"] if c["antecedent"]]
        yield {"id": r["id"], "text": r["text"], "antecedents": links}


def gum(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """GUM's articles, with links from personal pronouns and from definite nominals of people and bodies."""
    for r in records:
        if held_out(r["id"]):
            continue
        text = r["text"]
        chains: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for m in sorted(r["mentions"], key=lambda m: (m["start"], -m["end"])):
            chains[m["cluster"]].append(_head(text, m["start"], m["end"]))
        links: list[Link] = []
        for m in r["mentions"]:
            start, end = _head(text, m["start"], m["end"])
            words = text[start:end].lower().split()
            pronoun = len(words) == 1 and lex.PRONOUNS.get(words[0]) in PARADIGMS
            nominal = m["type"] in ("person", "organization") and words[:1] in (["the"], ["this"])
            if not (pronoun or nominal):
                continue
            others = [o for o in chains[m["cluster"]] if o[0] != start and not _is_pronoun(text, *o)]
            before = [o for o in others if o[0] < start]
            chosen = before[::-1][:NEAREST] or others[:1]
            if chosen:
                links += [(start, end, *o) for o in chosen]
            elif nominal:
                links.append((start, end, *_NOTHING))
        yield {
            "id": r["id"],
            "text": text,
            "antecedents": links,
            "bounds": [(s["start"], s["end"]) for s in r["sentences"]],
        }


def _is_pronoun(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() in lex.PRONOUNS


def of_speakers(record: dict[str, Any]) -> list[Link]:
    """Links from the pronouns and definite nominals that are sources in an annotated article to their speaker's name."""
    text = record["text"]
    links: list[Link] = []
    for a in record.get("attributions") or []:
        if not a["source"] or not a["content"]:
            continue
        start, end = _head(text, *a["source"][0])
        words = text[start:end].lower().split()
        if not words or not (lex.PRONOUNS.get(words[0]) in PARADIGMS if len(words) == 1 else words[0] == "the"):
            continue
        if name := _speaker(record, a):
            links += [(start, end, *o) for o in _occurrences(text, name, start, end)]
    return links


def _speaker(record: dict[str, Any], attribution: dict[str, Any]) -> str | None:
    """The one speaker of an attribution, its own or that of the sentences it is in; ``None`` where there are others."""
    if attribution.get("speaker"):
        return str(attribution["speaker"])
    first, last = attribution["content"][0]
    names = {
        n
        for s in record.get("sentences") or []
        if s["label"] == "claim" and first < s["end"] and s["start"] < last
        for n in s.get("speakers", ())
    }
    return next(iter(names)) if len(names) == 1 else None


def _occurrences(text: str, name: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a name or its last word stands before the query, nearest first; after it where it never does before."""
    if name in ("AUTHOR", "UNKNOWN"):
        return []
    last = name.split()[-1]
    pattern = re.compile(rf"\b(?:{re.escape(name)}|{re.escape(last)})\b")
    found = [(m.start(), m.end()) for m in pattern.finditer(text) if m.end() <= start or m.start() >= end]
    before = [f for f in found if f[1] <= start]
    return before[::-1][:NEAREST] or found[:1]

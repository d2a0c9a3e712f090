"""Entities to the report's speakers: name, kind, title, justification, mentions, share."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck import report
from claimcheck.paragraphs import Span
from claimcheck.speakers import kinds
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.roles import Roles


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who speaks in an article.

    Attributes:
        speakers: everybody who is a source, ids 0 to n - 1 in the order of first appearance.
        of_claim: for each attribution the ids of its speakers, outermost first; empty where nothing tells.
    """

    speakers: list[report.Speaker]
    of_claim: list[list[int]]


def describe(
    doc: Document,
    chains: Sequence[list[Entity]],
    own: Sequence[list[Entity]],
    sources: Sequence[Span | None],
    contents: Sequence[Sequence[Span]],
    order: Sequence[int],
    roles: Roles,
    author: Entity,
) -> Resolved:
    """Number the entities that speak and put down what is known of them.

    Args:
        chains: for each attribution its speakers, outermost first. own: without the chain it lies in.
        order: the attributions in the order of the text.
    """
    ids: dict[int, int] = {}
    entities: list[Entity] = []
    said: list[list[Span]] = []
    mentions: list[list[Span]] = []
    for i in order:
        for e in chains[i]:
            if id(e) not in ids:
                ids[id(e)] = len(entities)
                entities.append(e)
                said.append([])
                mentions.append([])
            said[ids[id(e)]].extend(contents[i])
        if (source := sources[i]) is not None:
            for e in (e for e in own[i] if id(e) in ids):
                mentions[ids[id(e)]].append(source)
    words = [m.start() for m in re.finditer(r"\S+", doc.text)]
    speakers = []
    for k, e in enumerate(entities):
        # A body or a document has no title, and what somebody is called by is none either.
        title = roles.title(e) if e.is_person and e.named else None
        ground = roles.ground(e)
        if ground is not None and title is not None and ground[0] < title[1] and title[0] < ground[1]:
            ground = None
        in_name = ground is not None and not e.named and e.name[0] < ground[0] < e.name[1]
        if in_name and ground and doc.text.startswith(("who", "close", "familiar", "with"), ground[0]):
            ground = None  # the name says it already
        speakers.append(
            report.Speaker(
                id=k,
                name=report.AUTHOR if e is author else doc.text[e.name[0] : e.name[1]],
                kind=kinds.kind(doc, e),
                title=doc.text[title[0] : title[1]] if title else None,
                justification=doc.text[ground[0] : ground[1]] if ground else None,
                mentions=[report.Span(a, b) for a, b in dict.fromkeys(sorted(mentions[k]))],
                share=share(said[k], words),
            )
        )
    return Resolved(speakers, [[ids[id(e)] for e in chain] for chain in chains])


def share(contents: Sequence[Span], words: Sequence[int]) -> float:
    """Part of the words (given where they begin) that stand in some contents, 0 to 1, four decimals."""
    total, end = 0, 0
    for a, b in sorted(contents):
        a = max(a, end)
        if b > a:
            total += bisect.bisect_left(words, b) - bisect.bisect_left(words, a)
            end = b
    return round(min(1.0, total / len(words)), 4) if words else 0.0

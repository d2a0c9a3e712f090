"""Pronouns made from names: passages of plain news in which a name that comes again stands as "he" or "her".

    python -m claimcheck.training.masked_names FILE.jsonl|FOLDER... > pronouns.jsonl

Nobody has to say what such a pronoun means: it stood there. The record is one of GAP's: a pronoun, the name it stands for
where that was last mentioned, and somebody else whom it could mean, so that recipes list the file under ``data.gap``
(WikiCREM: Kocijan et al., EMNLP 2019). A writer repeats a name where a pronoun might be misread, more often after somebody
else was spoken of; so from each article as many pronouns are taken whose name was mentioned last of all as others.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.corpus import to_record, walk
from claimcheck.paragraphs import Span
from claimcheck.sentences import split
from claimcheck.speakers import clues
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import INLINE_SPACES, Document
from claimcheck.speakers.entities import Entity, NameMention

BEFORE, AFTER = 2, 1
"""Sentences before and after the one of the pronoun that its passage has."""
AN_ARTICLE = 8
"""Pronouns that are made of an article, at most; half of them of names that were mentioned last of all."""
KNOWN = 1.0
"""Evidence for a man or a woman from which a pronoun is chosen, see ``entities.Entity.gender``."""
SEED = 7

_SUBJECT_AFTER = frozenset(
    ["", ",", ";", "that", "and", "but", "when", "while", "as", "if", "because", "after", "before"]
)
"""What a subject may come after; "" is the beginning of a sentence."""
_OBJECT_BEFORE = lex.PREPOSITIONS | {"that", "when", "while", "because", "if", "but", "is", "was", "has", "had", "will"}
"""What may come after an object: "Bell supporters" are not "him supporters"."""
_VERB = re.compile(r"(?:is|was|has|had|will|would|could|should|may|might|must|does|did|also|never|\w{2,}ed|said|told|went|came|made|took|began|says|wrote|\w{3,}[^s\W]s)$")  # fmt: skip
_PRONOUNS = {"subject": ("he", "she"), "object": ("him", "her"), "possessive": ("his", "her")}


@dataclass(frozen=True, slots=True)
class Masked:
    """What is cut out, and the pronoun that is put there."""

    span: Span
    pronoun: str


def passages(text: str, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """The records made from one article, without an id, ``AN_ARTICLE`` at most and in the order of the text.

    Args:
        text: the article. Its offsets and those of the records count code points.
        seed: which of the pronouns are taken where there are more.
    """
    doc = Document(text, split(text))
    people = [m for m in Cast(doc, ()).mentions if m.entity is not None and m.entity.is_person]
    again: list[tuple[int, dict[str, Any]]] = []
    changed: list[tuple[int, dict[str, Any]]] = []
    for k, mention in enumerate(people):
        if (masked := _masked(doc, people, k)) is None:
            continue
        start, end = _around(doc, mention.start)
        here = [m for m in people[:k] if m.whole >= start and m.end < masked.span[0]]
        same = [m for m in here if m.entity is mention.entity]
        others = [m for m in here if m.entity is not mention.entity and _agrees(m.entity, mention.entity)]
        if same and others:
            record = _record(text, (start, end), masked, same[-1], others[-1])
            (again if here[-1].entity is mention.entity else changed).append((k, record))
    draw = random.Random(f"{seed} {text[:200]}")
    chosen = [r for some in (again, changed) for r in draw.sample(some, min(len(some), AN_ARTICLE // 2))]
    yield from (record for _, record in sorted(chosen, key=lambda c: c[0]))


def _agrees(other: Entity | None, entity: Entity | None) -> bool:
    """Whether a pronoun for one could mean the other as well."""
    return other is not None and entity is not None and _gender(other) * _gender(entity) >= 0


def _gender(entity: Entity) -> float:
    """Evidence for a man (positive) against a woman, from titles and given names."""
    return entity.gender or clues.told_by_name(entity)


def _around(doc: Document, position: int) -> Span:
    """The passage around a character."""
    k = doc.sentence_of(position)
    return doc.sentences[max(0, k - BEFORE)][0], doc.sentences[min(len(doc.sentences) - 1, k + AFTER)][1]


def _masked(doc: Document, people: Sequence[NameMention], k: int) -> Masked | None:
    """The pronoun that can stand for a mention; ``None`` where no gender is known or the place is no subject, object or owner's."""
    m = people[k]
    assert m.entity is not None
    if m.weak or abs(_gender(m.entity)) < KNOWN or m.whole == m.entity.positions[0]:
        return None
    first = doc.token_at(m.whole)
    opens = doc.sentence_span(m.whole)[0] == m.whole
    if not opens and (
        first == 0 or not (doc.gap(first - 1, first) in INLINE_SPACES or doc.before(first) in {",", ";"})
    ):
        return None
    before = "" if opens else doc.before(first) if doc.before(first) in {",", ";"} else doc.words[first - 1]
    last = m.last
    after = doc.words[last + 1] if last + 1 < len(doc.words) else ""
    spaced = doc.gap(last, last + 1) in INLINE_SPACES if after else False
    end = m.end
    if doc.possessive[last]:
        place, end = "possessive", m.end + 2
        if doc.text[m.end : end] not in ("'s", "’s") or before[:1].isupper():
            return None
    elif before in _SUBJECT_AFTER and spaced and _VERB.match(after):
        place = "subject"
    elif before in lex.PREPOSITIONS and (after in _OBJECT_BEFORE if spaced else doc.text[m.end : m.end + 1] in ".,;"):
        place = "object"
    else:
        return None
    pronoun = _PRONOUNS[place][_gender(m.entity) < 0]
    return Masked((m.whole, end), pronoun.capitalize() if opens else pronoun)


def _record(text: str, around: Span, masked: Masked, same: NameMention, other: NameMention) -> dict[str, Any]:
    """A record in GAP's format, offsets into its own text."""
    start, end = around
    a, b = masked.span
    shown = text[start:a] + masked.pronoun + text[b:end]
    candidates = [(m.start - start, m.end - start, m is same) for m in (same, other)]
    return {
        "text": shown,
        "pronoun": [a - start, a - start + len(masked.pronoun)],
        "candidates": [{"start": s, "end": e, "antecedent": right} for s, e, right in sorted(candidates)],
    }


def _articles(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Id and text of each article of some JSONL files and of the train split of corpora in the inline format."""
    for path in paths:
        if path.is_dir():
            yield from ((a.id, to_record(a)["text"]) for a in walk(path) if a.meta.get("split") == "train")
            continue
        with path.open(encoding="utf-8") as file:
            yield from ((r["id"], r["text"]) for r in map(json.loads, file))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path, help="JSONL files, or folders of our own articles")
    options = parser.parse_args(arguments)
    for id, text in _articles(options.articles):
        for k, record in enumerate(passages(text)):
            sys.stdout.write(json.dumps({"id": f"masked/{id}/{k}", **record}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

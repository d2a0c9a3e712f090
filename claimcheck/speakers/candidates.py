"""Whom a reference may mean: everybody mentioned so far whom its words do not rule out, with features of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from claimcheck.speakers import antecedents, nearby, nouns, writings
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.antecedents import Features
from claimcheck.speakers.continuations import Line
from claimcheck.speakers.discourse import Discourse
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.passages import Passages
from claimcheck.speakers.pointing import Pointing
from claimcheck.speakers.references import Reference
from claimcheck.speakers.roles import Roles
from claimcheck.speakers.unnamed import Unnamed
from claimcheck.speakers.writings import Writings

Voice = Callable[[Line], list[Entity]]
"""Who says a line of a transcript."""

BUSINESSES = lex.words(
    """company firm group bank lender airline carmaker automaker drugmaker chipmaker planemaker retailer insurer startup
    start-up agency organization organisation charity nonprofit brewer carrier publisher broadcaster regulator watchdog"""
)
"""Nouns of bodies that no person is called by."""
_BYLINE = re.compile(r"(?:By|BY)\s+[A-Z][^.!?]*(?:\.[^.!?]*)?$", re.MULTILINE)
_LONGEST_BYLINE = 100
_LONGEST_NOUN = 24
_PUBLIC = frozenset(["government", "police", "opposition", "military"])


class Candidates:
    """Everybody whom references of an article may mean.

    Attributes:
        own: for each attribution who speaks, as far as it is resolved.
        author: the writer. unnamed: who has no name. writings: who wrote what is spoken of.
        by_head: the entities of the cast by the nouns that call them.
        group: who spoke together last, and where.
    """

    def __init__(self, passages: Passages, discourse: Discourse, pointing: Pointing, roles: Roles) -> None:
        self.passages = passages
        self.doc, self.cast, self.text = passages.doc, passages.cast, passages.text
        self.discourse = discourse
        self.pointing = pointing
        self.own: list[list[Entity]] = [[] for _ in passages.attributions]
        self.author = Entity((0, 0), ("author",), person=1.0)
        self.unnamed = Unnamed(self.doc, roles)
        self.writings = Writings()
        self.group: tuple[list[Entity], int] | None = None
        self.by_head: dict[str, list[Entity]] = defaultdict(list)
        for e in self.cast.entities:
            for head in e.heads:
                self.by_head[head].append(e)
        self._byline = {id(e) for e in self.cast.entities if e.positions and self._is_byline(e.positions[0])}
        """Who wrote the article: "he" is somebody else."""
        self._first_use: dict[str, int] = {}
        words, starts = self.doc.words, self.doc.starts
        first = dict(zip(reversed(words), reversed(starts), strict=True))  # of equal words the first wins
        for word in dict.fromkeys(words):
            if len(word) < _LONGEST_NOUN:
                self._first_use.setdefault(nouns.canonical(word), first[word])

    def compared(
        self, i: int, ref: Reference, gender: float, others: Sequence[Entity], voice_of: Voice
    ) -> list[tuple[list[Entity], Features]]:
        """Everybody mentioned so far, with features; "nobody mentioned yet" last.

        Args:
            i: the attribution that a reference is the source of, or -1.
            others: who may be meant although they are named later.
            voice_of: who says a line of a transcript.
        """
        outer = self.own[self.passages.outer[i]] if i >= 0 and self.passages.outer[i] >= 0 else []
        inside = []
        leads = False
        if i >= 0:
            leads = bool(self.passages.contents[i]) and self.passages.contents[i][0][0] < ref.start
            leads = leads and self.doc.quotation_at(self.passages.contents[i][0][0]) >= 0
            inside = [
                m.entity for s in self.passages.contents[i] for m in self.cast.within(*s)[:20] if m.entity is not None
            ]
        result: list[tuple[list[Entity], Features]] = []
        voice: list[Entity] = []
        he = ref.type == "pronoun" and ref.paradigm in ("he", "she")
        if he and (line := self.passages.line(ref.start)) is not None:
            voice = voice_of(line)  # who speaks of "him" in a transcript is another
        known = set()
        recent = self.discourse.candidates()
        top = self.discourse.most_mentioned(recent)
        place = antecedents.place_of(self.discourse, ref)
        rank = 0
        same = self.unnamed.known(ref) if ref.type == "nominal" else None
        for entity, seen in recent:
            if (
                entity is self.author
                or (self._is_another(ref, entity) if ref.type == "nominal" else antecedents.of_other_kind(ref, entity))
                or entity in voice
                or id(entity) in self._byline
            ):
                continue
            known.add(id(entity))
            f = antecedents.features(
                self.discourse,
                ref,
                entity,
                seen,
                gender=gender,
                outer=outer,
                inside=inside,
                top=top,
                leads=leads,
                place=place,
                rank=rank,
                known=same,
            )
            result.append(([entity], f))
            if ref.type == "nominal":
                rank += entity.plural == ref.plural and entity.is_person == (ref.kind == "person")
            else:
                rank += entity.is_person and not entity.plural and entity.gender * gender >= 0
        for entity in others:
            if id(entity) not in known:
                f = antecedents.features(self.discourse, ref, entity, None, gender=gender, place=place, rank=rank)
                result.append(([entity], f))
        if ref.type == "nominal":
            for entity in self.by_head.get(ref.head, [])[:10]:
                if id(entity) not in known and not self._is_another(ref, entity):
                    _, seen_before = self.discourse.recent.get(id(entity), (entity, None))
                    f = antecedents.features(self.discourse, ref, entity, seen_before, gender=gender, outer=outer)
                    result.append(([entity], f))
            if same is not None and id(same) not in known and same not in self.by_head.get(ref.head, [])[:10]:
                _, seen_before = self.discourse.recent.get(id(same), (same, None))
                f = antecedents.features(
                    self.discourse, ref, same, seen_before, gender=gender, outer=outer, rank=rank, known=same
                )
                result.append(([same], f))
            if ref.kind == "document" and (wrote := self.writings.of(ref.head)) is not None:
                authors, relation = wrote
                plain = next((f for group, f in result if group == authors), {})
                result = [r for r in result if r[0] != authors]
                result.append((authors, antecedents.author_of(plain, relation, writings.sort(ref.head))))
            if i >= 0 and ref.plural and ref.determiner == "definite" and self.group is not None:
                group, position = self.group
                result.append((group, antecedents.together(self.discourse, ref, group, position)))
        first_use = self._first_use.get(ref.head, ref.start) >= ref.start
        result.append(([], antecedents.nobody(ref, first_use=first_use)))
        self.pointing.add(result, ref)
        return result

    def _is_another(self, ref: Reference, entity: Entity) -> bool:
        """Whether its noun or the names in it say that a nominal does not mean an entity."""
        return (
            antecedents.of_other_countries(ref, entity)
            or antecedents.of_other_names(ref, entity, self.text)
            or antecedents.of_another(ref, entity, self.text)
            or antecedents.of_other_kind(ref, entity)
            or antecedents.of_other_office(ref, entity)
            or self._is_spoken_of(ref, entity)
            or self.is_last_of_two(ref, entity)
            or self._is_of_an_official(ref, entity)
            or (ref.kind == "person" and ref.name is not None and ref.name.entity is entity and not entity.is_person)
        )

    def _is_of_an_official(self, ref: Reference, entity: Entity) -> bool:
        """Whether a body without a name is somebody's, and so no body of another name: "the mayor's office"."""
        named = entity.named and not entity.is_person and not entity.document
        if ref.kind != "body" or not named or ref.head in entity.heads or ref.head in entity.words:
            return False
        # "the founder's company" may well be named
        return (
            ref.head not in BUSINESSES
            and ref.head not in lex.FIRMS
            and nearby.possessor(self.doc, self.cast, ref) is not None
        )

    def is_last_of_two(self, ref: Reference, entity: Entity) -> bool:
        """Whether somebody spoke last, for "the other official", who is not the same."""
        last = self.discourse.turns[-1].speakers if self.discourse.turns else []
        other = ref.kind == "person" and ref.determiner == "definite" and not ref.plural and not entity.plural
        return other and entity in last and self.doc.low[self.doc.token_at(ref.phrase[0])] == "other"

    def _is_spoken_of(self, ref: Reference, entity: Entity) -> bool:
        """Whether people were called so before, and so are no single one: "the army accused rebels ... the rebels said"."""
        people = ref.plural and ref.kind == "person" and ref.determiner == "definite" and not ref.share
        public = not entity.named and not entity.heads.isdisjoint(_PUBLIC)
        body = public or not (entity.plural or entity.document)
        return people and body and ref.head not in entity.heads and self._first_use.get(ref.head, ref.start) < ref.start

    def _is_byline(self, position: int) -> bool:
        """Whether a position is in the line that says who wrote the article."""
        start, end = self.doc.paragraphs[self.doc.paragraph_of(position)]
        return _BYLINE.match(self.text, start) is not None and end - start < _LONGEST_BYLINE

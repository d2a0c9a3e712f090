"""What has been said so far: who was mentioned how recently, and who spoke last."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import accumulate

from claimcheck.speakers import given_names
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.syntax import Syntax

_CANDIDATES = 30
"""Most recently mentioned entities that a reference is compared with."""
_TURNS = 4
"""Turns of speaking that are looked back at."""


@dataclass(slots=True)
class Seen:
    """Where an entity was last mentioned; ``narrative`` is its last sentence outside quotation marks, -1 for none.

    Of that mention: its grammatical ``role`` and ``token``, whether it is the ``first`` person's in its sentence, whether
    "and" has it ``joined`` to another, and whether it is a ``pronoun``.
    """

    position: int
    sentence: int
    narrative: int = -1
    subject: bool = False
    opens_paragraph: bool = False
    count: int = 0
    role: str = "other"
    token: int = -1
    first: bool = False
    joined: bool = False
    pronoun: bool = False


@dataclass(slots=True)
class Turn:
    """A resolved attribution that later ones look back at. Offsets are code points, paragraph and quotation indices."""

    start: int
    end: int
    paragraph: int
    quotation: int
    speakers: list[Entity] = field(default_factory=list)


class Discourse:
    """The state of the conversation at a position that only moves forwards."""

    def __init__(self, doc: Document, cast: Cast) -> None:
        self.doc = doc
        self.cast = cast
        self.syntax = Syntax(doc)
        self.recent: OrderedDict[int, tuple[Entity, Seen]] = OrderedDict()
        self.turns: list[Turn] = []
        self._next = 0
        self._first: dict[int, int] = {}
        self._first_person: dict[int, int] = {}
        self._opens: dict[int, int] = {}
        for entity in cast.entities:
            if entity.is_person and (len(entity.words) == 1 or entity.words[0] not in lex.GIVEN_NAMES):
                entity.gender += given_names.gender(entity.words[0]) * (1.0 if len(entity.words) > 1 else 0.6)
        for m in cast.mentions:
            if m.entity is not None and doc.quotation_at(m.start) < 0:
                self._first.setdefault(doc.sentence_of(m.start), m.start)
                self._opens.setdefault(doc.paragraph_of(m.start), m.start)
        narrative = (
            0 if doc.quotation_at(a) >= 0 and doc.quotation_at(a) == doc.quotation_at(b - 1) else 1
            for a, b in doc.sentences
        )
        self._narrative = [0, *accumulate(narrative)]

    def advance(self, position: int) -> None:
        """Take notice of the names up to a position."""
        mentions = self.cast.mentions
        while self._next < len(mentions) and mentions[self._next].start < position:
            m = mentions[self._next]
            self._next += 1
            if m.entity is not None:
                self.see(m.entity, m.start, subject=self.is_subject(m))
                seen = self.recent[id(m.entity)][1]
                seen.role, seen.token, seen.joined = self.syntax.of_name(m), m.last, self.syntax.is_joined(m)
                seen.first = m.entity.is_person and self._first_person.setdefault(seen.sentence, m.start) == m.start

    def see_pronoun(self, entity: Entity, position: int) -> None:
        """Note a mention by a pronoun of the writer's own."""
        self.see(entity, position, subject=False)
        seen = self.recent[id(entity)][1]
        token = self.doc.token_at(position)
        seen.role, seen.token, seen.joined, seen.pronoun = self.syntax.of_pronoun(token), token, False, True
        seen.first = self._first_person.setdefault(seen.sentence, position) == position

    def is_subject(self, m: NameMention) -> bool:
        """Whether a name looks like the subject of its sentence: the first one, not possessive, after no preposition."""
        if self._first.get(self.doc.sentence_of(m.start)) != m.start or self.doc.possessive[m.last]:
            return False
        k = m.first - len(m.title) - 1
        return k < 0 or self.doc.words[k].lower() not in lex.PREPOSITIONS

    def see(self, entity: Entity, position: int, *, subject: bool) -> None:
        """Note a mention."""
        sentence = self.doc.sentence_of(position)
        _, seen = self.recent.get(id(entity)) or (entity, Seen(position, sentence))
        seen.position, seen.sentence = position, sentence
        seen.pronoun = False
        seen.count += 1
        if self.doc.quotation_at(position) < 0:
            seen.subject = subject or (seen.subject and seen.narrative == sentence)
            seen.narrative = sentence
            seen.opens_paragraph = self._opens.get(self.doc.paragraph_of(position)) == position
        self.recent[id(entity)] = (entity, seen)
        self.recent.move_to_end(id(entity))

    def candidates(self) -> list[tuple[Entity, Seen]]:
        """The most recently mentioned entities, the last first."""
        found = []
        for pair in reversed(self.recent.values()):
            found.append(pair)
            if len(found) == _CANDIDATES:
                break
        return found

    def most_mentioned(self, candidates: list[tuple[Entity, Seen]]) -> list[Entity]:
        """The person and the body among some candidates that were named most often so far."""
        top: dict[bool, tuple[int, Entity]] = {}
        for entity, seen in candidates:
            if entity.named and not entity.clues.get("in") and seen.count > top.get(entity.is_person, (0, entity))[0]:
                top[entity.is_person] = (seen.count, entity)
        return [entity for _, entity in top.values()]

    def narrative_distance(self, earlier: int, later: int) -> int:
        """Sentences from one to the other (indices), those wholly in quotation marks left out."""
        n = len(self._narrative) - 1
        return max(0, self._narrative[min(later, n)] - self._narrative[min(max(0, earlier), n)])

    def speak(self, turn: Turn) -> None:
        """Note who spoke."""
        self.turns.append(turn)
        del self.turns[:-_TURNS]

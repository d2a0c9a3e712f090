"""Sources without a name: called by their noun phrase, until the article says more."""

from __future__ import annotations

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import roles
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.mentions import Reference

_LONGEST_NAME = 6
"""Words up to which a longer noun phrase is taken for a more informative name."""


class Unnamed:
    """The unnamed entities of an article, by the words of their noun phrase."""

    def __init__(self, doc: Document, found: roles.Roles) -> None:
        self.doc = doc
        self.roles = found
        self.polls: list[Entity] = []
        self._entities: dict[tuple[str, ...], Entity] = {}

    def words(self, phrase: Span) -> tuple[str, ...]:
        """The words of a noun phrase in lower case, by which it is known again."""
        return tuple(self.doc.words[k].lower() for k in self.doc.tokens_in(*phrase))

    def known(self, ref: Reference) -> Entity | None:
        """Who was called by just these words before."""
        return self._entities.get(self.words(ref.phrase))

    def introduce(self, ref: Reference) -> Entity:
        """A new entity, called by a nominal's noun phrase."""
        words = self.words(ref.phrase)
        if (known := self._entities.get(words)) is not None and known.name == ref.phrase:
            return known  # one source of several attributions
        document = ref.kind == "document"
        body = ref.kind == "body" and not ref.plural
        entity = Entity(
            ref.phrase,
            words,
            named=False,
            person=-1.0 if document or body else 1.0,
            document=document,
            organization=body,
            plural=(ref.plural and not document) or ref.kind == "group",
            unique=ref.determiner != "indefinite",
            gender=ref.gender,
            heads={ref.head},
            modifiers=set(ref.modifiers),
        )
        self._entities[words] = entity
        if document and ref.head in lex.POLLS:
            self.polls.append(entity)
        if ground := roles.grounds_of_phrase(self.doc, ref.phrase, ref.end):
            self.roles.add_ground(entity, ground, 1.0)
        return entity

    def poll(self, name: Span) -> Entity:
        """The poll called by some words of the article, a new one if need be."""
        words = self.words(name)
        known = self._entities.get(words)
        return known or self._entities.setdefault(words, Entity(name, words, named=False, person=-1.0, document=True))

    def rename(self, entity: Entity, ref: Reference) -> None:
        """Call an unnamed entity by a more informative noun phrase: "the new poll", then "the Ipsos poll"."""
        entity.heads.add(ref.head)
        if entity.named:
            return
        words = self.words(ref.phrase)
        proper = ref.name is not None and self._capitals(ref.phrase) > self._capitals(entity.name) and len(words) > 1
        if proper or (set(words) > set(entity.words) and len(words) <= _LONGEST_NAME):
            entity.name, entity.words = ref.phrase, words
            entity.modifiers |= ref.modifiers

    def _capitals(self, span: Span) -> int:
        """Capitalised words in a span, the first word of a sentence not counted."""
        doc = self.doc
        first = doc.sentence_span(span[0])[0]
        return sum(doc.words[k][0].isupper() for k in doc.tokens_in(*span) if doc.starts[k] > first)

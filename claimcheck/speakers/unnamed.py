"""Sources without a name: called by their noun phrase, until the article says more."""

from __future__ import annotations

from claimcheck.paragraphs import Span
from claimcheck.speakers import fields, grounds
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.references import Reference
from claimcheck.speakers.roles import Roles

_LEAD = 2
"""Paragraphs after the headline in which the lead introduces what the headline speaks of, and how much of that."""
_LONGEST_NAME = 6
"""Words up to which a longer noun phrase is taken for a more informative name."""


class Unnamed:
    """The unnamed entities of an article, by the words of their noun phrase."""

    def __init__(self, doc: Document, found: Roles) -> None:
        self.doc = doc
        self.roles = found
        self.polls: list[Entity] = []
        self._headline: list[Entity] = []
        """The documents that the headline speaks of, the first few."""
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
        if document and entity.unique and len(self._headline) < _LEAD and self._in_headline(ref.phrase):
            self._headline.append(entity)
        if ground := grounds.of_phrase(self.doc, ref.phrase, ref.end):
            self.roles.add_ground(entity, ground, 1.0)
        return entity

    def announced(self, ref: Reference) -> Entity | None:
        """The document of a headline that the lead introduces: "study finds", then "a study in Nature"."""
        doc = self.doc
        if ref.kind != "document" or not 0 < doc.paragraph_of(ref.start) <= _LEAD:
            return None
        if doc.low[doc.token_at(ref.start)] not in lex.ARTICLES:
            return None  # "another study"
        for entity in self._headline:
            if ref.head in entity.heads or fields.shared(ref.head, entity.heads):
                entity.name, entity.words = ref.phrase, self.words(ref.phrase)
                entity.heads.add(ref.head)
                entity.modifiers |= ref.modifiers
                return self._entities.setdefault(entity.words, entity)
        return None

    def _in_headline(self, phrase: Span) -> bool:
        """Whether a phrase stands in a first line that does not end like a sentence."""
        end = self.doc.paragraphs[0][1]
        return phrase[1] <= end and not self.doc.text[end - 1 : end + 1].startswith(".")

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

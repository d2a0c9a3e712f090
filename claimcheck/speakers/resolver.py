"""Attributions to speakers: who every source is, in the order of the text."""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Sequence

from claimcheck.attribution import Attribution
from claimcheck.paragraphs import Span
from claimcheck.speakers import (
    antecedents,
    chains,
    clues,
    continuations,
    document,
    mentions,
    narrative,
    nearby,
    nouns,
    titles,
    writings,
)
from claimcheck.speakers.antecedents import Features, Weights
from claimcheck.speakers.candidates import Candidates
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.describe import Resolved, describe
from claimcheck.speakers.discourse import Discourse, Turn
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.naming import Naming
from claimcheck.speakers.passages import Passages
from claimcheck.speakers.pointing import Pointer, Pointing
from claimcheck.speakers.references import Reference
from claimcheck.speakers.referents import NAMESAKES, Referents

_WEIGHTS = antecedents.load()
_SAME_WORDS = 0.6
"""Part of a headline's words that somebody must say in the article to be the one quoted in the headline."""
_HEADLINES = 3
"""Paragraphs in which a quotation may be a headline's."""


def resolve(
    text: str,
    sentences: Sequence[Span],
    attributions: Sequence[Attribution],
    pointer: Pointer | None = None,
) -> Resolved:
    """Find out who stands behind each attribution. Never raises; nearly linear in the length of the text.

    Args:
        sentences: spans of code points into ``text``, in order.
        attributions: in any order; spans need not be exact, and source and cue may be missing.
        pointer: what a network says of whom pronouns and nominals go back to, one clue among others.
    """
    return Resolver(text, sentences, attributions, pointer=pointer).run()


class Resolver:
    """The state of one article's resolution. Subclasses may override :meth:`choose`, to learn the weights."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        attributions: Sequence[Attribution],
        weights: Weights = _WEIGHTS,
        names: Sequence[Span] = (),
        pointer: Pointer | None = None,
    ) -> None:
        self.text = text
        self.weights = weights
        self.doc = doc = document.read(text, tuple(sentences))
        sources = [chains.clip(a.source.start, a.source.end, text) if a.source else None for a in attributions]
        contents = [[s for c in a.content if (s := chains.clip(c.start, c.end, text))] for a in attributions]
        self.cast = Cast(doc, [*(s for s in sources if s), *names, *continuations.signatures(doc)])
        self.roles = titles.collect(doc, self.cast)
        self.cast.weigh()
        self.discourse = Discourse(doc, self.cast)
        self.pointing = Pointing(doc, self.cast, pointer)
        self.passages = Passages(doc, self.cast, attributions, sources, contents)
        self.candidates = Candidates(self.passages, self.discourse, self.pointing, self.roles)
        self.own, self.author = self.candidates.own, self.candidates.author
        self.referents = Referents(self.candidates, self.roles, self.choose)
        self._silent = deque(narrative.references(doc, self.cast, [s for s in self.passages.sources if s]))

    def run(self) -> Resolved:
        """Resolve everything."""
        later: list[int] = []
        said: dict[Span | None, list[Entity]] = {}
        for i in self.passages.order:
            self._read_to(self.passages.anchors[i])
            if self._is_headline_quotation(i):
                later.append(i)
                continue
            source = self.passages.sources[i]
            self.own[i] = list(said[source]) if source in said else self._speakers(i)
            if source is not None:
                said[source] = self.own[i]  # one noun phrase before two verbs means one speaker
            self._remember(i)
        for i in later:
            self.own[i] = self._quoted_in_headline(i)
        naming = Naming(
            self.doc,
            self.cast,
            self.candidates.unnamed,
            self.passages.order,
            self.own,
            self.passages.anchors,
            self.passages.contents,
        )
        naming.run(self.choose)
        own = self._in_transcript(self._handed_on(chains.extend(self.own, self.passages.outer)))
        return describe(
            self.doc,
            own,
            self.own,
            self.passages.sources,
            self.passages.contents,
            self.passages.order,
            self.roles,
            self.author,
        )

    def compare(self, ref: Reference, others: Sequence[Entity] = ()) -> list[tuple[list[Entity], Features]]:
        """Read on to a pronoun or nominal that is no source; whom it may mean, with features; nobody last.

        Args:
            ref: begins where or after the last one did.
            others: who may be meant although they are named later.
        """
        self._read_to(ref.start)
        gender = {"he": 1.0, "she": -1.0}.get(ref.paradigm, ref.gender)
        return self.referents.compared(-1, ref, gender, others)

    def _read_to(self, position: int) -> None:
        """Take notice of names, pronouns and nominals up to a position."""
        while self._silent and self._silent[0].start < position:
            self._follow(self._silent.popleft())
        self.discourse.advance(position)

    def _handed_on(self, own: list[list[Entity]]) -> list[list[Entity]]:
        """The other link of a chain that the network saw one of: "media report, citing the police, that"."""
        for i, source in enumerate(self.passages.sources):
            if source is None or len(own[i]) != 1:
                continue
            outer, inner = nearby.cited(self.doc, source)
            if (span := outer or inner) is None:
                continue
            refs = mentions.parse(self.doc, self.cast, span)
            if inner and not all(r.type == "name" or nouns.is_known(r.head) for r in refs):
                continue  # a reason is cited too: "citing rough seas"
            other = [e for ref in refs for e in self.referents.one(-1, ref)]
            other = [e for e in other if e not in own[i]]
            own[i] = other + own[i] if outer else own[i] + other
        return own

    def _in_transcript(self, own: list[list[Entity]]) -> list[list[Entity]]:
        """In a transcript whoever has the word stands behind all that is said, outermost; the transcript does not."""
        voices = [self.referents.voice(line) for line in self.passages.transcript]
        for i, entities in enumerate(own):
            begin = self.passages.begin(i)
            k = bisect.bisect_right(self.passages.line_starts, begin) - 1
            if k >= 0 and begin < self.passages.transcript[k].end:
                within = [e for e in entities if e.named or "transcript" not in e.words]
                own[i] = [e for e in voices[k] if e not in within] + within
        return own

    def _follow(self, ref: Reference) -> None:
        """Note whom a silent reference keeps in mind."""
        self.discourse.advance(ref.start)
        if ref.type == "nominal":
            recent = self.discourse.recent
            named = [
                e for e in self.candidates.by_head.get(ref.head, [])[:NAMESAKES] if id(e) in recent and e.is_person
            ]
            entity = self.candidates.unnamed.known(ref)
            if ref.kind == "document":
                self._note_author(ref)
            if ref.determiner == "definite" and named:
                entity = max(named, key=lambda e: recent[id(e)][1].position)
            elif (
                (ref.determiner == "definite" and ref.kind == "person" and not self.candidates.by_head.get(ref.head))
                or ref.determiner == "indefinite"
                or (ref.determiner == "possessive" and ref.kind == "person")
            ):
                entity = entity or self.candidates.unnamed.introduce(ref)
            if entity is not None:
                self.discourse.see(entity, ref.start, subject=False)
                self.pointing.note([entity], ref)
            return
        gender = 1.0 if ref.paradigm == "he" else -1.0
        compared = self.referents.compared(-1, ref, gender)
        winner = compared[antecedents.best([f for _, f in compared], self.weights["silent"])][0]
        for entity in winner:
            self.discourse.see_pronoun(entity, ref.start)
            if gender * clues.told_by_name(entity) >= 0:
                entity.gender += 0.2 * gender

    def _note_author(self, ref: Reference) -> None:
        """Remember who wrote a document that the writer speaks of: "a letter from Ana Sousa", "Sousa sent a letter"."""
        noun = self.doc.token_at(max(ref.start, ref.end - 1))
        for relation, span in (("by", writings.by_whom(self.doc, ref.end)), ("made", writings.maker(self.doc, noun))):
            if span is None:
                continue
            authors = [
                e
                for r in mentions.parse(self.doc, self.cast, span)
                if r.type == "name" or (r.type == "nominal" and nouns.is_known(r.head) and r.kind != "document")
                for e in (
                    self.referents.one(-1, r)
                    if r.type == "name"
                    else [self.candidates.unnamed.known(r) or self.candidates.unnamed.introduce(r)]
                )
            ]
            if authors:
                self.candidates.writings.note(ref.head, authors, relation)
                return

    def choose(self, kind: str, attribution: int, candidates: Sequence[tuple[list[Entity], Features]]) -> list[Entity]:
        """The best of some candidates for one reference; an empty list stands for nobody mentioned yet."""
        k = antecedents.best([f for _, f in candidates], self.weights[kind])
        return candidates[k][0] if k >= 0 else []

    def _speakers(self, i: int) -> list[Entity]:
        found: list[Entity] = []
        for ref in self.passages.references[i]:
            role = continuations.role_of_label(self.text[ref.start : ref.end]) if ref.end - ref.start < 14 else ""
            entities = self.referents.by_role(role) if role else self.referents.one(i, ref)
            if ref.type == "nominal":
                self.pointing.note(entities, ref)
            found += [e for e in entities if e not in found]
        return found if self.passages.references[i] else self.referents.unsourced(i)

    def _remember(self, i: int) -> None:
        for entity in self.own[i]:
            if self.passages.references[i]:
                self.discourse.see(entity, self.passages.references[i][0].start, subject=True)
                entity.sources.append((self.passages.anchors[i], self.passages.anchors[i] + 1))
        if len(self.own[i]) > 1 and all(e.named for e in self.own[i]):
            self.candidates.group = self.own[i], self.passages.anchors[i]
        if (cue := self.passages.attributions[i].cue) is not None and self.own[i]:
            for head in writings.beside(self.doc, (cue.start, cue.end), self.passages.contents[i]):
                self.candidates.writings.note(head, self.own[i], "said")
            if self.passages.sources[i] is not None and (
                opening := writings.opening(self.doc, self.passages.anchors[i])
            ):
                self.candidates.writings.note(opening, self.own[i], "said")
        if self.own[i] and self.passages.outer[i] < 0:
            end = max((b for _, b in self.passages.contents[i]), default=self.passages.anchors[i])
            start = min(self.passages.begin(i), self.passages.anchors[i])
            last = max(0, end - 1)
            turn = Turn(start, end, self.doc.paragraph_of(last), self.doc.quotation_at(last), self.own[i])
            self.discourse.speak(turn)

    def _is_headline_quotation(self, i: int) -> bool:
        """Whether an attribution quotes in a headline somebody whom only the article names."""
        if (
            self.passages.references[i]
            or self.passages.attributions[i].cue is not None
            or self.discourse.turns
            or not self.passages.contents[i]
        ):
            return False
        if i in self.passages.interview or self.passages.signature(self.passages.begin(i)) is not None:
            return False
        return self.doc.paragraph_of(self.passages.begin(i)) < _HEADLINES

    def _quoted_in_headline(self, i: int) -> list[Entity]:
        """Who says a headline's words in the article; else who speaks next."""
        words = frozenset(w for s in self.passages.contents[i] for w in continuations.content_words(self.doc, s))
        after = [j for j in self.passages.order[self.passages.rank[i] + 1 :][:200] if self.own[j] and j != i]
        top, best = _SAME_WORDS, -1
        for j in after:
            shared = max(
                (continuations.spoken_again(self.doc, words, s) for s in self.passages.contents[j]), default=0.0
            )
            if shared > top:
                top, best = shared, j
        if best >= 0:
            return self.own[best]
        near = [
            j
            for j in after
            if self.doc.paragraph_of(self.passages.begin(j)) == self.doc.paragraph_of(self.passages.begin(i))
        ]
        return self.own[(near or after)[0]] if near or after else []

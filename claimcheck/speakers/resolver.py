"""Attributions to speakers: who every source is, in the order of the text."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict, deque
from collections.abc import Sequence

from claimcheck.attribution import Attribution
from claimcheck.paragraphs import Span
from claimcheck.speakers import (
    antecedents,
    beside,
    boundaries,
    chains,
    continuations,
    document,
    mentions,
    narrative,
    nearby,
    nouns,
    parting,
    titles,
    writings,
)
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.antecedents import Features, Weights
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.describe import Resolved, describe
from claimcheck.speakers.discourse import Discourse, Turn
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.naming import Naming
from claimcheck.speakers.pointing import Pointer, Pointing
from claimcheck.speakers.references import Reference
from claimcheck.speakers.unnamed import Unnamed
from claimcheck.speakers.writings import Writings

_WEIGHTS = antecedents.load()
_BUSINESSES = lex.words(
    """company firm group bank lender airline carmaker automaker drugmaker chipmaker planemaker retailer insurer startup
    start-up agency organization organisation charity nonprofit brewer carrier publisher broadcaster regulator watchdog"""
)
"""Nouns of bodies that no person is called by."""
_PERSONAL = frozenset(["honorific", "title", "age", "who", "role", "person_apposition", "middle_initial"])
"""Clues that somebody is a person, whatever body is mistaken for them."""
_NAMESAKES = 50
"""Entities with the same role that are looked through, at most."""
_BYLINE = re.compile(r"(?:By|BY)\s+[A-Z][^.!?]*(?:\.[^.!?]*)?$", re.MULTILINE)
_OURSELVES = re.compile(
    r"[Tt]his\s(?:newspaper|page|column|columnist|editorial(?:\sboard)?|writer|reporter|correspondent)$"
)
"""What a writer calls themself, or the paper they write for."""
_OF_WHOM = re.compile(r"\bwho\s[^,.;:]{0,60}?\b(his|her)\s(?:\w+\s)?(?:name|identity|job|home|husband|wife)\b")
"""What tells whether somebody without a name is a man or a woman: "a parent who would not give her name"."""
_LONGEST_BYLINE = 100
_LONGEST_NOUN = 24
_PUBLIC = frozenset(["government", "police", "opposition", "military"])
_LOOK_AHEAD = 4
"""Attributions that a source-less one looks ahead at for a name."""
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
        self.attributions = attributions
        self.doc = doc = document.read(text, tuple(sentences))
        self.sources = [chains.clip(a.source.start, a.source.end, text) if a.source else None for a in attributions]
        self.contents = [[s for c in a.content if (s := chains.clip(c.start, c.end, text))] for a in attributions]
        self.cast = Cast(doc, [*(s for s in self.sources if s), *names, *continuations.signatures(doc)])
        self.roles = titles.collect(doc, self.cast)
        self.cast.weigh()
        self.discourse = Discourse(doc, self.cast)
        self.pointing = Pointing(doc, self.cast, pointer)
        self.transcript = continuations.transcript(doc)
        self._line_starts = [line.start for line in self.transcript]
        self.sources = [None if self._is_other_label(i) else source for i, source in enumerate(self.sources)]
        self.outer = chains.outer(attributions, self.contents)
        self.anchors = [self._anchor(i) for i in range(len(attributions))]
        self.order = sorted(range(len(attributions)), key=lambda i: (self.anchors[i], i))
        self.rank = {i: k for k, i in enumerate(self.order)}
        self.references = [self._references(i) for i in range(len(attributions))]
        self.interview = continuations.interview(doc, attributions, self.contents)
        self.own: list[list[Entity]] = [[] for _ in attributions]
        self.author = Entity((0, 0), ("author",), person=1.0)
        self.unnamed = Unnamed(doc, self.roles)
        self.writings = Writings()
        self._group: tuple[list[Entity], int] | None = None
        """Who spoke together last, and where."""
        self._by_head: dict[str, list[Entity]] = defaultdict(list)
        for e in self.cast.entities:
            for head in e.heads:
                self._by_head[head].append(e)
        self._silent = deque(narrative.references(doc, self.cast, [s for s in self.sources if s]))
        self._interviewee: Entity | None = None
        self._byline = {id(e) for e in self.cast.entities if e.positions and self._is_byline(e.positions[0])}
        """Who wrote the article: "he" is somebody else."""
        self._named_polls = [e for e in self.cast.entities if e.words[-1] in lex.POLLS][:_NAMESAKES]
        self._bodies: dict[str, list[int]] = defaultdict(list)
        """Where the nouns of bodies stand, as tokens."""
        self._first_use: dict[str, int] = {}
        for k, word in enumerate(doc.words):
            if word in lex.ORG_HEADS or word in lex.GROUPS:
                self._bodies[word].append(k)
        first = dict(zip(reversed(doc.words), reversed(doc.starts), strict=True))  # of equal words the first wins
        for word in dict.fromkeys(doc.words):
            if len(word) < _LONGEST_NOUN:
                self._first_use.setdefault(nouns.canonical(word), first[word])

    def run(self) -> Resolved:
        """Resolve everything."""
        later: list[int] = []
        said: dict[Span | None, list[Entity]] = {}
        for i in self.order:
            self._read_to(self.anchors[i])
            if self._is_headline_quotation(i):
                later.append(i)
                continue
            source = self.sources[i]
            self.own[i] = list(said[source]) if source in said else self._speakers(i)
            if source is not None:
                said[source] = self.own[i]  # one noun phrase before two verbs means one speaker
            self._remember(i)
        for i in later:
            self.own[i] = self._quoted_in_headline(i)
        naming = Naming(self.doc, self.cast, self.unnamed, self.order, self.own, self.anchors, self.contents)
        naming.run(self.choose)
        own = self._in_transcript(self._handed_on(chains.extend(self.own, self.outer)))
        return describe(self.doc, own, self.own, self.sources, self.contents, self.order, self.roles, self.author)

    def compare(self, ref: Reference, others: Sequence[Entity] = ()) -> list[tuple[list[Entity], Features]]:
        """Read on to a pronoun or nominal that is no source; whom it may mean, with features; nobody last.

        Args:
            ref: begins where or after the last one did.
            others: who may be meant although they are named later.
        """
        self._read_to(ref.start)
        gender = {"he": 1.0, "she": -1.0}.get(ref.paradigm, ref.gender)
        return self._compared(-1, ref, gender, others)

    def _read_to(self, position: int) -> None:
        """Take notice of names, pronouns and nominals up to a position."""
        while self._silent and self._silent[0].start < position:
            self._follow(self._silent.popleft())
        self.discourse.advance(position)

    def _handed_on(self, own: list[list[Entity]]) -> list[list[Entity]]:
        """The other link of a chain that the network saw one of: "media report, citing the police, that"."""
        for i, source in enumerate(self.sources):
            if source is None or len(own[i]) != 1:
                continue
            outer, inner = nearby.cited(self.doc, source)
            if (span := outer or inner) is None:
                continue
            refs = mentions.parse(self.doc, self.cast, span)
            if inner and not all(r.type == "name" or nouns.is_known(r.head) for r in refs):
                continue  # a reason is cited too: "citing rough seas"
            other = [e for ref in refs for e in self._one(-1, ref)]
            other = [e for e in other if e not in own[i]]
            own[i] = other + own[i] if outer else own[i] + other
        return own

    def _in_transcript(self, own: list[list[Entity]]) -> list[list[Entity]]:
        """In a transcript whoever has the word stands behind all that is said, outermost; the transcript does not."""
        voices = [self._voice(line) for line in self.transcript]
        for i, entities in enumerate(own):
            begin = self._begin(i)
            k = bisect.bisect_right(self._line_starts, begin) - 1
            if k >= 0 and begin < self.transcript[k].end:
                within = [e for e in entities if e.named or "transcript" not in e.words]
                own[i] = [e for e in voices[k] if e not in within] + within
        return own

    def _is_other_label(self, i: int) -> bool:
        """Whether a source is the label of another line of a transcript than the one that its content begins in."""
        if (source := self.sources[i]) is None or not self.contents[i]:
            return False
        line, own = self._line(source[0]), self._line(self.contents[i][0][0])
        return line is not None and own is not None and own is not line and source[0] < line.name[1]

    def _follow(self, ref: Reference) -> None:
        """Note whom a silent reference keeps in mind."""
        self.discourse.advance(ref.start)
        if ref.type == "nominal":
            recent = self.discourse.recent
            named = [e for e in self._by_head.get(ref.head, [])[:_NAMESAKES] if id(e) in recent and e.is_person]
            entity = self.unnamed.known(ref)
            if ref.kind == "document":
                self._note_author(ref)
            if ref.determiner == "definite" and named:
                entity = max(named, key=lambda e: recent[id(e)][1].position)
            elif (
                (ref.determiner == "definite" and ref.kind == "person" and not self._by_head.get(ref.head))
                or ref.determiner == "indefinite"
                or (ref.determiner == "possessive" and ref.kind == "person")
            ):
                entity = entity or self.unnamed.introduce(ref)
            if entity is not None:
                self.discourse.see(entity, ref.start, subject=False)
                self.pointing.note([entity], ref)
            return
        gender = 1.0 if ref.paradigm == "he" else -1.0
        compared = self._compared(-1, ref, gender)
        winner = compared[antecedents.best([f for _, f in compared], self.weights["silent"])][0]
        for entity in winner:
            self.discourse.see_pronoun(entity, ref.start)
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
                    self._one(-1, r) if r.type == "name" else [self.unnamed.known(r) or self.unnamed.introduce(r)]
                )
            ]
            if authors:
                self.writings.note(ref.head, authors, relation)
                return

    def choose(self, kind: str, attribution: int, candidates: Sequence[tuple[list[Entity], Features]]) -> list[Entity]:
        """The best of some candidates for one reference; an empty list stands for nobody mentioned yet."""
        k = antecedents.best([f for _, f in candidates], self.weights[kind])
        return candidates[k][0] if k >= 0 else []

    # --- reading -----------------------------------------------------------------------------------------------

    def _anchor(self, i: int) -> int:
        """The code point at which an attribution is resolved: its source, else where it begins."""
        a = self.attributions[i]
        if (source := self.sources[i]) is not None:
            return source[0]
        starts = [s[0] for s in self.contents[i]]
        if a.cue is not None:
            starts.append(a.cue.start)
        return min(max(0, min(starts, default=0)), max(0, len(self.text) - 1))

    def _begin(self, i: int) -> int:
        """Where an attribution's content begins."""
        return self.contents[i][0][0] if self.contents[i] else self.anchors[i]

    def _references(self, i: int) -> list[Reference]:
        if (source := self.sources[i]) is not None:
            cue = self.attributions[i].cue
            if cue is not None and cue.start >= source[1]:
                source = nearby.of_whom(self.doc, self.cast, source) or source
            if found := mentions.parse(self.doc, self.cast, source):
                return found
        line = self._line(self._begin(i))
        implied = line.name if line is not None else continuations.label(self.doc, self._begin(i))
        implied = implied or self._beside(i)
        return mentions.parse(self.doc, self.cast, implied) if implied else []

    def _line(self, position: int) -> continuations.Line | None:
        """The line of a transcript that a position is in."""
        k = bisect.bisect_right(self._line_starts, position) - 1
        return self.transcript[k] if k >= 0 and position < self.transcript[k].end else None

    def _voice(self, line: continuations.Line) -> list[Entity]:
        """Who says a line of a transcript."""
        if role := continuations.role_of_label(self.text[slice(*line.name)]):
            return self._by_role(role)
        return [e for ref in mentions.parse(self.doc, self.cast, line.name) for e in self._one(-1, ref)]

    def _beside(self, i: int) -> Span | None:
        """A source the network did not see: beside the cue, or in a sentence that is all content beside a verb."""
        a = self.attributions[i]
        if a.cue is not None:
            span = chains.clip(a.cue.start, a.cue.end, self.text)
            return beside.cue(self.doc, self.cast, span, self.contents[i]) if span else None
        if a.content and self.contents[i] and (a.content[0].first == -1 or self._whole(self.contents[i][0])):
            return beside.speech(self.doc, self.cast, self.contents[i][0])
        if self.contents[i] and parting.said_after(self.doc, self.contents[i][-1]):
            return beside.speech(self.doc, self.cast, self.doc.sentence_span(max(0, self.contents[i][-1][1] - 1)))
        return None

    def _whole(self, content: Span) -> bool:
        """Whether a content is a sentence of its own, in which the network has marked no cue that may yet be there."""
        start, end = self.doc.sentence_span(content[0])
        return content[0] == start and content[1] >= end - 1 and self.doc.quotation_at(start) < 0

    def _remember(self, i: int) -> None:
        for entity in self.own[i]:
            if self.references[i]:
                self.discourse.see(entity, self.references[i][0].start, subject=True)
                entity.sources.append((self.anchors[i], self.anchors[i] + 1))
        if len(self.own[i]) > 1 and all(e.named for e in self.own[i]):
            self._group = self.own[i], self.anchors[i]
        if (cue := self.attributions[i].cue) is not None and self.own[i]:
            for head in writings.beside(self.doc, (cue.start, cue.end), self.contents[i]):
                self.writings.note(head, self.own[i], "said")
            if self.sources[i] is not None and (opening := writings.opening(self.doc, self.anchors[i])):
                self.writings.note(opening, self.own[i], "said")
        if self.own[i] and self.outer[i] < 0:
            end = max((b for _, b in self.contents[i]), default=self.anchors[i])
            start = min(self._begin(i), self.anchors[i])
            last = max(0, end - 1)
            turn = Turn(start, end, self.doc.paragraph_of(last), self.doc.quotation_at(last), self.own[i])
            self.discourse.speak(turn)

    # --- deciding ----------------------------------------------------------------------------------------------

    def _speakers(self, i: int) -> list[Entity]:
        found: list[Entity] = []
        for ref in self.references[i]:
            role = continuations.role_of_label(self.text[ref.start : ref.end]) if ref.end - ref.start < 14 else ""
            entities = self._by_role(role) if role else self._one(i, ref)
            if ref.type == "nominal":
                self.pointing.note(entities, ref)
            found += [e for e in entities if e not in found]
        return found if self.references[i] else self._empty(i)

    def _by_role(self, role: str) -> list[Entity]:
        """Who asks and who answers in an interview."""
        if role == "question":
            return [self.author]
        if self._interviewee is None:
            begins = [
                line.start for line in self.transcript if continuations.role_of_label(self.text[slice(*line.name)])
            ]
            begins += [self._begin(i) for i in self.interview]
            self._interviewee = continuations.interviewee(self.cast, min(begins, default=0))
        return [self._interviewee] if self._interviewee else []

    def _one(self, i: int, ref: Reference) -> list[Entity]:
        if ref.type == "name" and ref.name is not None:
            return [ref.name.entity or self.cast.adopt(ref.name)]
        if ref.type == "pronoun":
            return self._pronoun(i, ref)
        return self._nominal(i, ref)

    def _compared(
        self, i: int, ref: Reference, gender: float, others: Sequence[Entity] = ()
    ) -> list[tuple[list[Entity], Features]]:
        """Everybody mentioned so far, with features; "nobody mentioned yet" last."""
        outer = self.own[self.outer[i]] if i >= 0 and self.outer[i] >= 0 else []
        inside = []
        leads = False
        if i >= 0:
            leads = bool(self.contents[i]) and self.contents[i][0][0] < ref.start
            leads = leads and self.doc.quotation_at(self.contents[i][0][0]) >= 0
            inside = [m.entity for s in self.contents[i] for m in self.cast.within(*s)[:20] if m.entity is not None]
        result: list[tuple[list[Entity], Features]] = []
        voice: list[Entity] = []
        if ref.type == "pronoun" and ref.paradigm in ("he", "she") and (line := self._line(ref.start)) is not None:
            voice = self._voice(line)  # who speaks of "him" in a transcript is another
        known = set()
        recent = self.discourse.candidates()
        top = self.discourse.most_mentioned(recent)
        place = antecedents.place_of(self.discourse, ref)
        rank = 0
        same = self.unnamed.known(ref) if ref.type == "nominal" else None
        for entity, seen in recent:
            if (
                entity is self.author
                or (ref.type == "nominal" and self._is_another(ref, entity))
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
            for entity in self._by_head.get(ref.head, [])[:10]:
                if id(entity) not in known and not self._is_another(ref, entity):
                    _, seen_before = self.discourse.recent.get(id(entity), (entity, None))
                    f = antecedents.features(self.discourse, ref, entity, seen_before, gender=gender, outer=outer)
                    result.append(([entity], f))
            if same is not None and id(same) not in known and same not in self._by_head.get(ref.head, [])[:10]:
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
            if i >= 0 and ref.plural and ref.determiner == "definite" and self._group is not None:
                group, position = self._group
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
            or self._is_spoken_of(ref, entity)
            or self._is_last_of_two(ref, entity)
            or self._is_of_an_official(ref, entity)
            or (ref.kind == "person" and ref.name is not None and ref.name.entity is entity and not entity.is_person)
        )

    def _is_of_an_official(self, ref: Reference, entity: Entity) -> bool:
        """Whether a body without a name is somebody's, and so no body of another name: "the mayor's office"."""
        named = entity.named and not entity.is_person and not entity.document
        if ref.kind != "body" or not named or ref.head in entity.heads or ref.head in entity.words:
            return False
        # "the founder's company" may well be named
        return ref.head not in _BUSINESSES and ref.head not in lex.FIRMS and self._possessor(ref) is not None

    def _is_last_of_two(self, ref: Reference, entity: Entity) -> bool:
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

    def _pronoun(self, i: int, ref: Reference) -> list[Entity]:
        outer = self.outer[i] if i >= 0 else -1
        if ref.paradigm in ("i", "we"):
            if (line := self._line(ref.start)) is not None and (voice := self._voice(line)):
                return voice
            if outer >= 0 and self.own[outer]:
                return self.own[outer]
            if self.doc.quotation_at(ref.start) >= 0:
                return self._empty(i)
            return [self.author]
        if ref.paradigm == "who" and (antecedent := self._relative(ref)) is not None:
            return [antecedent]
        kind = {"she": "he", "who": "he", "you": "he"}.get(ref.paradigm, ref.paradigm)
        gender = {"he": 1.0, "she": -1.0}.get(ref.paradigm, 0.0)
        winner = self.choose(kind, i, self._compared(i, ref, gender))
        for entity in winner:
            entity.gender += 0.5 * gender
        last = self.discourse.turns[-1].speakers if self.discourse.turns else []
        together = ref.paradigm == "they" and len(last) > 1 and bool(winner) and winner[0] in last
        return last if together else winner

    def _relative(self, ref: Reference) -> Entity | None:
        """The noun phrase just before a relative pronoun."""
        if (m := nearby.name_before_relative(self.doc, self.cast, ref.start)) is not None:
            return m.entity
        if (phrase := nearby.phrase_before_relative(self.doc, ref.start)) is not None:
            refs = mentions.parse(self.doc, self.cast, phrase)
            found = self._one(-1, refs[0]) if refs and refs[0].type != "pronoun" else []
            return found[0] if found else None
        return None

    def _nominal(self, i: int, ref: Reference) -> list[Entity]:
        if _OURSELVES.match(self.text, ref.start, ref.end) and self.doc.quotation_at(ref.start) < 0:
            return [self.author]
        if ref.share and (poll := self._poll(i)) is not None:
            return [poll]
        said_before = i >= 0 and any(0 <= ref.start - b <= 2 for _, b in self.contents[i])
        if not said_before and (apposed := nearby.apposed_to(self.doc, self.cast, ref)) is not None:
            return [apposed]
        if ref.determiner != "possessive" and (named := nearby.name_after(self.doc, self.cast, ref)) is not None:
            if (
                named.is_person
                and ref.kind == "person"
                and nouns.is_role(ref.head)
                and ref.head not in ("man", "woman")
            ):
                self.roles.add_title(named, boundaries.trimmed(self.doc, ref.phrase), 0.3)
                named.heads.add(ref.head)
            return [named]
        if ref.head in lex.MESSAGES and not ref.paradigm and (whose := self._possessor(ref)) is not None:
            return self._one(-1, whose)  # "the governor's account"
        if (owner := self._owner(i, ref)) is not None:
            if ref.head in lex.MESSAGES:
                return [owner]
            if ref.paradigm and ref.kind in ("body", "group"):
                if owner.named and owner is not self.author:
                    ref.phrase = nearby.owned_phrase(self.doc, self._bodies[ref.head], owner) or ref.phrase
                return [self.unnamed.known(ref) or self.unnamed.introduce(ref)]
        if ref.head in ("other", "one") and not ref.modifiers and (group := self._group_before()) is not None:
            return [group]
        if ref.determiner == "indefinite":
            entity = self.unnamed.announced(ref) or self.unnamed.introduce(ref)
            if not entity.gender and ref.kind == "person" and (told := _OF_WHOM.search(self.text, ref.start, ref.end)):
                entity.gender = 2.0 if told.group(1) == "his" else -2.0
            return [entity]
        if self._is_of_a_person(ref):
            return self._called_so(ref)
        if ref.pair and ref.kind in ("person", "group") and not self.unnamed.known(ref) and (two := self._two_before()):
            return two
        if (anonymous := self._anonymous(ref)) is not None:
            return [anonymous]
        winner = self.choose("nominal", i, self._compared(i, ref, ref.gender))
        for entity in winner:
            if entity.document != (ref.kind == "document"):
                continue  # the author of a letter is not called by it
            self.unnamed.rename(entity, ref)
            if entity.named and ref.kind == "body" and ref.head in _BUSINESSES and _PERSONAL.isdisjoint(entity.clues):
                entity.person = min(entity.person, -0.5)  # "Volta Cells" is "the company" afterwards
            if entity.named and entity.is_person and titles.is_title(ref):
                self.roles.add_title(entity, boundaries.trimmed(self.doc, ref.phrase), 0.2)
        return winner or [self.unnamed.introduce(ref)]

    def _anonymous(self, ref: Reference) -> Entity | None:
        """Who spoke last and has no name, for "the woman": somebody with a name is seldom called so."""
        if ref.head not in ("man", "woman") or ref.determiner != "definite" or ref.plural or not ref.plain:
            return None
        last = self.discourse.turns[-1].speakers if self.discourse.turns else []
        if (
            len(last) != 1
            or last[0].named
            or not last[0].is_person
            or last[0].plural
            or last[0].gender * ref.gender < 0
            or self._is_last_of_two(ref, last[0])
        ):
            return None
        return last[0]

    def _group_before(self) -> Entity | None:
        """The several people without a name who spoke last, of whom "one" and "the other" are."""
        for turn in list(reversed(self.discourse.turns[-4:])):
            for e in turn.speakers:
                if e.plural and not e.named:
                    return e
        return None

    def _is_of_a_person(self, ref: Reference) -> bool:
        """Whether a person's name stands before a body's noun: "the Sousa campaign"."""
        name = ref.name
        if name is None or name.entity is None or not name.entity.is_person or ref.kind not in ("body", "group"):
            return False
        noun = name.last + 1
        joined = (
            noun < len(self.doc.words) and self.doc.gap(name.last, noun) == " " and not self.doc.possessive[name.last]
        )
        return joined and nouns.canonical(self.doc.words[noun]) == ref.head and ref.start <= name.start < ref.end

    def _called_so(self, ref: Reference) -> list[Entity]:
        """Who is called by a nominal with just its owner's name in it, whichever way it is put."""
        words = set(self.unnamed.words(ref.phrase))
        for e in self._by_head.get(ref.head, [])[:_NAMESAKES]:
            if words <= set(e.words):
                return [e]
        return [self.unnamed.known(ref) or self.unnamed.introduce(ref)]

    def _owner(self, i: int, ref: Reference) -> Entity | None:
        """Whose it is: "Smith's website", "her campaign"."""
        if ref.owned and ref.name is not None:
            return ref.name.entity
        if ref.paradigm not in ("he", "she", "it", "they") or (ref.kind == "person" and not ref.plural):
            return None
        pronoun = Reference("pronoun", ref.start, ref.start + 1, paradigm=ref.paradigm, plural=ref.paradigm == "they")
        owners = self._pronoun(i, pronoun)
        return owners[0] if owners else None

    def _is_byline(self, position: int) -> bool:
        """Whether a position is in the line that says who wrote the article."""
        start, end = self.doc.paragraphs[self.doc.paragraph_of(position)]
        return _BYLINE.match(self.text, start) is not None and end - start < _LONGEST_BYLINE

    def _possessor(self, ref: Reference) -> Reference | None:
        """The noun phrase without a name that possesses a nominal's head."""
        for k in self.doc.tokens_in(ref.start, ref.phrase[1]):
            if nouns.canonical(self.doc.words[k]) == ref.head:
                return None
            if self.doc.possessive[k]:
                refs = mentions.parse(self.doc, self.cast, (ref.start, self.doc.ends[k]))
                return (
                    refs[0]
                    if len(refs) == 1
                    and refs[0].type == "nominal"
                    and refs[0].name is None
                    and refs[0].kind == "person"
                    else None
                )
        return None

    def _poll(self, i: int) -> Entity | None:
        """The poll reported last, or the one that a source itself speaks of."""
        recent = self.discourse.recent
        known = self.unnamed.polls[-1:] + [e for e in self._named_polls if id(e) in recent]
        if known:
            return max(known, key=lambda e: recent[id(e)][1].position if id(e) in recent else -1)
        source = self.sources[i] if i >= 0 else None
        if source is not None and (phrase := nearby.poll_inside(self.doc, source)) is not None:
            refs = mentions.parse(self.doc, self.cast, phrase)
            if refs and refs[0].type == "nominal" and not refs[0].share:
                return self._nominal(-1, refs[0])[0]
        return None

    def _two_before(self) -> list[Entity]:
        """The two people mentioned last: "both", "the couple"."""
        turns = self.discourse.turns
        if turns and len(turns[-1].speakers) == 2:
            return turns[-1].speakers
        if self._group is not None and len(self._group[0]) == 2:
            return self._group[0]
        recent = self.discourse.candidates()[:8]
        people = [e for e, seen in recent if e.is_person and not e.plural and seen.narrative >= 0]
        people = [e for e in people if e.named or e.heads.isdisjoint(lex.KIN)]  # "her husband, Jo Bell" is one
        return sorted(people[:2], key=lambda e: e.name) if len(people) >= 2 else []

    # --- nobody is mentioned -----------------------------------------------------------------------------------

    def _empty(self, i: int) -> list[Entity]:
        """Who goes on speaking, or is named right after."""
        if not self.text:
            return []
        a, turns = self.attributions[i], self.discourse.turns
        start = self._begin(i)
        if a.cue is None:
            if (line := self._line(start)) is not None and (voice := self._voice(line)):
                return voice
            if (m := self._signature(start)) is not None:
                return [m.entity or self.cast.adopt(m)]
            if role := self.interview.get(i):
                return self._by_role(role)
            if self.interview and turns and self.author in turns[-1].speakers:
                return self._by_role("answer")
            if self.outer[i] >= 0 and self.own[self.outer[i]]:
                return self.own[self.outer[i]]
        groups = continuations.compared(
            self.discourse, self.cast, a, self.contents[i], start, self._following(i), self.author
        )
        return self.choose("empty", i, groups)

    def _signature(self, position: int) -> NameMention | None:
        """The name that signs what is said at a position, below its paragraph or at its end."""
        return continuations.signature(self.doc, self.cast, position) or continuations.signed(
            self.doc, self.cast, position
        )

    def _following(self, i: int) -> tuple[list[Entity], int, int] | None:
        """Who one of the next attributions names, if it is near, its paragraph, and the quotation it is in or -1."""
        for j in self.order[self.rank[i] + 1 : self.rank[i] + _LOOK_AHEAD]:
            if self.outer[j] >= 0:
                continue
            refs = self.references[j]
            found = [r.name.entity for r in refs if r.type == "name" and r.name and r.name.entity]
            if refs:
                quotation = self.doc.quotation_at(self._begin(j))
                return (found, self.doc.paragraph_of(self.anchors[j]), quotation) if found else None
        return None

    def _is_headline_quotation(self, i: int) -> bool:
        """Whether an attribution quotes in a headline somebody whom only the article names."""
        if self.references[i] or self.attributions[i].cue is not None or self.discourse.turns or not self.contents[i]:
            return False
        if i in self.interview or self._signature(self._begin(i)) is not None:
            return False
        return self.doc.paragraph_of(self._begin(i)) < _HEADLINES

    def _quoted_in_headline(self, i: int) -> list[Entity]:
        """Who says a headline's words in the article; else who speaks next."""
        words = frozenset(w for s in self.contents[i] for w in continuations.content_words(self.doc, s))
        after = [j for j in self.order[self.rank[i] + 1 :][:200] if self.own[j] and j != i]
        top, best = _SAME_WORDS, -1
        for j in after:
            shared = max((continuations.spoken_again(self.doc, words, s) for s in self.contents[j]), default=0.0)
            if shared > top:
                top, best = shared, j
        if best >= 0:
            return self.own[best]
        near = [j for j in after if self.doc.paragraph_of(self._begin(j)) == self.doc.paragraph_of(self._begin(i))]
        return self.own[(near or after)[0]] if near or after else []

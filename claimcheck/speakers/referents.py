"""Whom each reference means: names stand for themselves, pronouns, nominals and silence go back to the best candidate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from claimcheck.speakers import boundaries, clues, continuations, mentions, nearby, nouns, titles, writings
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.antecedents import PERSONAL, Features
from claimcheck.speakers.candidates import BUSINESSES, Candidates
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.naming import Choose
from claimcheck.speakers.references import Reference
from claimcheck.speakers.roles import Roles

_SHARES = re.compile(
    r"\d\s?(?:percent|per cent|pc\b|%)|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)(?:-|\s)points?\b"
    r"|\b\d\d(?: to |-)\d\d\b"
)
"""What a poll finds."""
_POLLED = 2
"""Turns of speakers since a poll in which it may go on."""
NAMESAKES = 50
"""Entities with the same role that are looked through, at most."""
_OURSELVES = re.compile(
    r"[Tt]his\s(?:newspaper|page|column|columnist|editorial(?:\sboard)?|writer|reporter|correspondent)$"
)
"""What a writer calls themself, or the paper they write for."""
_OF_WHOM = re.compile(r"\bwho\s[^,.;:]{0,60}?\b(his|her)\s(?:\w+\s)?(?:name|identity|job|home|husband|wife)\b")
"""What tells whether somebody without a name is a man or a woman: "a parent who would not give her name"."""


class Referents:
    """Decides whom the references of an article mean, in the order of the text."""

    def __init__(self, candidates: Candidates, roles: Roles, choose: Choose) -> None:
        self.candidates = candidates
        self.roles = roles
        self._choose = choose
        self.passages, self.discourse = candidates.passages, candidates.discourse
        self.doc, self.cast, self.text = candidates.doc, candidates.cast, candidates.text
        self.own, self.author, self.unnamed = candidates.own, candidates.author, candidates.unnamed
        self._interviewee: Entity | None = None
        self._named_polls = [e for e in self.cast.entities if e.words[-1] in lex.POLLS][:NAMESAKES]
        self._bodies: dict[str, list[int]] = defaultdict(list)
        """Where the nouns of bodies stand, as tokens."""
        for k, word in enumerate(self.doc.words):
            if word in lex.ORG_HEADS or word in lex.GROUPS:
                self._bodies[word].append(k)

    def compared(
        self, i: int, ref: Reference, gender: float, others: Sequence[Entity] = ()
    ) -> list[tuple[list[Entity], Features]]:
        """The candidates for a reference, with features; "nobody mentioned yet" last."""
        return self.candidates.compared(i, ref, gender, others, self.voice)

    def one(self, i: int, ref: Reference) -> list[Entity]:
        """Whom one reference means, the source of an attribution ``i`` or, where that is -1, of none."""
        if ref.type == "name" and ref.name is not None:
            return [ref.name.entity or self.cast.adopt(ref.name)]
        if ref.type == "pronoun":
            return self._pronoun(i, ref)
        return self._nominal(i, ref)

    def voice(self, line: continuations.Line) -> list[Entity]:
        """Who says a line of a transcript."""
        if role := continuations.role_of_label(self.text[slice(*line.name)]):
            return self.by_role(role)
        return [e for ref in mentions.parse(self.doc, self.cast, line.name) for e in self.one(-1, ref)]

    def by_role(self, role: str) -> list[Entity]:
        """Who asks and who answers in an interview."""
        if role == "question":
            return [self.author]
        if self._interviewee is None:
            begins = [
                line.start
                for line in self.passages.transcript
                if continuations.role_of_label(self.text[slice(*line.name)])
            ]
            begins += [self.passages.begin(i) for i in self.passages.interview]
            self._interviewee = continuations.interviewee(self.cast, min(begins, default=0))
        return [self._interviewee] if self._interviewee else []

    def _pronoun(self, i: int, ref: Reference) -> list[Entity]:
        outer = self.passages.outer[i] if i >= 0 else -1
        if ref.paradigm in ("i", "we"):
            if (line := self.passages.line(ref.start)) is not None and (voice := self.voice(line)):
                return voice
            if outer >= 0 and self.own[outer]:
                return self.own[outer]
            if self.doc.quotation_at(ref.start) >= 0:
                return self.unsourced(i)
            return [self.author]
        if ref.paradigm == "who" and (antecedent := self._relative(ref)) is not None:
            return [antecedent]
        kind = {"she": "he", "who": "he", "you": "he"}.get(ref.paradigm, ref.paradigm)
        gender = {"he": 1.0, "she": -1.0}.get(ref.paradigm, 0.0)
        compared = self.compared(i, ref, gender)
        winner = self._choose(kind, i, compared) or self._of_themself(ref, gender, compared)
        for entity in winner:
            if gender * clues.told_by_name(entity) >= 0:
                entity.gender += 0.5 * gender
        last = self.discourse.turns[-1].speakers if self.discourse.turns else []
        together = ref.paradigm == "they" and len(last) > 1 and bool(winner) and winner[0] in last
        return last if together else winner

    def _of_themself(
        self, ref: Reference, gender: float, compared: Sequence[tuple[list[Entity], Features]]
    ) -> list[Entity]:
        """The one whom what is said names, where it can be nobody else: "Volta Cells had shut the plant, it said"."""
        if ref.paradigm not in ("he", "she", "it"):
            return []
        fits = [
            group
            for group, f in compared
            if f.get("own_content") and group[0].is_person == (ref.paradigm != "it") and group[0].gender * gender >= 0
        ]
        return fits[0] if len(fits) == 1 else []

    def _relative(self, ref: Reference) -> Entity | None:
        """The noun phrase just before a relative pronoun."""
        if (m := nearby.name_before_relative(self.doc, self.cast, ref.start)) is not None:
            return m.entity
        if (phrase := nearby.phrase_before_relative(self.doc, ref.start)) is not None:
            refs = mentions.parse(self.doc, self.cast, phrase)
            found = self.one(-1, refs[0]) if refs and refs[0].type != "pronoun" else []
            return found[0] if found else None
        return None

    def _nominal(self, i: int, ref: Reference) -> list[Entity]:
        if _OURSELVES.match(self.text, ref.start, ref.end) and self.doc.quotation_at(ref.start) < 0:
            return [self.author]
        if ref.share and (poll := self._poll(i)) is not None:
            return [poll]
        said_before = i >= 0 and any(0 <= ref.start - b <= 2 for _, b in self.passages.contents[i])
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
        if (
            ref.head in lex.MESSAGES
            and not ref.paradigm
            and (whose := nearby.possessor(self.doc, self.cast, ref)) is not None
        ):
            return self.one(-1, whose)  # "the governor's account"
        if ref.kind == "document" and (senders := self._senders(i, ref)):
            return senders
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
        winner = self._choose("nominal", i, self.compared(i, ref, ref.gender))
        for entity in winner:
            if entity.document != (ref.kind == "document"):
                continue  # the author of a letter is not called by it
            self.unnamed.rename(entity, ref)
            if entity.named and ref.kind == "body" and ref.head in BUSINESSES and PERSONAL.isdisjoint(entity.clues):
                entity.person = min(entity.person, -0.5)  # "Volta Cells" is "the company" afterwards
            if entity.named and entity.is_person and titles.is_title(ref):
                self.roles.add_title(entity, boundaries.trimmed(self.doc, ref.phrase), 0.2)
        return winner or [self.unnamed.introduce(ref)]

    def _senders(self, i: int, ref: Reference) -> list[Entity]:
        """Who speaks through a statement or message: "a statement from the council"."""
        source = self.passages.sources[i] if i >= 0 else None
        span = (ref.start, max(ref.end, ref.phrase[1], source[1] if source else 0))
        whose = writings.sender(self.doc, ref.head, span)
        refs = mentions.parse(self.doc, self.cast, whose) if whose else []
        senders = [e for r in refs if r.type != "pronoun" and r.kind != "document" for e in self.one(-1, r)]
        for entity in senders:
            entity.heads.add(ref.head)  # "the statement added"
        return senders

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
            or self.candidates.is_last_of_two(ref, last[0])
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
        for e in self.candidates.by_head.get(ref.head, [])[:NAMESAKES]:
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

    def _poll(self, i: int) -> Entity | None:
        """The poll reported last, or the one that a source itself speaks of."""
        recent = self.discourse.recent
        known = self.unnamed.polls[-1:] + [e for e in self._named_polls if id(e) in recent]
        if known:
            return max(known, key=lambda e: recent[id(e)][1].position if id(e) in recent else -1)
        source = self.passages.sources[i] if i >= 0 else None
        phrase = nearby.poll_inside(self.doc, source) if source is not None else None
        if phrase is None and source is not None:
            phrase = nearby.poll_before(self.doc, source[0])
        if phrase is not None:
            refs = mentions.parse(self.doc, self.cast, phrase)
            if refs and refs[0].type == "nominal" and not refs[0].share:
                return self._nominal(-1, refs[0])[0]
        return None

    def _poll_reported_on(self, start: int) -> Entity | None:
        """The poll that spoke lately, where shares are given outside quotation marks and nobody is named who found them."""
        if self.doc.quotation_at(start) >= 0 or not _SHARES.search(self.text, start, self.doc.sentence_span(start)[1]):
            return None
        for turn in reversed(self.discourse.turns[-_POLLED:]):
            for e in turn.speakers:
                if e.document and (e.words[-1].lower() in lex.POLLS or not e.heads.isdisjoint(lex.POLLS)):
                    return e
        return None

    def _two_before(self) -> list[Entity]:
        """The two people mentioned last: "both", "the couple"."""
        turns = self.discourse.turns
        if turns and len(turns[-1].speakers) == 2:
            return turns[-1].speakers
        if self.candidates.group is not None and len(self.candidates.group[0]) == 2:
            return self.candidates.group[0]
        recent = self.discourse.candidates()[:8]
        people = [e for e, seen in recent if e.is_person and not e.plural and seen.narrative >= 0]
        people = [e for e in people if e.named or e.heads.isdisjoint(lex.KIN)]  # "her husband, Jo Bell" is one
        return sorted(people[:2], key=lambda e: e.name) if len(people) >= 2 else []

    def unsourced(self, i: int) -> list[Entity]:
        """Who goes on speaking, or is named right after."""
        if not self.text:
            return []
        a, turns = self.passages.attributions[i], self.discourse.turns
        start = self.passages.begin(i)
        if a.cue is None:
            if (line := self.passages.line(start)) is not None and (voice := self.voice(line)):
                return voice
            if (m := self.passages.signature(start)) is not None:
                return [m.entity or self.cast.adopt(m)]
            if role := self.passages.interview.get(i):
                return self.by_role(role)
            if self.passages.interview and turns and self.author in turns[-1].speakers:
                return self.by_role("answer")
            if self.passages.outer[i] >= 0 and self.own[self.passages.outer[i]]:
                return self.own[self.passages.outer[i]]
            if (poll := self._poll_reported_on(start)) is not None:
                return [poll]
        groups = continuations.compared(
            self.discourse, self.cast, a, self.passages.contents[i], start, self.passages.following(i), self.author
        )
        return self._choose("empty", i, groups)

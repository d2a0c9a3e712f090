"""Who is who: which names mean the same person or body.

Full names first; then short forms join the full name that they end (surname), begin (first name, body) or abbreviate
(initials, or in brackets after the name). People who share a surname are told apart by title, gender and nearness.
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from claimcheck.paragraphs import Span
from claimcheck.speakers import abbreviations, clues, given_names, handles, names, spelling
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention

_NAMESAKES = 60
"""Entities with the same word in their name that are told apart, at most: bounds the work on odd texts."""
_LONGEST_SOURCE = 400
"""Code points of a source that is looked at: a longer one is the network's mistake."""
_SPOKE = 0.8
"""What it counts for a short form in a source that the full name is a source elsewhere."""
_AGES = {"elder": 1, "older": 1, "senior": 1, "younger": -1, "junior": -1}
_GENERATIONS = {
    **dict.fromkeys(["father", "mother", "uncle", "aunt", "grandfather", "grandmother"], 1),
    **dict.fromkeys(["son", "daughter", "nephew", "niece", "grandson", "granddaughter"], -1),
}
_WHOSE = frozenset(["his", "her", "their", "whose", "the"])
_ALIAS = re.compile(r"\s*\(\s*(?:the\s+)?[\"“'‘]?([A-Z][\w&.-]{1,15})[\"”'’]?\s*\)")

_CALLED = re.compile(
    r",\s+(?:or|(?:also |better )?known (?:as|by (?:its|the) (?:\w+ ){0,2}(?:acronym|initials|abbreviation)))\s+(?:the\s+)?([A-Z][\w&.-]{1,15})(?=,| |\.)"
)
"""An abbreviation said after the name: "the European Medicines Agency, or EMA, ", "known by its French acronym MSF"."""

_LEGAL_FORMS = frozenset(["ltd", "limited", "plc", "inc", "llc", "corp", "co", "gmbh", "ag", "sa", "nv", "pty"])
"""What a company's name ends with and its initials leave out."""
_NO_PERSON = frozenset(["in", "the", "capital", "demonym", "acronym", "org_head", "org_inside", "linked", "digit"])
"""Clues to a name that is no person's."""
_NO_SURNAME = lex.ORG_HEADS | lex.CAPITALS | lex.PLACE_STARTS


class Cast:
    """All name mentions of an article, in order, and the entities they name."""

    def __init__(self, doc: Document, sources: Iterable[Span]) -> None:
        self.doc = doc
        sources = list(sources)
        self._source_tokens = {k for a, b in sources if b - a <= _LONGEST_SOURCE for k in doc.tokens_in(a, b)}
        self._ages: Counter[int] | None = None
        """How much more often each entity, by ``id``, stands as somebody's father than as somebody's son."""
        self._speaking: set[int] = set()
        """Entities, by ``id``, whose full name stands in a source."""
        self.mentions = handles.join(doc, abbreviations.join(doc, names.find(doc, sources)))
        self._starts = [m.whole for m in self.mentions]
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._by_initial: dict[str, list[Entity]] = defaultdict(list)
        """By the first letter of the last name, without its marks."""
        self._cluster()
        clues.count_pronouns(doc, self.mentions)
        self.weigh()

    def weigh(self) -> None:
        """Make up every entity's mind whether it is a person, from all the clues seen so far."""
        for entity in self.entities:
            entity.person = clues.log_odds(entity.clues, len(entity.words))

    def within(self, start: int, end: int) -> list[NameMention]:
        """The mentions that overlap a span, in order."""
        k = bisect.bisect_left(self._starts, start)
        found = []
        while k > 0 and self.mentions[k - 1].end > start:
            k -= 1
        while k < len(self.mentions) and self.mentions[k].whole < end:
            if self.mentions[k].end > start:
                found.append(self.mentions[k])
            k += 1
        return found

    def at(self, token: int) -> NameMention | None:
        """The name that a token is in, its title aside."""
        position = self.doc.starts[token]
        return next((m for m in self.within(position, position + 1) if m.first <= token <= m.last), None)

    def adopt(self, m: NameMention) -> Entity:
        """The entity of a mention that had none: a name that stands only where capitals tell little."""
        m.entity = self._new(m)
        m.entity.positions.append(m.start)
        m.entity.clues.update(m.clues)
        m.entity.person, m.entity.gender = clues.log_odds(m.entity.clues, len(m.words)), m.gender
        return m.entity

    def _cluster(self) -> None:
        """Give every mention its entity: full names first, then short forms where they stand."""
        forms: dict[tuple[str, ...], list[NameMention]] = defaultdict(list)
        for m in self.mentions:
            if not m.weak:
                forms[m.key].append(m)
        for key in sorted((k for k in forms if len(k) > 1), key=lambda k: (-len(k), forms[k][0].start)):
            entity = self._compatible(key) or self._misspelt(forms[key][0]) or self._new(forms[key][0])
            entity.count += len(forms[key])
            if any(m.first in self._source_tokens for m in forms[key]):
                self._speaking.add(id(entity))
            for m in forms[key]:
                m.entity = entity
        aliases = self._aliases()
        last_of: dict[str, Entity] = {}
        for m in self.mentions:
            if m.entity is None:
                if len(m.key) > 1:
                    m.entity = self._compatible(m.key) if m.weak and not m.bare else None
                elif (known := aliases.get(m.words[0])) is not None:
                    m.entity = known
                else:
                    m.entity = self._short(m, last_of) or self._misspelt(m)
                    if m.entity is None and not m.weak:
                        m.entity = self._new(m)
            if m.entity is not None:
                m.entity.positions.append(m.start)
                m.entity.clues.update(m.clues)
                m.entity.clues["mentions"] += 1
                m.entity.gender += m.gender
                m.entity.heads.update(_heads(m.title))
                for w in m.key:
                    last_of[w] = m.entity
        for entity in self.entities:
            entity.heads.update(lex.SAME_TITLE.get(w, w) for w in entity.words if w in lex.ORG_HEADS)
        for entity in self.entities:
            entity.plural = entity.plural or self._is_family(entity)
        for mentions in forms.values():
            for m in mentions:
                e = m.entity
                if e is not None and len(m.key) > len(e.words):
                    e.name, e.words = (m.start, m.end), m.key

    def _with_particle(self, m: NameMention, words: tuple[str, ...]) -> bool:
        """Whether the particle that a longer name has before a word stands before it here, too: "bin Nasser"."""
        before = words[words.index(m.key[0]) - 1]
        return m.first > 0 and before in lex.PARTICLES and self.doc.low[m.first - 1] == before

    def _by_age(self, m: NameMention) -> Entity | None:
        """The elder or the younger of two people of a surname: "the younger Sousa"."""
        age = _AGES.get(self.doc.low[m.first - 1], 0) if m.first else 0
        if not age:
            return None
        found = [e for e in self._by_word.get(m.key[0], ()) if len(e.words) > 1 and e.words[-1] == m.key[0]]
        if len(found) != 2:
            return None
        if self._ages is None:  # once, however many are called so
            self._ages = Counter()
            for n in self.mentions:
                if n.entity is not None and len(n.key) > 1:
                    self._ages[id(n.entity)] += self._age(n)
        ages = [self._ages[id(e)] for e in found]
        if ages[0] == ages[1]:
            return None
        return found[0] if (ages[0] > ages[1]) == (age > 0) else found[1]

    def _age(self, m: NameMention) -> int:
        """1 where a name stands beside "his father", -1 beside "her daughter"."""
        doc = self.doc
        k = m.first - 1
        while k >= 0 and m.first - k < 8 and doc.sentence_of(doc.starts[k]) == doc.sentence_of(m.start):
            if doc.low[k] in _GENERATIONS and k and (doc.low[k - 1] in _WHOSE or doc.possessive[k - 1]):
                return _GENERATIONS[doc.low[k]]
            if doc.low[k] in ("and", "said", "that"):
                break
            k -= 1
        k = m.last + 1
        if doc.text[m.end : m.end + 1] == "," and k + 1 < len(doc.words):
            k += doc.low[k] in ("the", "a", "his", "her")
            return _GENERATIONS.get(doc.low[k], 0)
        return 0

    def _is_family(self, entity: Entity) -> bool:
        """Whether a name is the plural of a person's surname: "the Sousas"."""
        word = entity.words[0]
        if len(entity.words) > 1 or not entity.clues["the"] or not word.endswith("s"):
            return False
        return any(
            len(e.words) > 1 and e.words[-1] == single and _NO_PERSON.isdisjoint(e.clues)
            for single in (word[:-1], word.removesuffix("es"))
            for e in self._by_word.get(single, ())
        )

    def _new(self, m: NameMention) -> Entity:
        entity = Entity((m.start, m.end), m.key)
        self.entities.append(entity)
        for w in dict.fromkeys(m.key):
            if len(self._by_word[w]) < _NAMESAKES:
                self._by_word[w].append(entity)
        if (
            len(entity.words) > 1
            and len(namesakes := self._by_initial[spelling.plain(entity.words[-1][:1])]) < _NAMESAKES
        ):
            namesakes.append(entity)
        return entity

    def _compatible(self, key: tuple[str, ...]) -> Entity | None:
        """An entity whose full name has these words in this order, the first and last included if it is a person."""
        last = key[-2] if key[-1] in lex.SUFFIXES and len(key) > 2 else key[-1]
        best: Entity | None = None
        for entity in self._by_word.get(last, ()):
            words = entity.words
            if words == key:
                return entity
            if key[-1] not in lex.SUFFIXES and words[-1] in lex.SUFFIXES:
                continue
            same_first = words[0] == key[0] or (len(key[0]) == 1 and words[0].startswith(key[0]))
            ordered = _is_subsequence(key, words) if words[0] == key[0] else same_first and words[-1] == key[-1]
            last_but_one = len(words) > len(key) and _first_surname(words) == key[-1]
            if ordered and words[-1] != key[-1] and not last_but_one and not any(w in lex.ORG_HEADS for w in words):
                continue  # the names of two people do not begin alike for nothing
            particle = (
                last_but_one and len(key) == 2 and key[0] in lex.PARTICLES
            )  # "Bin Saeed" is Ali bin Saeed al-Amri
            if ordered or particle or words[-len(key) :] == key or words[: len(key)] == key:
                best = best or entity
        return best

    def _misspelt(self, m: NameMention) -> Entity | None:
        """Somebody whose last name a mention has with one slip, and the first name without, if it has one."""
        key = m.key
        if m.weak or len(key) > 3 or len(key[-1]) < spelling.SHORTEST or not _NO_PERSON.isdisjoint(m.clues):
            return None
        alone = len(key) == 1
        for entity in self._by_initial.get(spelling.plain(key[-1][0]), ()):
            words = entity.words
            first = alone or spelling.plain(words[0]) == spelling.plain(key[0])
            same = spelling.is_slip(key[-1], words[-1]) or (not alone and key[-1] == words[-1])
            if 1 < len(words) < 4 and first and same:
                if not _NO_SURNAME.isdisjoint(words):
                    continue
                return entity
        return None

    def _aliases(self) -> dict[str, Entity]:
        """Abbreviations: in brackets after a name, or the initials of a body's name."""
        aliases: dict[str, Entity] = {}
        initials: dict[str, Entity] = {}
        for m in self.mentions:
            if m.entity is not None and (handle := handles.of_name(self.doc, m)) is not None:
                aliases.setdefault(handle, m.entity)
            if m.entity is None or len(m.words) < 2:
                continue
            if found := _ALIAS.match(self.doc.text, m.end, m.end + 24) or _CALLED.match(
                self.doc.text, m.end, m.end + 80
            ):
                short = found.group(1)
                if sum(c.isupper() for c in short) >= 2 or short.lower() in m.key:
                    aliases.setdefault(short, m.entity)
            capital = "".join(w[0] for w in m.words if w[0].isupper())
            every = "".join(w[0] for w in m.words)
            # "Inter-Services Intelligence"
            parts = "".join(p[0] for w in m.words for p in w.split("-") if p[:1].isupper())
            # "CDC" is the Centers for Disease Control and Prevention
            half = "".join(w[0] for w in m.words[: m.words.index("and")] if w[0].isupper()) if "and" in m.words else ""
            # "TVR" is Tarn Valley Railways Ltd
            firm = "".join(w[0] for w in m.words if w[0].isupper() and w.lower() not in _LEGAL_FORMS)
            for form in (capital, every.upper(), parts, half if len(half) > 2 else "", firm):
                if len(form) >= 2:
                    initials.setdefault(form, m.entity)
                    initials.setdefault(".".join(form), m.entity)
        for m in self.mentions:
            w = m.words[0]
            if len(m.words) == 1 and sum(c.isupper() for c in w) >= 2 and w not in aliases and w in initials:
                aliases[w] = initials[w]
        return aliases

    def _short(self, m: NameMention, last_of: dict[str, Entity]) -> Entity | None:
        """Who a name of one word is: somebody with that surname, first name, or a body whose name it shortens."""
        word = m.key[0]
        if (told := self._by_age(m)) is not None:
            return told
        best, best_score = None, 0.0
        for entity in self._by_word.get(word, ()):
            words = entity.words
            surname = words[-1] == word or (words[-1] in lex.SUFFIXES and len(words) > 2 and words[-2] == word)
            body = any(w in lex.ORG_HEADS for w in words) or "linked" in entity.clues
            if len(words) == 1 or (surname and not body):
                score = 4.0
            elif surname:
                score = 2.0
            elif words[0] == word:
                if body and (word in lex.CAPITALS or word in lex.ORG_HEADS or m.title):
                    continue
                score = 2.5
            elif (
                not body
                and _first_surname(words) == word
                and (self._with_particle(m, words) or not given_names.gender(word))
            ):
                score = 1.5  # "Rojas" is Clara Rojas Pardo where nobody else is called so
            else:
                continue
            plural = "org_end" in entity.clues or "plural_noun" in entity.clues
            if m.bare and (len(words) == 1 or body or plural or not surname):
                continue  # "Workers said" are not the Harbour Workers
            if m.title and body:
                score -= 3.0
            if m.gender and entity.gender:
                score += 2.0 if (m.gender > 0) == (entity.gender > 0) else -5.0
            elif m.gender and len(words) > 1 and m.gender * given_names.gender(words[0]) < 0:
                score -= 5.0  # "Mrs. Sousa" is not Robert Sousa
            score += 0.6 * math.log1p(entity.count) + (1.0 if last_of.get(word) is entity else 0.0)
            if entity.name[0] < m.start:
                score += 0.5
            if m.first in self._source_tokens and id(entity) in self._speaking:
                score += _SPOKE
            if score > best_score:
                best, best_score = entity, score
        return best


def _heads(title: tuple[str, ...]) -> set[str]:
    return {lex.SAME_TITLE.get(w, w) for w in title if w in lex.TITLE_ENDS or w in lex.PERSON_NOUNS}


def _first_surname(words: tuple[str, ...]) -> str:
    """The last word but one of a long name, particles aside, by which its bearer may be called: a surname, a patronymic."""
    plain = [w for w in words[1:] if w not in lex.PARTICLES]
    return plain[-2] if len(plain) > 1 else ""


def _is_subsequence(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(w in rest for w in short)

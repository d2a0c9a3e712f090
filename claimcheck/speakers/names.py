"""Proper names of an article: where they stand, and which of them are the same person or body.

No gazetteer: a name is a run of capitalised words, a title before it or an age after it makes it a person's, a head
such as "Ministry" a body's. Short forms join the full name that they end (surname), begin (first name, body) or
abbreviate (initials, or in brackets after the name).
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import OPENING, Document
from claimcheck.speakers.entities import Entity, NameMention

_LONGEST = 14
"""Tokens in one name at most: bounds the work on text in capitals."""
_SPACES = frozenset([" ", "\u00a0", "\u202f", "\n", "  "])
_NAMEABLE = frozenset("may june april august will march mark west so do an can first second dear long young little small good best".split())
_NOUNS = (
    lex.PERSON_NOUNS | lex.DOCUMENTS | lex.GROUPS | lex.PLURAL_NOUNS | lex.ORG_HEADS | (lex.TITLES - {"dean", "bishop"})
)
_PRONOUN_GENDER = {"he": 1.0, "his": 1.0, "him": 1.0, "she": -1.0, "her": -1.0, "hers": -1.0, "himself": 1.0, "herself": -1.0}
_AGE = re.compile(r",\s+(?:aged\s+)?\d{1,3}\b(?:,|\s+and\b|\.|$)")
_WHO = re.compile(r",?\s+who\b")
_ALIAS = re.compile(r"\s*\(\s*(?:the\s+)?[\"“'‘]?([A-Z][\w&.-]{1,15})[\"”'’]?\s*\)")


class Names:
    """All name mentions of an article, in order, and the entities they name."""

    def __init__(self, doc: Document, sources: Iterable[Span]) -> None:
        self.doc = doc
        self._strong = _covered_tokens(doc, sources)
        self._middle: Counter[str] = Counter()
        self._lower: set[str] = set()
        self._headline = _headlines(doc)
        self._initial = [self._starts_something(i) for i in range(len(doc.words))]
        for i, w in enumerate(doc.words):
            if w[0].islower():
                self._lower.add(w)
            elif w[0].isupper() and not self._initial[i] and not self._headline[i]:
                self._middle[w] += 1
        self.mentions: list[NameMention] = []
        self._scan()
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._cluster()
        self._starts = [m.whole for m in self.mentions]
        self._pronouns()

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

    # --- where names stand -------------------------------------------------------------------------------------

    def _starts_something(self, i: int) -> bool:
        doc = self.doc
        before = doc.before(i)
        return before == "" or before in OPENING or before in ".!?:…—–" or before in "”»’" and _new_sentence(doc, i)

    def _is_name_token(self, i: int, *, inside: bool) -> bool:
        w = self.doc.words[i]
        if not w[0].isupper():
            return len(w) > 4 and w[:3] in ("al-", "el-", "ul-", "an-", "as-", "at-") and w[3].isupper()
        low = w.lower()
        if low in lex.FUNCTION:
            if low not in _NAMEABLE:
                return inside and len(w) == 1 and self.doc.text[self.doc.ends[i] : self.doc.ends[i] + 1] == "."
            if inside:
                return True
            return not self._initial[i] and low in ("may", "will", "april", "june", "mark", "august") and self._may_be_person(i)
        if len(w) > 40:
            return False
        if inside or i in self._strong or not self._initial[i]:
            return True
        # The first word of a sentence: a name unless it is known as a common word.
        if self._middle[w]:
            return True
        return not (low in self._lower or low in _NOUNS or low.endswith(("ly", "ing")) or low.rstrip("s") in _NOUNS)

    def _may_be_person(self, i: int) -> bool:
        previous = self.doc.words[i - 1].lower() if i else ""
        following = self.doc.words[i + 1] if i + 1 < len(self.doc.words) else ""
        return previous not in lex.FUNCTION - {"and", "but"} and not following[:1].isdigit() and not previous.isdigit()

    def _scan(self) -> None:
        doc, n, i = self.doc, len(self.doc.words), 0
        while i < n:
            if not self._is_name_token(i, inside=False) and not self._title_starts(i):
                i += 1
                continue
            j, linked = i, False
            while j + 1 < n and j - i < _LONGEST and not doc.possessive[j]:
                step = self._step(i, j, linked)
                if not step:
                    break
                linked |= doc.words[j + 1].islower() and doc.words[j + 1] in ("of", "for")
                j += step
            self._add(i, j)
            i = j + 1

    def _title_starts(self, i: int) -> bool:
        """Whether a capitalised role word opens a sentence before a name: "Governor Ana Sousa", "Economist Jo Bell"."""
        doc = self.doc
        w = doc.words[i]
        if not w[0].isupper() or w.lower() in lex.FUNCTION or i + 1 >= len(doc.words):
            return False
        return (w.lower() in _NOUNS or w.lower() in lex.HONORIFICS) and doc.words[i + 1][0].isupper()

    def _step(self, i: int, j: int, linked: bool) -> int:
        """By how many tokens the run ``i`` to ``j`` goes on: 0 if it ends here."""
        doc = self.doc
        gap, w = doc.gap(j, j + 1), doc.words[j + 1]
        left = doc.words[j].lower()
        if self._is_name_token(j + 1, inside=True):
            if gap in _SPACES or gap in (" & ", " “", " ‘"):
                return 1 if gap in _SPACES or gap == " & " else 0
            dotted = gap.startswith(".") and gap[1:] in ("", *_SPACES)
            abbreviated = len(left) == 1 or left in lex.TITLES or left in lex.HONORIFICS or left in lex.SUFFIXES or left in ("st", "u.s", "u.k", "u.n")
            if dotted and abbreviated and left not in ("i",):
                return 1
            if gap.strip() in (",",) and w.lower() in lex.SUFFIXES:
                return 1
            return 0
        if gap not in _SPACES:
            return 0
        run = [doc.words[k].lower() for k in range(i, j + 1)]
        body = any(r in lex.ORG_HEADS for r in run)
        for size in (2, 3):
            k = j + size
            if k >= len(doc.words) or any(doc.gap(x, x + 1) not in _SPACES for x in range(j + 1, k)):
                break
            links = [doc.words[x] for x in range(j + 1, k)]
            if not self._is_name_token(k, inside=True):
                continue
            if all(x in lex.PARTICLES for x in links):
                return size
            if body and all(x in lex.ORG_LINKS for x in links) and (links[0] in ("of", "for") or linked and links[0] in ("and", "the")):
                return size
        return 0

    def _add(self, i: int, j: int) -> None:
        """Make a mention of the run of tokens ``i`` to ``j``, its title split off; a bare title makes none."""
        doc = self.doc
        words = doc.words[i : j + 1]
        low = [w.lower() for w in words]
        body = low[-1] in lex.ORG_HEADS or any(w in lex.ORG_LINKS for w in low)
        cut = 0
        for k, w in enumerate(low):
            ends_title = w in lex.HONORIFICS or (not body and (w in lex.TITLE_ENDS or w in lex.PERSON_NOUNS))
            if ends_title and k + 1 < len(low):
                cut = k + 1
        # "Secretary of State Jo Bell": what follows "of" begins with the office.
        office = i >= 2 and doc.words[i - 1] == "of" and doc.words[i - 2].lower() in lex.TITLE_ENDS
        if office and not cut and len(words) >= 3 and (low[0] in lex.TITLES or low[0] in lex.CAPITALS):
            cut = 1
        if cut and len(low) > cut and all(w in lex.TITLES for w in low[cut:]):
            cut = 0
        title = low[:cut]
        if all(w in lex.TITLES or w in lex.HONORIFICS for w in low):
            # "Prime Minister": a role, not a name, unless an honorific stands before a surname such as "King".
            if not (len(low) > 1 and low[0] in lex.HONORIFICS):
                return
            cut, title = 1, low[:1]
        name = words[cut:]
        gender, evidence = 0.0, self._evidence(i, i + cut, j, name)
        if cut:
            evidence += 3.0
            for w in title:
                sign = {"m": 2.0, "f": -2.0}
                gender += sign.get(lex.HONORIFICS.get(w, ""), 0.0) + sign.get(lex.GENDERED_NOUNS.get(w, ""), 0.0)
        if len(name) > 1 and (g := lex.GIVEN_NAMES.get(name[0].lower())):
            gender += 1.0 if g == "m" else -1.0
        weak = self._headline[i] or (self._initial[i] and not cut and j == i and not self._middle[words[0]])
        if i in self._strong:
            weak = weak and self._headline[i] and len(name) > 3
        self.mentions.append(
            NameMention(
                doc.starts[i + cut],
                doc.ends[j],
                tuple(name),
                i + cut,
                j,
                doc.starts[i],
                tuple(title),
                evidence,
                gender,
                weak,
            )
        )

    def _evidence(self, whole: int, first: int, last: int, name: list[str]) -> float:
        """How much the words in and around a mention speak for a person (positive) or against."""
        doc = self.doc
        low = [w.lower() for w in name]
        after = doc.text[doc.ends[last] : doc.ends[last] + 24]
        previous = doc.words[whole - 1].lower() if whole and doc.gap(whole - 1, whole) in _SPACES else ""
        following = doc.words[last + 1] if last + 1 < len(doc.words) and doc.gap(last, last + 1) in _SPACES else ""
        score = 0.0
        if low[-1] in lex.ORG_HEADS:
            score -= 5.0
        elif any(w in lex.ORG_HEADS for w in low):
            score -= 2.0
        if any(w in ("of", "for", "the", "and") for w in name) or "&" in doc.text[doc.starts[first] : doc.ends[last]]:
            score -= 4.0
        if low[0] in lex.PLACE_STARTS:
            score -= 2.0
        if len(name) == 1:
            if name[0].isupper() and 2 <= len(name[0]) <= 6 and self._initial[whole] is False:
                score -= 2.0
            if low[0] in lex.CAPITALS:
                score -= 4.0
            elif low[0].endswith(("ese", "ian", "ish", "ans")):
                score -= 1.0
        elif len(name) <= 4:
            score += 0.7
        if low[0] in lex.GIVEN_NAMES:
            score += 2.5 if len(name) > 1 else 1.0
        if len(name) > 2 and any(len(w) == 1 for w in name):
            score += 2.0
        if _AGE.match(after):
            score += 3.0
        if _WHO.match(after):
            score += 2.0
        if previous == "the":
            score -= 2.0 if whole == first else 0.0
        elif previous in ("in", "at", "near", "across", "outside"):
            score -= 1.0
        if lex.SPEECH.match(following) or lex.SPEECH.match(previous):
            score += 0.7
        return score

    # --- who is who --------------------------------------------------------------------------------------------

    def _cluster(self) -> None:
        """Give every mention its entity: full names first, then short forms where they stand."""
        forms: dict[tuple[str, ...], list[NameMention]] = defaultdict(list)
        for m in self.mentions:
            if not m.weak:
                forms[m.key].append(m)
        long = sorted((k for k in forms if len(k) > 1), key=lambda k: (-len(k), forms[k][0].start))
        for key in long:
            entity = self._compatible(key, sum(m.evidence for m in forms[key]))
            if entity is None:
                entity = self._new(forms[key][0])
            for m in forms[key]:
                m.entity = entity
        aliases = self._aliases()
        last_of: dict[str, Entity] = {}
        for m in self.mentions:
            if m.entity is None:
                key = m.key
                if len(key) > 1:
                    m.entity = self._compatible(key, m.evidence) if m.weak else None
                elif (known := aliases.get(m.words[0])) is not None:
                    m.entity = known
                else:
                    m.entity = self._short(m, last_of)
                    if m.entity is None and not m.weak:
                        m.entity = self._new(m)
            if m.entity is not None:
                m.entity.positions.append(m.start)
                m.entity.person += m.evidence
                m.entity.gender += m.gender
                m.entity.heads.update(_heads(m.title))
                for w in m.key:
                    last_of[w] = m.entity
        for entity in self.entities:
            entity.heads.update(lex.SAME_TITLE.get(w, w) for w in entity.words if w in lex.ORG_HEADS)
            # The name as it is written in full most often.
        self._best_forms(forms)

    def _best_forms(self, forms: dict[tuple[str, ...], list[NameMention]]) -> None:
        for mentions in forms.values():
            for m in mentions:
                e = m.entity
                if e is None:
                    continue
                known = len(e.words)
                if len(m.key) > known:
                    e.name, e.words = (m.start, m.end), m.key

    def _new(self, m: NameMention) -> Entity:
        entity = Entity((m.start, m.end), m.key)
        self.entities.append(entity)
        for w in dict.fromkeys(m.key):
            if len(self._by_word[w]) < 60:
                self._by_word[w].append(entity)
        return entity

    def _compatible(self, key: tuple[str, ...], evidence: float) -> Entity | None:
        """An entity whose full name has these words in this order, the first and last included if it is a person."""
        last = key[-2] if key[-1] in lex.SUFFIXES and len(key) > 2 else key[-1]
        best: Entity | None = None
        for entity in self._by_word.get(last, ()):
            words = entity.words
            if words == key:
                return entity
            if (key[-1] in lex.SUFFIXES) != (words[-1] in lex.SUFFIXES) and words[-1] in lex.SUFFIXES:
                continue
            same_first = words[0] == key[0] or (len(key[0]) == 1 and words[0].startswith(key[0]))
            ordered = _is_subsequence(key, words) if words[0] == key[0] else same_first and words[-1] == key[-1]
            suffix = words[-len(key) :] == key or words[: len(key)] == key
            if ordered or suffix:
                best = best or entity
        return best

    def _aliases(self) -> dict[str, Entity]:
        """Abbreviations: in brackets after a name, or the initials of a body's name."""
        aliases: dict[str, Entity] = {}
        initials: dict[str, Entity] = {}
        for m in self.mentions:
            if m.entity is None or len(m.words) < 2:
                continue
            if found := _ALIAS.match(self.doc.text, m.end, m.end + 24):
                short = found.group(1)
                if sum(c.isupper() for c in short) >= 2 or short.lower() in m.key:
                    aliases.setdefault(short, m.entity)
            capital = "".join(w[0] for w in m.words if w[0].isupper())
            every = "".join(w[0] for w in m.words)
            for form in (capital, every.upper()):
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
        candidates = self._by_word.get(word, [])
        if not candidates:
            return None
        best, best_score = None, 0.0
        for entity in candidates:
            words = entity.words
            score = 0.0
            person = entity.person + sum(0.0 for _ in ())
            surname = words[-1] == word or (words[-1] in lex.SUFFIXES and len(words) > 2 and words[-2] == word)
            if len(words) == 1:
                score += 4.0
            elif surname:
                score += 4.0 if not any(w in lex.ORG_HEADS for w in words) else 2.0
            elif words[0] == word:
                org = any(w in lex.ORG_HEADS for w in words)
                if org and (word in lex.CAPITALS or word in lex.ORG_HEADS or m.title):
                    continue
                score += 2.5
            else:
                continue
            if m.title and person < -3:
                score -= 3.0
            if m.gender and entity.gender:
                score += 2.0 if (m.gender > 0) == (entity.gender > 0) else -3.0
            seen = entity.positions
            if seen:
                score += 1.0
            if last_of.get(word) is entity:
                score += 1.0
            score += min(1.0, 0.2 * len(seen))
            if score > best_score:
                best, best_score = entity, score
        return best

    def _pronouns(self) -> None:
        """Count the pronouns that most likely mean a person mentioned just before, for gender."""
        doc = self.doc
        current: Entity | None = None
        others: set[int] = set()
        sentence, k = -1, 0
        for i, w in enumerate(doc.words):
            while k < len(self.mentions) and self.mentions[k].first <= i:
                entity = self.mentions[k].entity
                k += 1
                if entity is None or entity.person < 0:
                    continue
                s = doc.sentence_of(doc.starts[i])
                if s != sentence:
                    others = set()
                    sentence = s
                others.add(id(entity))
                current = entity if len(others) == 1 else None
            if current is not None and (sign := _PRONOUN_GENDER.get(w.lower())):
                if doc.sentence_of(doc.starts[i]) - sentence <= 1:
                    current.gender += 0.6 * sign
                    current.person += 0.3
                    current = current if doc.sentence_of(doc.starts[i]) == sentence else None


def _heads(title: tuple[str, ...]) -> set[str]:
    return {lex.SAME_TITLE.get(w, w) for w in title if w in lex.TITLE_ENDS or w in lex.PERSON_NOUNS}


def _is_subsequence(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(w in rest for w in short)


def _covered_tokens(doc: Document, spans: Iterable[Span]) -> set[int]:
    return {i for a, b in spans if b - a <= 400 for i in doc.tokens_in(a, b)}


def _new_sentence(doc: Document, i: int) -> bool:
    """Whether a token after a closing mark begins a sentence: the mark follows a full stop."""
    k = doc.starts[i] - 1
    while k > 0 and (doc.text[k].isspace() or doc.text[k] in "”»’"):
        k -= 1
    return doc.text[k] in ".!?…"


def _headlines(doc: Document) -> list[bool]:
    """For each token whether it stands in a line in title case or capitals, where capitals tell nothing."""
    flags = [False] * len(doc.words)
    for start, end in doc.sentences:
        tokens = doc.tokens_in(start, end)
        content = [doc.words[i] for i in tokens if len(doc.words[i]) > 3]
        if len(content) >= 3 and len(tokens) <= 40 and sum(w[0].isupper() or w[0].isdigit() for w in content) >= 0.75 * len(content):
            for i in tokens:
                flags[i] = True
    return flags

"""Proper names of an article: where they stand.

No gazetteer: a name is a run of capitalised words, with what may link them ("Bank of England", "Ludwig van Beethoven"),
and the title before it split off. Who is who is decided in ``cast``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import name_mentions, nouns
from claimcheck.speakers.capitals import BEFORE_NAMES, Capitals
from claimcheck.speakers.document import SPACES, Document
from claimcheck.speakers.entities import NameMention

_LONGEST = 14
"""Tokens in one name at most: bounds the work on text in capitals."""
_DOTTED = lex.SUFFIXES | {"st", "u.s", "u.k", "u.n"}
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z]){1,3}")
"""Initials written without a space: "P.K. Sousa"."""
_HEADS_BEFORE_FOR = lex.ORG_HEADS | lex.words(
    "centers centres institutes americans citizens physicians doctors students scientists parents mothers moms veterans"
)
"""What goes on after "for" in a body's name; "Lawyers for Tarn Mining" are none."""
_HEADS_BEFORE_OF = frozenset(["chiefs", "community", "communities", "voice"])
"""What goes on after "of" in a body's name: "Joint Chiefs of Staff"."""
_PLURAL_HEADS = frozenset(["centers", "centres", "institutes", "academies", "laboratories", "archives"])
"""Heads of bodies in the plural: "National Institutes of Health"."""
_CAPITAL_LINKS = lex.PREPOSITIONS - {"per", "via"}
"""Prepositions that belong to a name where they are capitalised inside a sentence: "Doctors Without Borders"."""
_FIELDS = re.compile(r"(?:, [A-Z]\w+(?: [A-Z]\w+)?){1,4},? and [A-Z]\w+(?: [A-Z]\w+)?")
_SUBJECTS = lex.words(
    """science sciences engineering medicine technology education health welfare tobacco firearms explosives agriculture fisheries
    food forestry trade industry environment energy culture media sport sports transport housing urban development labor
    labour tourism innovation research arts letters youth families children business infrastructure planning natural
    resources water climate communities skills employment pensions nutrition conservation lands mines rural affairs"""
)
"""What bodies are for, several of which stand in one name."""
_SEATED = frozenset(
    ["ministry", "department", "agency", "authority", "administration", "committee", "directorate", "bureau"]
)
"""Bodies of state that are called by their fields: "the Trade, Industry and Energy Ministry"."""
_SHORT_TITLES = lex.words(
    """sen sens rep reps gov gen lt col maj capt cmdr sgt cpl adm insp supt det brig mr mrs ms dr prof hon rev revd fr cr sr
    smt sri atty cllr msgr"""
)
"""Titles that end with a full stop; after "the Department of Health." a new sentence begins."""
_AFFILIATION = re.compile(r"[RDI][-–][A-Z][A-Za-z.]{0,12}")
_NICKNAME = re.compile(r"[ \u00a0][\"“'‘(]")
_LONGEST_NICKNAME = 3
"""Words in a nickname, at most."""
_NICKNAME_END = re.compile(r"[\"”'’)][ \u00a0]")


def find(doc: Document, sources: Iterable[Span]) -> list[NameMention]:
    """All name mentions of an article, in order; ``sources`` (spans of code points) are where names must be."""
    return _Scanner(doc, sources).scan()


class _Scanner:
    def __init__(self, doc: Document, sources: Iterable[Span]) -> None:
        self.doc = doc
        self.capitals = Capitals(doc, sources)

    def scan(self) -> list[NameMention]:
        """Read the article from left to right."""
        doc, n, i = self.doc, len(self.doc.words), 0
        mentions: list[NameMention] = []
        while i < n:
            if doc.words[i].islower() or not (self.capitals.is_name_token(i, inside=False) or self._title_starts(i)):
                i += 1
                continue
            if self._is_affiliation(i):
                i += 1
                continue
            j, linked = i, False
            while j + 1 < n and j - i < _LONGEST:
                step = self._step(i, j, linked) if not doc.possessive[j] else self._possessive_step(j)
                if not step:
                    break
                linked |= doc.words[j + 1].islower() and doc.words[j + 1] in ("of", "for")
                j += step
            if (mention := name_mentions.read(doc, self.capitals, i, j)) is not None:
                mentions.append(mention)
            i = j + 1
        return mentions

    def _is_affiliation(self, i: int) -> bool:
        """Whether a token is the party and state of a lawmaker, and no name: "R-Iowa", "D-N.Y."."""
        aside = i > 0 and self.doc.gap(i - 1, i).strip() in (",", "(", "[")
        return aside and _AFFILIATION.fullmatch(self.doc.words[i]) is not None

    def _nickname(self, j: int) -> int:
        """By how many tokens a name goes on over a nickname in quotation marks: Ana “Nan” Sousa, Jo "The Tank" Bell; 0 for none."""
        doc = self.doc
        if not _NICKNAME.fullmatch(doc.gap(j, j + 1)):
            return 0
        for last in range(j + 1, min(j + 1 + _LONGEST_NICKNAME, len(doc.words) - 1)):
            if last > j + 1 and (doc.gap(last - 1, last) not in SPACES or not doc.words[last][0].isupper()):
                return 0
            closing = _NICKNAME_END.match(doc.text, doc.ends[last])
            if closing and closing.end() == doc.starts[last + 1]:
                return last + 1 - j if self.capitals.is_name_token(last + 1, inside=True) else 0
        return 0

    def _title_starts(self, i: int) -> bool:
        """Whether a capitalised role word opens a sentence before a name: "Governor Ana Sousa", "Economist Jo Bell"."""
        doc = self.doc
        w = doc.words[i]
        if not w[0].isupper() or w.lower() in lex.FUNCTION or i + 1 >= len(doc.words):
            return False
        if w.lower() in BEFORE_NAMES and not nouns.is_known(doc.low[i + 1]):
            return False
        return (w.lower() in nouns.KNOWN or w.lower() in lex.HONORIFICS) and doc.words[i + 1][0].isupper()

    def _step(self, i: int, j: int, linked: bool) -> int:
        """By how many tokens the run ``i`` to ``j`` goes on: 0 if it ends here."""
        doc = self.doc
        gap, w = doc.gap(j, j + 1), doc.words[j + 1]
        here, there = self.capitals.source_at.get(j), self.capitals.source_at.get(j + 1)
        if here != there and (here is None or self.capitals.headline[j]):
            return 0  # a source begins here, or ends where capitals tell nothing
        left = doc.words[j].lower()
        listed = doc.text[doc.ends[j] : doc.ends[j] + 2] == ", " and (
            self._listed(i, j) if linked else self._fields(i, j)
        )
        if listed:
            return listed
        if nickname := self._nickname(j):
            return nickname
        if self.capitals.is_name_token(j + 1, inside=True):
            if gap in SPACES or gap == " & ":
                return 1
            dotted = gap.startswith(".") and gap[1:] in ("", *SPACES)
            abbreviated = len(left) == 1 or left in _SHORT_TITLES or left in _DOTTED
            abbreviated = abbreviated or _INITIALS.fullmatch(doc.words[j]) is not None
            if dotted and abbreviated and left != "i":
                return 1
            if gap.strip() == "," and w.lower() in lex.SUFFIXES:
                return 1
            return 0
        if gap not in SPACES:
            return 0
        if w == "plc" and not doc.possessive[j]:
            return 1  # "Tarn Valley Railways plc"
        capital = w[0].isupper() and w.lower() in _CAPITAL_LINKS and not w.isupper() and gap == " "
        if capital and not self.capitals.headline[j] and j + 2 < len(doc.words) and doc.gap(j + 1, j + 2) == " ":
            return 2 if self.capitals.is_name_token(j + 2, inside=True) and not self.capitals.headline[j + 2] else 0
        body = any(doc.words[k].lower() in lex.ORG_HEADS for k in range(i, j + 1))
        body = body or (w == "for" and doc.low[i] in _HEADS_BEFORE_FOR) or (linked and doc.low[i] in _HEADS_BEFORE_FOR)
        body = body or any(doc.low[k] in _PLURAL_HEADS for k in range(i, j + 1))
        body = body or ((w == "of" or linked) and not _HEADS_BEFORE_OF.isdisjoint(doc.low[i : j + 1]))
        for size in (2, 3):
            k = j + size
            if k >= len(doc.words) or any(doc.gap(x, x + 1) not in SPACES for x in range(j + 1, k)):
                break
            links = [doc.words[x] for x in range(j + 1, k)]
            if not self.capitals.is_name_token(k, inside=True):
                continue
            if all(x in lex.PARTICLES for x in links):
                return size
            if links == ["and"] and self._one_body(i, j, k):
                return size
            goes_on = links[0] in ("of", "for") or (linked and links[0] in ("and", "the"))
            if body and all(x in lex.ORG_LINKS for x in links) and goes_on:
                return size
        return 0

    def _listed(self, i: int, j: int) -> int:
        """Tokens of the fields that a body's name goes on with: "Bureau of Alcohol, Tobacco, Firearms and Explosives"."""
        found = _FIELDS.match(self.doc.text, self.doc.ends[j], self.doc.ends[j] + 120)
        body = any(self.doc.low[k] in _HEADS_BEFORE_FOR | _PLURAL_HEADS for k in range(i, j + 1))
        if not body or not found or not all(w.lower() in _SUBJECTS for w in re.findall(r"[A-Z]\w+", found.group())):
            return 0
        return len(self.doc.tokens_in(self.doc.ends[j], found.end()))

    def _fields(self, i: int, j: int) -> int:
        """Tokens of the fields that a body's name begins with, to its head: "Trade, Industry and Energy Ministry"."""
        doc = self.doc
        found = _FIELDS.match(doc.text, doc.ends[j], doc.ends[j] + 120)
        owned = i > 0 and (doc.low[i - 1] in lex.DEFINITE or doc.possessive[i - 1])
        if not found or not owned or self.capitals.headline[j] or doc.words[j].isupper() or doc.low[j] in lex.CAPITALS:
            return 0  # "the EU, Japan and Energy Ministry officials"
        tokens = doc.tokens_in(doc.ends[j], found.end())
        head = tokens[-1]
        if doc.low[head] not in _SEATED and head + 1 < len(doc.words) and doc.gap(head, head + 1) == " ":
            head += 1
        return head - j if doc.low[head] in _SEATED and doc.words[head][0].isupper() else 0

    def _possessive_step(self, j: int) -> int:
        """1 if a possessive stands inside a body's name: "the Dock Workers' Union", "Tarn Sheriff's Office"."""
        words = self.doc.words
        low = words[j].lower()
        people = low in ("people", "women", "men", "children", "lord") or (low.endswith("s") and self._plural_mark(j))
        if not (people or low in lex.TITLE_ENDS or low in lex.PERSON_NOUNS):
            return 0
        if not words[j + 1][0].isupper() or self.capitals.source_at.get(j) != self.capitals.source_at.get(j + 1):
            return 0
        end = j + 1
        while (
            end + 1 < len(words)
            and end - j < 4
            and self.doc.gap(end, end + 1) in SPACES
            and words[end + 1][0].isupper()
        ):
            if words[end].lower() in lex.ORG_HEADS and words[end + 1].lower() in lex.TITLES:
                break  # "Tarn Sheriff's Office Lt. Jo Bell"
            end += 1
        return int(words[end].lower() in lex.ORG_HEADS)

    def _plural_mark(self, j: int) -> bool:
        return self.doc.text[self.doc.ends[j] : self.doc.ends[j] + 2] in ("' ", "’ ")

    def _one_body(self, i: int, j: int, k: int) -> bool:
        """Whether "and" joins two halves of one name: "the Food and Drug Administration"."""
        words = self.doc.words
        left = [w.lower() for w in words[i : j + 1]]
        if (
            len(left) > 2
            or any(w in lex.ORG_HEADS or w in lex.CAPITALS or w in lex.HONORIFICS for w in left)
            or words[j].isupper()
        ):
            return False
        if (
            not (i == 0 or words[i - 1] == "the" or self.capitals.initial[i] or i in self.capitals.source_at)
            or left[0] in lex.GIVEN_NAMES
        ):
            return False
        end = k
        while (
            end + 1 < len(words)
            and end - k < 4
            and self.doc.gap(end, end + 1) in SPACES
            and self.capitals.is_name_token(end + 1, inside=True)
        ):
            end += 1
        # "Food and Drug Administration Commissioner Robert Cole": the office begins after the body's last word.
        office = next(
            (h for h in range(k, end) if words[h].lower() in lex.ORG_HEADS and words[h + 1].lower() in lex.TITLES), end
        )
        end = end if words[end].lower() in lex.ORG_HEADS else office
        party = end + 1 < len(words) and words[end + 1] == "party" and self.doc.gap(end, end + 1) in SPACES
        return (party or words[end].lower() in lex.ORG_HEADS) and not any(
            w.lower() in lex.TITLE_ENDS for w in words[k : end + 1]
        )

"""Proper names of an article: where they stand.

No gazetteer: a name is a run of capitalised words, with what may link them ("Bank of England", "Ludwig van Beethoven"),
and the title before it split off. Who is who is decided in ``cast``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from claimcheck.paragraphs import Span
from claimcheck.speakers import clues, nouns
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import OPENING, SPACES, Document
from claimcheck.speakers.entities import NameMention

_LONGEST = 14
"""Tokens in one name at most: bounds the work on text in capitals."""
_LONGEST_HEADLINE = 40
"""Tokens in a headline, at most."""
_SCHOLAR = re.compile(r"^[a-z-]+(?:ologist|ographer|ician|(?<!christ)ist)$")
_PLURAL = re.compile(r"^[a-z-]{4,}(?<![siu])s$")
_ADJECTIVES = frozenset(
    [
        "new",
        "old",
        "great",
        "good",
        "big",
        "long",
        "little",
        "young",
        "first",
        "second",
        "third",
        "next",
        "early",
        "late",
        "dear",
        "west",
        "spring",
        "summer",
        "autumn",
        "winter",
        "sun",
        "mon",
    ]
)
"""Words that are capitalised for their place, unless a name goes on after them: "New York", "Spring Valley"."""
_NAMEABLE = frozenset(
    [
        "may",
        "jan",
        "june",
        "april",
        "august",
        "will",
        "march",
        "mark",
        "west",
        "so",
        "do",
        "an",
        "can",
        "first",
        "second",
        "dear",
        "long",
        "young",
        "little",
        "small",
        "good",
        "best",
        "watch",
    ]
)
_BEFORE_NAMES = frozenset(["former", "ex", "retired", "onetime", "then"])
"""What begins no name, but may stand before one: "Former Tarn captain Jo Bell"."""
_GIVEN_TITLES = frozenset(["dean", "deacon"])
"""Titles that are given names, too: right after another role they are."""
_MONTHS = frozenset(["may", "jan", "will", "april", "june", "mark", "august"])
_DOTTED = lex.SUFFIXES | {"st", "u.s", "u.k", "u.n"}
_NAMES_IN_S = lex.KNOWN_BODIES | lex.words(
    """naples athens honduras cyprus wales maldives bahamas philippines seychelles netherlands texas kansas arkansas
    massachusetts dallas vegas"""
)
"""Names that look like plurals."""
_ACADEMIC = frozenset(["university", "college", "campus", "faculty", "seminary", "cathedral", "abbey", "diocese"])
"""Where deans are."""
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
_WORDS_TOO = frozenset(["WHO"])
"""Abbreviations that are small words when they are not in capitals."""
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
_BRAND = re.compile(r"(?:[a-z]+[A-Z]|\d+-?(?:[A-Z](?![a-z]*$)|[A-Z][a-z]{2,}|M$|[a-z]+[A-Z]))")
"""A name that begins with a small letter or a digit, in a source: "eBay", "3M", "7-Eleven", "23andMe"."""
_SHORT_TITLES = lex.words(
    """sen sens rep reps gov gen lt col maj capt cmdr sgt cpl adm insp supt det brig mr mrs ms dr prof hon rev revd fr cr sr
    smt sri atty cllr msgr"""
)
"""Titles that end with a full stop; after "the Department of Health." a new sentence begins."""
_APOSTROPHE = re.compile("['’]")
_NICKNAME = re.compile(r"[ \u00a0][\"“'‘(]")
_NICKNAME_END = re.compile(r"[\"”'’)][ \u00a0]")


def find(doc: Document, sources: Iterable[Span]) -> list[NameMention]:
    """All name mentions of an article, in order; ``sources`` (spans of code points) are where names must be."""
    return _Scanner(doc, sources).scan()


class _Scanner:
    def __init__(self, doc: Document, sources: Iterable[Span]) -> None:
        self.doc = doc
        self._source_at = _covered_tokens(doc, sources)
        self._middle: Counter[str] = Counter()
        """How often a word is capitalised where only names are."""
        self._alone: Counter[str] = Counter()
        """How often it stands there without a capitalised word beside it."""
        self._lower: set[str] = set()
        self._headline = _headlines(doc)
        # A token after nothing but a space has a word before it.
        self._initial = [(not i or doc.gaps[i - 1] != " ") and self._starts_something(i) for i in range(len(doc.words))]
        for i, w in enumerate(doc.words):
            if w[0].islower():
                self._lower.add(w)
            elif w[0].isupper() and not self._initial[i] and not self._headline[i]:
                self._middle[w] += 1
                self._alone[w] += not any(self._capital_beside(i))
        self._mentions: list[NameMention] = []

    def _capital_beside(self, i: int) -> Iterator[bool]:
        """For the words before and after a token whether they are capitalised and joined to it by a space."""
        for left in (i - 1, i):
            if 0 <= left < len(self.doc.words) - 1:
                yield self.doc.gap(left, left + 1) in SPACES and self.doc.words[left + (left == i)][0].isupper()

    def _starts_something(self, i: int) -> bool:
        doc = self.doc
        before = doc.before(i)
        return before == "" or before in OPENING or before in ".!?:…—–•*" or (before in "”»’" and _new_sentence(doc, i))

    def _is_name_token(self, i: int, *, inside: bool) -> bool:
        w = self.doc.words[i]
        if not w[0].isupper():
            if i in self._source_at and _BRAND.match(w):
                return True
            return len(w) > 4 and w[:3] in ("al-", "el-", "ul-", "an-", "as-", "at-") and w[3].isupper()
        low = self.doc.low[i]
        if w in _WORDS_TOO and not self._headline[i] and self._is_not_shouted(i):
            return True
        if low in lex.FUNCTION or (_APOSTROPHE.split(low, 1)[0] in lex.FUNCTION and low[-2:] != "’s"):
            if low in _ADJECTIVES and i + 1 < len(self.doc.words):
                goes_on = self.doc.words[i + 1][0].isupper() and self.doc.gap(i, i + 1) in SPACES
                if goes_on and (not self._initial[i] or w in self._middle or self._opens_source(i)):
                    return True
            if low not in _NAMEABLE:
                return inside and len(w) == 1 and self.doc.text[self.doc.ends[i] : self.doc.ends[i] + 1] == "."
            if inside:
                return True
            return (low == "jan" or not self._initial[i]) and low in _MONTHS and self._may_be_person(i)
        if len(w) > 40 or (not inside and low in _BEFORE_NAMES):
            return False
        if inside or i in self._source_at or not self._initial[i]:
            return True
        # The first word of a sentence: a name unless it is known as a common word.
        if self._middle[w]:
            return True
        if low in self._lower or low in nouns.KNOWN or low.rstrip("s") in nouns.KNOWN:
            return False
        return not low.endswith(("ly", "ing", "ed"))

    def _opens_source(self, i: int) -> bool:
        """Whether a source begins with a token: "Winter Park police" are likelier there than "Winter rain"."""
        address = self.doc.low[i + 1] in lex.HONORIFICS  # "First Lady"
        return self._source_at.get(i) == self.doc.starts[i] and not self._headline[i] and not address

    def _is_not_shouted(self, i: int) -> bool:
        """Whether a word beside a token is not in capitals."""
        return any(not w.isupper() for w in (*self.doc.words[max(0, i - 1) : i], *self.doc.words[i + 1 : i + 2]))

    def _may_be_person(self, i: int) -> bool:
        previous = self.doc.words[i - 1].lower() if i else ""
        following = self.doc.words[i + 1] if i + 1 < len(self.doc.words) else ""
        if previous in lex.FUNCTION and previous not in ("and", "but") and previous not in lex.SPEECH:
            return False
        if self._initial[i] and not following[:1].isupper():
            return False
        return not following[:1].isdigit() and not previous.isdigit()

    def scan(self) -> list[NameMention]:
        """Read the article from left to right."""
        doc, n, i = self.doc, len(self.doc.words), 0
        while i < n:
            if doc.words[i].islower() or not (self._is_name_token(i, inside=False) or self._title_starts(i)):
                i += 1
                continue
            j, linked = i, False
            while j + 1 < n and j - i < _LONGEST:
                step = self._step(i, j, linked) if not doc.possessive[j] else self._possessive_step(j)
                if not step:
                    break
                linked |= doc.words[j + 1].islower() and doc.words[j + 1] in ("of", "for")
                j += step
            self._add(i, j)
            i = j + 1
        return self._mentions

    def _title_starts(self, i: int) -> bool:
        """Whether a capitalised role word opens a sentence before a name: "Governor Ana Sousa", "Economist Jo Bell"."""
        doc = self.doc
        w = doc.words[i]
        if not w[0].isupper() or w.lower() in lex.FUNCTION or i + 1 >= len(doc.words):
            return False
        if w.lower() in _BEFORE_NAMES and not nouns.is_known(doc.low[i + 1]):
            return False
        return (w.lower() in nouns.KNOWN or w.lower() in lex.HONORIFICS) and doc.words[i + 1][0].isupper()

    def _step(self, i: int, j: int, linked: bool) -> int:
        """By how many tokens the run ``i`` to ``j`` goes on: 0 if it ends here."""
        doc = self.doc
        gap, w = doc.gap(j, j + 1), doc.words[j + 1]
        here, there = self._source_at.get(j), self._source_at.get(j + 1)
        if here != there and (here is None or self._headline[j]):
            return 0  # a source begins here, or ends where capitals tell nothing
        left = doc.words[j].lower()
        listed = doc.text[doc.ends[j] : doc.ends[j] + 2] == ", " and (
            self._listed(i, j) if linked else self._fields(i, j)
        )
        if listed:
            return listed
        if self._is_name_token(j + 1, inside=True):
            if gap in SPACES or gap == " & ":
                return 1
            dotted = gap.startswith(".") and gap[1:] in ("", *SPACES)
            abbreviated = len(left) == 1 or left in _SHORT_TITLES or left in _DOTTED
            abbreviated = abbreviated or _INITIALS.fullmatch(doc.words[j]) is not None
            if dotted and abbreviated and left != "i":
                return 1
            if gap.strip() == "," and w.lower() in lex.SUFFIXES:
                return 1
            if _NICKNAME.fullmatch(gap) and (closing := _NICKNAME_END.match(doc.text, doc.ends[j + 1])):
                # Ana “Nan” Sousa
                k = j + 2
                if k < len(doc.words) and closing.end() == doc.starts[k] and self._is_name_token(k, inside=True):
                    return 2
            return 0
        if gap not in SPACES:
            return 0
        capital = w[0].isupper() and w.lower() in _CAPITAL_LINKS and not w.isupper() and gap == " "
        if capital and not self._headline[j] and j + 2 < len(doc.words) and doc.gap(j + 1, j + 2) == " ":
            return 2 if self._is_name_token(j + 2, inside=True) and not self._headline[j + 2] else 0
        body = any(doc.words[k].lower() in lex.ORG_HEADS for k in range(i, j + 1))
        body = body or (w == "for" and doc.low[i] in _HEADS_BEFORE_FOR) or (linked and doc.low[i] in _HEADS_BEFORE_FOR)
        body = body or any(doc.low[k] in _PLURAL_HEADS for k in range(i, j + 1))
        body = body or ((w == "of" or linked) and not _HEADS_BEFORE_OF.isdisjoint(doc.low[i : j + 1]))
        for size in (2, 3):
            k = j + size
            if k >= len(doc.words) or any(doc.gap(x, x + 1) not in SPACES for x in range(j + 1, k)):
                break
            links = [doc.words[x] for x in range(j + 1, k)]
            if not self._is_name_token(k, inside=True):
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
        if not found or not owned or self._headline[j] or doc.words[j].isupper() or doc.low[j] in lex.CAPITALS:
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
        if not words[j + 1][0].isupper() or self._source_at.get(j) != self._source_at.get(j + 1):
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
            not (i == 0 or words[i - 1] == "the" or self._initial[i] or i in self._source_at)
            or left[0] in lex.GIVEN_NAMES
        ):
            return False
        end = k
        while (
            end + 1 < len(words)
            and end - k < 4
            and self.doc.gap(end, end + 1) in SPACES
            and self._is_name_token(end + 1, inside=True)
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

    def _add(self, i: int, j: int) -> None:
        """Make a mention of the run of tokens ``i`` to ``j``, its title split off; a bare title makes none."""
        doc = self.doc
        if j > i + 1 and doc.words[j].lower() in lex.POSTNOMINALS and doc.words[j].isupper():
            j -= 1
        words = doc.words[i : j + 1]
        low = [w.lower() for w in words]
        cut = self._title_length(i, low)
        bare = False
        if cut < 0:
            if len(low) > 1:
                return
            cut, bare = 0, True  # "Judge": a role, unless somebody of that name is in the article
        title, name = low[:cut], words[cut:]
        gender = 0.0
        for w in title:
            sign = {"m": 2.0, "f": -2.0}
            gender += sign.get(lex.HONORIFICS.get(w, ""), 0.0) + sign.get(lex.GENDERED_NOUNS.get(w, ""), 0.0)
        if i and doc.gap(i - 1, i) in SPACES:
            # "his sister Ana Sousa"
            gender += {"m": 2.0, "f": -2.0}.get(lex.GENDERED_NOUNS.get(doc.words[i - 1], ""), 0.0)
        if len(name) > 1 and (g := lex.GIVEN_NAMES.get(name[0].lower())):
            gender += 1.0 if g == "m" else -1.0
        weak = bare or self._headline[i] or (self._initial[i] and not cut and j == i and not self._middle[words[0]])
        if i in self._source_at and not bare:
            weak = weak and self._headline[i] and len(name) > 3
        elif weak and not bare and not self._headline[i] and not nouns.is_known(low[0]):
            after = doc.text[doc.ends[j] : doc.ends[j] + 24]
            weak = not (after.startswith(",") and clues.is_a_persons(after))  # "Widodo, 41, carried his pupils"
        if (
            not bare
            and not cut
            and i
            and doc.words[i - 1] == "the"
            and low[-1] in self._lower
            and lex.ORG_HEADS.isdisjoint(low)  # "the Department of Health"
        ):
            bare = weak = True  # "the International Arbiter": a role in capitals
        if (
            j == i
            and self._initial[i]
            and not (self._alone if nouns.is_known(low[0]) else self._middle)[words[0]]
            and (_PLURAL.search(low[0]) or (nouns.is_plural(low[0]) and nouns.singular(low[0]) in nouns.PEOPLE))
            and not doc.possessive[i]
            and self._is_common(i)
            and (
                nouns.is_role(low[0])
                or low[0] in self._lower
                or not clues.is_a_persons(doc.text[doc.ends[i] : doc.ends[i] + 24])
            )
        ):
            bare = weak = True  # "Residents said", "Workers said" beside "Harbour Workers"
        if (
            j == i
            and self._initial[i]
            and not self._middle[words[0]]
            and low[0] in lex.ORG_HEADS
            and j + 1 < len(doc.words)
            and doc.gap(j, j + 1) in SPACES
            and doc.words[j + 1].islower()
            and nouns.is_role(doc.words[j + 1])
        ):
            bare = weak = True  # "Ministry spokeswoman Ana Sousa"
        if j == i and low[0] in nouns.PEOPLE and self._other_office_follows(j):
            bare = weak = True  # "said Founder and Chief Executive Ana Sousa"
        common = low[0] in nouns.DOCUMENTS or low[0] in lex.GROUPS
        if j == i and common and self._initial[i] and not self._middle[words[0]]:
            bare = weak = True  # "Data from the institute", "Family of a missing hiker"
        if j == i and not cut and low[0] in lex.NATIONALS and i and doc.low[i - 1] in lex.ARTICLES:
            bare = weak = True  # "said the Italian"
        if low[-1].endswith("s") and low[-1][:-1] in lex.DEMONYMS and not cut:
            bare = weak = True  # "Republicans", "House Republicans": a group, and no name
        if low[-1] in ("republican", "democrat") and not cut:
            bare = weak = True  # "the Utah Republican": somebody of that party
        mention = NameMention(
            doc.starts[i + cut],
            doc.ends[j],
            tuple(name),
            i + cut,
            j,
            doc.starts[i],
            tuple(title),
            tuple(clues.of_mention(doc, i, i + cut, j, title, self._lower, self._headline[i])),
            gender,
            weak,
            bare,
        )
        self._mentions.append(mention)

    def _other_office_follows(self, j: int) -> bool:
        """Whether "and" and an office in capitals that somebody is named by come after a word."""
        words = self.doc.words
        if j + 3 >= len(words) or any(self.doc.gap(k, k + 1) not in SPACES for k in (j, j + 1, j + 2)):
            return False
        office = self.doc.low[j + 2] in lex.TITLES | lex.TITLE_MODIFIERS and words[j + 2][0].isupper()
        return words[j + 1] == "and" and office and words[j + 3][0].isupper()

    def _is_common(self, i: int) -> bool:
        """Whether a word in -s that opens a sentence is a plural: "Residents" is, "Brussels" and "Siemens and Thales" are not."""
        words = self.doc.words
        low = self.doc.low[i]
        if low in lex.CAPITALS or low in _NAMES_IN_S:
            return False
        beside = words[i + 2] if i + 2 < len(words) and words[i + 1] == "and" else ""
        return not (beside[:1].isupper() and not nouns.is_known(beside.lower()))

    def _after_role(self, i: int, cut: int, low: list[str]) -> bool:
        """Whether a role stands right before the last word of a title, which then begins the name: "captain Dean Bell"."""
        if cut > 1:
            return low[cut - 2] in lex.TITLE_ENDS or low[cut - 2] in lex.PERSON_NOUNS
        return i > 0 and self.doc.gap(i - 1, i) in SPACES and nouns.is_role(self.doc.words[i - 1])

    def _is_given(self, i: int, low: list[str]) -> bool:
        """Whether a title that is a given name too is one: "Dean Bell" where no dean and no other Bell is spoken of."""
        doc = self.doc
        if len(low) != 2 or low[0] in self._lower or (i and doc.low[i - 1] in lex.ARTICLES):
            return False
        if not _ACADEMIC.isdisjoint(doc.low):
            return False
        for k, w in enumerate(doc.low):
            if w == low[0] and k + 1 < len(doc.low) and doc.low[k + 1] == "of":
                return False  # "Dean of Students"
            full = w == low[1] and k and doc.gap(k - 1, k) in SPACES and doc.words[k - 1][0].isupper()
            if (
                full
                and doc.low[k - 1] != low[0]
                and doc.low[k - 1] not in lex.HONORIFICS
                and doc.low[k - 1] not in lex.FUNCTION
            ):
                return False  # "Ana Bell", then "Dean Bell"
        return True

    def _title_length(self, i: int, low: list[str]) -> int:
        """How many words of a run are a title; -1 if all of them are."""
        doc = self.doc
        if low[-1] == "party" and len(low) > 1:
            return 0  # "the Conservative Party"
        if all(w in lex.TITLES or w in lex.HONORIFICS or w == "head" for w in low):
            # An honorific stands before a surname such as "King".
            return 1 if len(low) > 1 and low[0] in lex.HONORIFICS else -1
        # "Senator Ana del Prado" is none.
        body = low[-1] in lex.ORG_HEADS or any(w in lex.ORG_LINKS and w not in lex.PARTICLES for w in low)
        if body and low[-1] not in lex.ORG_HEADS:
            # "Bank of Tarn Governor Jo Bell": an office and one to three words after the body's name.
            link = max((k for k, w in enumerate(low) if w in lex.ORG_LINKS), default=-1)
            office = max((k for k in range(link + 2, len(low) - 1) if low[k] in lex.TITLE_ENDS), default=-1)
            while 0 < office < len(low) - 2 and low[office + 1] in lex.TITLES:
                office += 1  # "Chief Executive"
            if office > 0 and len(low) - office <= 4 and not any(w in lex.ORG_HEADS for w in low[office + 1 :]):
                return office + 1
        cut = int(len(low) > 2 and self._initial[i] and _SCHOLAR.search(low[0]) is not None)
        for k, w in enumerate(low[:-1]):
            if w in lex.HONORIFICS or (not body and (w in lex.TITLE_ENDS or w in lex.PERSON_NOUNS)):
                cut = k + 1
        if not cut and not body and low[0] == "deputy" and len(low) > 1:
            cut = 1  # a member of parliament, or a sheriff's: "Deputy Ana Sousa"
        if (
            cut == len(low) - 1
            and low[cut - 1] in _GIVEN_TITLES
            and (self._after_role(i, cut, low) or self._is_given(i, low))
        ):
            cut -= 1
        if not cut and not body and len(low) >= 3 and i >= 2 and low[0] not in lex.GIVEN_NAMES:
            # "Secretary of State Jo Bell", "Head of Mission Jo Bell": what follows "of" begins with the office.
            of = i - 2 if doc.words[i - 1] == "the" else i - 1
            if of > 0 and doc.words[of] in ("of", "for", "from") and nouns.is_role(doc.words[of - 1].lower()):
                cut = max(1, len(low) - 2)
        return 0 if all(w in lex.TITLES for w in low[cut:]) and low[0] not in lex.HONORIFICS else cut


def _covered_tokens(doc: Document, spans: Iterable[Span]) -> dict[int, int]:
    """For each token inside a span where that span starts; the innermost of nested spans."""
    return {i: a for a, b in sorted(spans) if b - a <= 400 for i in doc.tokens_in(a, b)}


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
        content = [w for i in tokens if len(w := doc.words[i]) > 1 and doc.low[i] not in lex.FUNCTION]
        capital = sum(w[0].isupper() or w[0].isdigit() for w in content)
        if len(content) >= 3 and len(tokens) <= _LONGEST_HEADLINE and capital >= 0.9 * len(content):
            for i in tokens:
                flags[i] = True
    return flags

"""What capitals tell in an article: which words are capitalised for their place, and which because they are names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import OPENING, SPACES, Document

_LONGEST_HEADLINE = 40
"""Tokens in a headline, at most."""
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
BEFORE_NAMES = frozenset(["former", "ex", "retired", "onetime", "then"])
"""What begins no name, but may stand before one: "Former Tarn captain Jo Bell"."""
_MONTHS = frozenset(["may", "jan", "will", "april", "june", "mark", "august"])
_WORDS_TOO = frozenset(["WHO"])
"""Abbreviations that are small words when they are not in capitals."""
_BRAND = re.compile(r"(?:[a-z]+[A-Z]|\d+-?(?:[A-Z](?![a-z]*$)|[A-Z][a-z]{2,}|M$|[a-z]+[A-Z]))")
"""A name that begins with a small letter or a digit, in a source: "eBay", "3M", "7-Eleven", "23andMe"."""
_APOSTROPHE = re.compile("['’]")


class Capitals:
    """Where capitals stand in an article, and what they tell there.

    Attributes:
        source_at: for each token in a source where that source starts.
        headline: for each token whether it stands where capitals tell nothing.
        initial: for each token whether something begins with it, so that it is capitalised anyway.
        lower: the words that stand somewhere in small letters.
    """

    def __init__(self, doc: Document, sources: Iterable[Span]) -> None:
        self.doc = doc
        self.source_at = _covered_tokens(doc, sources)
        self.middle: Counter[str] = Counter()
        """How often a word is capitalised where only names are."""
        self.alone: Counter[str] = Counter()
        """How often it stands there without a capitalised word beside it."""
        self.lower: set[str] = set()
        self.headline = _headlines(doc)
        # A token after nothing but a space has a word before it.
        self.initial = [(not i or doc.gaps[i - 1] != " ") and self._starts_something(i) for i in range(len(doc.words))]
        for i, w in enumerate(doc.words):
            if w[0].islower():
                self.lower.add(w)
            elif w[0].isupper() and not self.initial[i] and not self.headline[i]:
                self.middle[w] += 1
                self.alone[w] += not any(self._capital_beside(i))

    @cached_property
    def before(self) -> dict[str, set[str]]:
        """For each word the capitalised words that stand, joined by a space, before it, all in small letters."""
        doc = self.doc
        found: dict[str, set[str]] = {}
        for k, low in enumerate(doc.low):
            words = found.setdefault(low, set())
            if k and doc.gap(k - 1, k) in SPACES and doc.words[k - 1][0].isupper():
                words.add(doc.low[k - 1])
        return found

    def _capital_beside(self, i: int) -> Iterator[bool]:
        """For the words before and after a token whether they are capitalised and joined to it by a space."""
        for left in (i - 1, i):
            if 0 <= left < len(self.doc.words) - 1:
                yield self.doc.gap(left, left + 1) in SPACES and self.doc.words[left + (left == i)][0].isupper()

    def _starts_something(self, i: int) -> bool:
        doc = self.doc
        before = doc.before(i)
        return before == "" or before in OPENING or before in ".!?:…—–•*" or (before in "”»’" and _new_sentence(doc, i))

    def is_name_token(self, i: int, *, inside: bool) -> bool:
        """Whether a token may begin a name, or stand inside one."""
        w = self.doc.words[i]
        if not w[0].isupper():
            if i in self.source_at and _BRAND.match(w):
                return True
            return len(w) > 4 and w[:3] in ("al-", "el-", "ul-", "an-", "as-", "at-") and w[3].isupper()
        low = self.doc.low[i]
        if w in _WORDS_TOO and not self.headline[i] and self._is_not_shouted(i):
            return True
        if low in lex.FUNCTION or (_APOSTROPHE.split(low, 1)[0] in lex.FUNCTION and low[-2:] != "’s"):
            if low in _ADJECTIVES and i + 1 < len(self.doc.words):
                goes_on = self.doc.words[i + 1][0].isupper() and self.doc.gap(i, i + 1) in SPACES
                if goes_on and (not self.initial[i] or w in self.middle or self._opens_source(i)):
                    return True
            if low not in _NAMEABLE:
                return inside and len(w) == 1 and self.doc.text[self.doc.ends[i] : self.doc.ends[i] + 1] == "."
            if inside:
                return True
            return (low == "jan" or not self.initial[i]) and low in _MONTHS and self._may_be_person(i)
        if len(w) > 40 or (not inside and low in BEFORE_NAMES):
            return False
        if inside or i in self.source_at or not self.initial[i]:
            return True
        # The first word of a sentence: a name unless it is known as a common word.
        if self.middle[w]:
            return True
        if low in self.lower or low in nouns.KNOWN or low.rstrip("s") in nouns.KNOWN:
            return False
        return not low.endswith(("ly", "ing", "ed"))

    def _opens_source(self, i: int) -> bool:
        """Whether a source begins with a token: "Winter Park police" are likelier there than "Winter rain"."""
        address = self.doc.low[i + 1] in lex.HONORIFICS  # "First Lady"
        return self.source_at.get(i) == self.doc.starts[i] and not self.headline[i] and not address

    def _is_not_shouted(self, i: int) -> bool:
        """Whether a word beside a token is not in capitals."""
        return any(not w.isupper() for w in (*self.doc.words[max(0, i - 1) : i], *self.doc.words[i + 1 : i + 2]))

    def _may_be_person(self, i: int) -> bool:
        previous = self.doc.words[i - 1].lower() if i else ""
        following = self.doc.words[i + 1] if i + 1 < len(self.doc.words) else ""
        if previous in lex.FUNCTION and previous not in ("and", "but") and previous not in lex.SPEECH:
            return False
        if self.initial[i] and not following[:1].isupper():
            return False
        return not following[:1].isdigit() and not previous.isdigit()


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

"""Grammatical roles by the order of words: subject, object, possessive; and how many clauses lie between two words.

No parser: English puts the subject before its verb and the object after it, and a list of auxiliaries and irregular
forms with two endings finds most verbs of narrative prose. What is wrong now and then is weighed, not obeyed.
"""

from __future__ import annotations

from itertools import accumulate

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention

PAST = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "has",
        "have",
        "had",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "began",
        "became",
        "beat",
        "bore",
        "bought",
        "broke",
        "brought",
        "built",
        "came",
        "caught",
        "chose",
        "cut",
        "drew",
        "drove",
        "fell",
        "felt",
        "fought",
        "found",
        "flew",
        "forgot",
        "gave",
        "got",
        "grew",
        "held",
        "hit",
        "hurt",
        "kept",
        "knew",
        "laid",
        "led",
        "left",
        "lent",
        "let",
        "lost",
        "made",
        "meant",
        "met",
        "paid",
        "put",
        "quit",
        "ran",
        "read",
        "rose",
        "said",
        "sang",
        "sat",
        "saw",
        "sold",
        "sent",
        "set",
        "shot",
        "shut",
        "slept",
        "sought",
        "spent",
        "spoke",
        "stole",
        "stood",
        "struck",
        "swore",
        "taught",
        "thought",
        "threw",
        "told",
        "took",
        "understood",
        "went",
        "withdrew",
        "woke",
        "won",
        "wore",
        "wrote",
    ]
)
_NO_VERBS = frozenset(
    [
        "hundred",
        "sacred",
        "naked",
        "red",
        "bed",
        "need",
        "indeed",
        "speed",
        "seed",
        "breed",
        "wicked",
        "kindred",
        "aged",
        "united",
    ]
)
_ADVERBS = frozenset(
    [
        "also",
        "then",
        "never",
        "later",
        "first",
        "soon",
        "now",
        "still",
        "once",
        "already",
        "again",
        "always",
        "often",
        "only",
        "even",
        "just",
    ]
)
_SUBORDINATORS = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "while",
        "because",
        "although",
        "though",
        "after",
        "before",
        "since",
        "until",
        "unless",
        "if",
        "where",
        "whereas",
        "but",
        "so",
        "whether",
        "once",
    ]
)
_DETERMINERS = lex.ARTICLES | lex.DEFINITE | lex.INDEFINITE | frozenset(["my", "our", "your"])
_APPOSITION, _PHRASE = 15, 5
"""Tokens of an apposition after a name, and of what may stand between a name and its determiner."""
_BREAKS = frozenset(",;:—–(.!?\n")

_MAY_OPEN = _SUBORDINATORS | {"and", "or", "as"}
_NO_NOUNS = lex.FUNCTION - {"own", "new", "old", "first", "second", "third", "last", "good"}
"""Words before which "her" is no possessive."""


class Syntax:
    """What the order of words tells about an article's names and pronouns. Linear in the number of tokens."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self._low = doc.low
        # Most words stand after a space and can open no clause.
        opens = (
            self._opens_clause(k) if low in _MAY_OPEN or doc.gaps[k - 1] != " " else 0 for k, low in enumerate(doc.low)
        )
        self._clause = list(accumulate(opens))

    def clauses_between(self, left: int, right: int) -> int:
        """How many clauses begin between two tokens, the earlier first."""
        n = len(self._clause) - 1
        return self._clause[min(right, n)] - self._clause[min(left, n)] if n >= 0 else 0

    def is_verb(self, k: int) -> bool:
        """Whether a token looks like a finite verb, a participle or an auxiliary."""
        word = self.doc.words[k]
        if not word.islower():
            return False
        ends = word.endswith("ed") and len(word) > 3 and word not in _NO_VERBS
        return ends or word in PAST or word[:-3] in PAST or word in lex.SPEECH

    def of_pronoun(self, k: int) -> str:
        """The role of the pronoun at a token: "subject", "object", "oblique" after a preposition, or "possessive"."""
        low = self._low[k]
        if low in ("he", "she", "they", "i", "we", "who"):
            return "subject"
        following = self._adjacent(k)
        if low in ("his", "its", "their", "whose"):
            return "possessive"
        if low == "her" and following >= 0 and self.doc.words[following][0].isalnum():
            after = self._low[following]
            if after not in _NO_NOUNS:
                return "possessive"
        if k and self._low[k - 1] in lex.PREPOSITIONS:
            return "oblique"
        if low in ("it", "you") and (following >= 0 and self.is_verb(following)):
            return "subject"
        return "object"

    def of_name(self, m: NameMention) -> str:
        """A name's role: as of a pronoun, or "lead" where a clause begins with it, "agent" after "by", "of", "other"."""
        if self.doc.possessive[m.last]:
            return "possessive"
        if self._has_verb_after(m.last):
            return "subject"
        k = m.first - len(m.title) - 1
        for _ in range(_PHRASE):  # over "the actor", "his wife" to what governs the phrase
            if k < 0 or self._breaks(k, k + 1) or not self._adjacent(k) > 0:
                return "lead"
            low = self._low[k]
            if low in lex.PREPOSITIONS:
                return "agent" if low == "by" else "of" if low == "of" else "oblique"
            if low in _SUBORDINATORS:
                return "lead"
            if low in ("and", "or"):
                return "joined"
            if self.is_verb(k) or low.endswith("ing"):
                return "object"
            k -= 1
        return "other"

    def is_joined(self, m: NameMention) -> bool:
        """Whether "and" joins a name to another one beside it."""
        words, k = self.doc.words, m.first - len(m.title) - 1
        right = m.last + 2 < len(words) and self._low[m.last + 1] in ("and", "&") and words[m.last + 2][0].isupper()
        left = k > 0 and self._low[k] == "and" and words[k - 1][0].isupper()
        return (right and self.doc.gap(m.last, m.last + 1) == " ") or left

    def is_owned(self, k: int, m: NameMention) -> bool:
        """Whether the name is what the possessive pronoun at a token owns: "his wife Ana Sousa"."""
        first = m.first - len(m.title)
        if not k < first <= k + 5 or any(self._breaks(j, j + 1) for j in range(k, first)):
            return False
        return not any(
            self.is_verb(j) or self._low[j] in lex.PREPOSITIONS or self._low[j] == "and" for j in range(k + 1, first)
        )

    def _adjacent(self, k: int) -> int:
        """The next token if only a space is between, else -1."""
        return k + 1 if k + 1 < len(self.doc.words) and self.doc.gap(k, k + 1).isspace() else -1

    def _breaks(self, left: int, right: int) -> bool:
        gap = self.doc.gap(left, right)
        return gap != " " and not _BREAKS.isdisjoint(gap)

    def _has_verb_after(self, last: int) -> bool:
        words, n = self.doc.words, len(self.doc.words)
        k = last + 1
        if k >= n:
            return False
        gap = self.doc.gap(last, k).strip()
        if gap[:1] in (",", "("):
            close = ")" if gap[0] == "(" else ","
            for j in range(k, min(n - 1, k + _APPOSITION)):
                between = self.doc.gap(j, j + 1)
                if any(c in ".!?\n" for c in between):
                    return False
                if close in between:
                    return self._verb_from(j + 1, named=False)
            return False
        return not gap and bool(words[k]) and self._verb_from(k, named=True)

    def _verb_from(self, k: int, *, named: bool) -> bool:
        for _ in range(3):
            if k >= len(self.doc.words):
                return False
            word = self.doc.words[k]
            if word in _ADVERBS or word.endswith("ly"):
                k += 1
                continue
            present = named and word.islower() and len(word) > 3 and word.endswith("s") and not word.endswith("ss")
            return self.is_verb(k) or (present and word not in lex.FUNCTION)
        return False

    def _opens_clause(self, k: int) -> int:
        if not k:
            return 0
        low = self._low[k]
        if low in _SUBORDINATORS or self._breaks(k - 1, k):
            return 1
        if low in ("and", "or", "as") and (following := self._adjacent(k)) > 0:
            return int(self._low[following] in ("he", "she", "they", "it") or self.is_verb(following))
        return 0
